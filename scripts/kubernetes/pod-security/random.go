package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

type object = map[string]any

// absent is a choice: no such member.
type absent struct{}

// random makes one pod. What an API server would not let in, whatever the policy, is left out where the policy code
// relies on that: volumes of two kinds, and what a pod for Windows may not say.
type random struct {
	*rand.Rand
	careful float64 // how likely each member is as the restricted level wants it
	windows bool
}

// newest is a version that is newer than any check; lower ones stand for themselves.
const newest = 37

// randomPods gives the pods of a seed; each depends on the seed and its position alone.
func randomPods(seed uint64, count int) []judged {
	pods := make([]judged, count)
	for i := range pods {
		r := random{Rand: rand.New(rand.NewPCG(seed, uint64(i)))}
		pods[i] = judged{Name: fmt.Sprintf("random-%d-%d", seed, i), Minor: r.minor(), Pod: r.pod()}
	}
	return pods
}

// minor is the newest version for half of the pods.
func (r *random) minor() int {
	switch r.IntN(12) {
	case 0, 1, 2, 3, 4:
		return r.IntN(newest)
	case 5:
		return newest + 1 + r.IntN(3)
	default:
		return newest
	}
}

// pick is one of several values.
func (r *random) pick(choices ...any) any { return choices[r.IntN(len(choices))] }

// rarely is true for one of n.
func (r *random) rarely(n int) bool { return r.IntN(n) == 0 }

// set gives a member the value that the restricted level wants or, less likely, one of the others.
func (r *random) set(o object, name string, wanted any, others ...any) {
	value := wanted
	if r.Float64() > r.careful {
		value = r.pick(others...)
	}
	if value != (any)(absent{}) {
		o[name] = value
	}
}

// linux does what concerns members that a pod for Windows may not have.
func (r *random) linux(do func()) {
	if !r.windows {
		do()
	}
}

func (r *random) pod() object {
	r.careful = []float64{0.5, 0.8, 0.9, 0.95, 0.98, 0.995}[r.IntN(6)]
	r.windows = r.rarely(8)
	names := r.names()
	spec := object{}
	for _, list := range []string{"containers", "initContainers", "ephemeralContainers"} {
		var containers []any
		for range r.containersOf(list) {
			containers = append(containers, r.container(names()))
		}
		if containers != nil {
			spec[list] = containers
		} else if r.rarely(6) {
			spec[list] = r.pick(nil, []any{})
		}
	}
	switch {
	case r.windows:
		spec["os"] = object{"name": "windows"}
	case r.rarely(4):
		spec["os"] = object{"name": "linux"}
	case r.rarely(12):
		spec["os"] = nil
	}
	r.set(spec, "hostNetwork", r.pick(absent{}, false), nil, true)
	r.linux(func() {
		r.set(spec, "hostPID", r.pick(absent{}, false), nil, true)
		r.set(spec, "hostIPC", r.pick(absent{}, false), nil, true)
		r.set(spec, "hostUsers", r.pick(absent{}, absent{}, true), nil, false, false, false)
	})
	r.set(spec, "securityContext", r.podContext(), absent{}, nil, object{})
	r.set(spec, "volumes", r.volumes(), absent{}, nil, []any{})
	metadata := object{"name": "p"}
	r.set(metadata, "annotations", r.annotations(spec), absent{}, nil)
	return object{"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}
}

// names gives each container another name, among them words that mean something elsewhere.
func (r *random) names() func() string {
	all := []string{"web", "a", "1", "null", "containers", "x-y", "true", "0x1", "if", "proto"}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return func() string {
		name := all[0]
		all = all[1:]
		return name
	}
}

func (r *random) containersOf(list string) int {
	if list == "containers" {
		return 1 + r.IntN(6)/4
	}
	return max(0, r.IntN(6)-3)
}

func (r *random) container(name string) object {
	c := object{"name": name, "image": "i"}
	r.set(c, "securityContext", r.containerContext(), absent{}, nil, object{})
	if r.rarely(3) {
		c["ports"] = r.ports()
	}
	for _, probe := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
		if r.rarely(6) {
			r.set(c, probe, r.handler(), nil)
		}
	}
	if r.rarely(5) {
		lifecycle := object{}
		for _, hook := range []string{"postStart", "preStop"} {
			if r.rarely(2) {
				r.set(lifecycle, hook, r.handler(), nil)
			}
		}
		r.set(c, "lifecycle", lifecycle, nil)
	}
	return c
}

func (r *random) ports() any {
	ports := []any{}
	for i := range r.IntN(4) {
		port := object{"containerPort": 80 + i}
		r.set(port, "protocol", r.pick(absent{}, "TCP"), "UDP", "SCTP")
		r.set(port, "hostPort", r.pick(absent{}, absent{}, 0), nil, 80+i, 65535)
		ports = append(ports, port)
	}
	if len(ports) == 0 {
		return r.pick(nil, ports)
	}
	return ports
}

func (r *random) handler() object {
	kind := r.pick("httpGet", "tcpSocket", "exec", "grpc").(string)
	what := object{"port": 80}
	if kind == "exec" {
		what = object{"command": []any{"true"}}
	} else if kind != "grpc" {
		r.set(what, "host", r.pick(absent{}, absent{}, ""), nil, "x", "127.0.0.1", "::1")
	}
	h := object{kind: what}
	if r.rarely(9) {
		h[r.pick("httpGet", "tcpSocket").(string)] = nil
		h[kind] = what
	}
	return h
}

// bothContexts are members that a pod's context has as well as a container's.
func (r *random) bothContexts(c object) {
	r.linux(func() {
		r.set(c, "runAsUser", r.pick(absent{}, 1000), nil, 0, 1)
		r.set(c, "seLinuxOptions", absent{}, nil, object{}, r.seLinux(), r.seLinux())
		r.set(c, "appArmorProfile", absent{}, nil, r.profile("Unconfined"), r.profile("RuntimeDefault", "Localhost"))
	})
	windows := object{}
	r.set(windows, "hostProcess", r.pick(absent{}, false), nil, true, true)
	if r.windows || r.rarely(8) {
		r.set(c, "windowsOptions", windows, absent{}, nil)
	}
}

func (r *random) podContext() object {
	c := object{}
	r.bothContexts(c)
	r.set(c, "runAsNonRoot", true, absent{}, nil, false)
	r.linux(func() {
		r.set(c, "seccompProfile", r.profile("RuntimeDefault", "Localhost"), absent{}, nil, r.profile("Unconfined"))
		if r.rarely(4) {
			c["sysctls"] = r.sysctls()
		}
	})
	return c
}

func (r *random) containerContext() object {
	c := object{}
	r.bothContexts(c)
	r.set(c, "runAsNonRoot", r.pick(absent{}, true), nil, false)
	r.linux(func() {
		r.set(c, "seccompProfile", r.pick(absent{}, r.profile("RuntimeDefault", "Localhost")), nil, r.profile("Unconfined"))
		r.set(c, "allowPrivilegeEscalation", false, absent{}, nil, true)
		r.set(c, "privileged", r.pick(absent{}, false), nil, true)
		r.set(c, "procMount", r.pick(absent{}, "Default"), nil, "Unmasked")
		r.set(c, "capabilities", r.capabilities(), absent{}, nil, object{})
	})
	return c
}

func (r *random) capabilities() object {
	c := object{}
	r.set(c, "drop", r.pick([]any{"ALL"}, []any{"NET_RAW", "ALL"}, []any{"ALL", "ALL"}),
		absent{}, nil, []any{}, []any{"NET_RAW"}, []any{"all"}, []any{"CAP_ALL"})
	r.set(c, "add", r.pick(absent{}, []any{}, []any{"NET_BIND_SERVICE"}), nil,
		[]any{"NET_BIND_SERVICE", r.pick(defaultCapabilities...)}, []any{r.pick(defaultCapabilities...)}, []any{"NET_RAW"},
		[]any{"CAP_CHOWN"}, []any{"chown"}, []any{"ALL"}, []any{"CHOWN", "SYS_ADMIN"})
	return c
}

func (r *random) profile(kinds ...any) object {
	p := object{"type": r.pick(kinds...)}
	if p["type"] == "Localhost" {
		p["localhostProfile"] = "x"
	}
	return p
}

func (r *random) seLinux() object {
	o := object{}
	r.set(o, "type", r.pick(absent{}, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"),
		nil, "container_engine_t", "spc_t", "container_t ", "Container_t")
	r.set(o, "user", r.pick(absent{}, ""), nil, "u")
	r.set(o, "role", r.pick(absent{}, ""), nil, "r")
	r.set(o, "level", r.pick(absent{}, "s0"), nil, "s0:c1")
	return o
}

func (r *random) sysctls() any {
	list := []any{}
	for range r.IntN(4) {
		name := r.pick(knownSysctls...)
		if r.Float64() > r.careful {
			name = r.pick("kernel.msgmax", "net.ipv4.ip_forward", "net/ipv4/tcp_syncookies", "net.ipv4.tcp_rmem.x", "")
		}
		list = append(list, object{"name": name, "value": "1"})
	}
	if len(list) == 0 {
		return r.pick(nil, list)
	}
	return list
}

func (r *random) volumes() any {
	volumes := []any{}
	for i := range r.IntN(4) {
		v := object{"name": fmt.Sprintf("v%d", i)}
		kind := r.pick(harmlessVolumes...)
		if r.Float64() > r.careful {
			kind = r.pick(otherVolumes...)
		}
		if r.rarely(6) {
			v[r.pick("hostPath", "nfs", "emptyDir").(string)] = nil
		}
		if !r.rarely(20) {
			v[kind.(string)] = object{}
		}
		volumes = append(volumes, v)
	}
	return volumes
}

// annotations speak of profiles of the pod, of its containers and of none of them.
func (r *random) annotations(spec object) object {
	a := object{}
	names := []any{"", "nobody"}
	for _, list := range []string{"containers", "initContainers", "ephemeralContainers"} {
		containers, _ := spec[list].([]any)
		for _, c := range containers {
			names = append(names, c.(object)["name"])
		}
	}
	for range r.IntN(3) {
		name := r.pick(names...).(string)
		key := r.pick("container.apparmor.security.beta.kubernetes.io/"+name,
			"container.seccomp.security.alpha.kubernetes.io/"+name,
			"seccomp.security.alpha.kubernetes.io/pod",
			"xcontainer.apparmor.security.beta.kubernetes.io/"+name).(string)
		good := r.pick("runtime/default", "localhost/x", "localhost/")
		if strings.Contains(key, "seccomp") {
			good = r.pick(good, "docker/default")
		}
		r.set(a, key, good, "", "unconfined", "localhost", "runtime/default ", "docker/default", "Localhost/x")
	}
	return a
}

var defaultCapabilities = []any{"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
	"NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"}

// knownSysctls are in the list of some version or of all.
var knownSysctls = []any{"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies",
	"net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports",
	"net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", "net.ipv4.tcp_slow_start_after_idle",
	"net.ipv4.tcp_notsent_lowat"}

var harmlessVolumes = []any{"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
	"persistentVolumeClaim", "projected", "secret"}

var otherVolumes = []any{"hostPath", "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi",
	"glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile", "vsphereVolume", "quobyte",
	"azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos"}
