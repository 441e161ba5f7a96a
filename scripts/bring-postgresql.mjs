// For the tests that ask a real PostgreSQL server: installs it where that is ours to do, and says loudly where they are left out.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { postgresPrograms } from '../build/test/support/postgres.js'

const leftOut =
  'PostgreSQL is not here: what holds for a PostgreSQL server was NOT tested (store, queue and replicas over it); install `postgresql` 15 or newer'

/** Answers what to say at the end: nothing, or what was not tested. */
export function bringPostgresql() {
  if (postgresPrograms() !== undefined) return ''
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return `${leftOut}\n`
  process.stdout.write('PostgreSQL is not here; installing it: apt-get install postgresql\n')
  // The tests start servers of their own: the package must neither make a cluster nor start one.
  const script = `set -e
mkdir -p /etc/postgresql-common/createcluster.d
none=/etc/postgresql-common/createcluster.d/congruent-tests.conf
echo 'create_main_cluster = false' > $none
trap 'rm -f $none' EXIT
apt-get update -q
apt-get install -q -y --no-install-recommends postgresql`
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('sh', ['-c', script], { stdio: ['ignore', 'inherit', 'inherit'], env })
  return postgresPrograms() === undefined ? `${leftOut}\n` : ''
}
