"""Runs a program and writes what it took, with every process that it started, as JSON.

meter.py STDOUT STDERR PROGRAM ARGUMENT...: CPU time and peak memory are what the kernel says of processes that have
ended (wait4), so they are exact; memory is that of the largest process. A program's memory is never told as less than
this one's, some ten megabytes.
"""

import ctypes
import json
import os
import subprocess
import sys
import time

BECOME_PARENT_OF_ORPHANS = 36

try:
    ctypes.CDLL(None).prctl(BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
except AttributeError:
    pass  # not Linux: what outlives its parent is not counted

with open(sys.argv[1], "wb") as out, open(sys.argv[2], "wb") as err:
    start = time.monotonic()
    program = subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    wall, cpu, memory, status = 0.0, 0.0, 0, 0
    while True:
        try:
            pid, ended, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        if pid == program.pid:
            wall = time.monotonic() - start
            status = os.waitstatus_to_exitcode(ended)
        cpu += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss)

unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"wall": wall * 1000, "cpu": cpu * 1000, "memory": memory * unit / 1e6, "status": status}))
