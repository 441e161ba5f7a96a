package acceptance_test

// Whole policies, as people write them: all of these must be decided by schemas.
var policies = []example{
	{name: "deployments", texts: []string{`
#Deployment: {
	apiVersion!: "apps/v1"
	kind!:       "Deployment"
	metadata!: {
		name!: string
		labels!: {
			app!:   !=""
			team!:  !=""
			owner!: !=""
			env!:   "dev" | "staging" | "prod"
			...
		}
		...
	}
	spec!: {
		replicas!: int & >=2 & <=10
		template!: {
			spec!: {
				securityContext!: {runAsNonRoot!: true, ...}
				containers!: [...#Container]
				...
			}
			...
		}
		...
	}
	...
}
#Container: {
	image!: =~"^registry\\.example/" & =~":[^:/]+$" & !~":latest$"
	ports?: [...{containerPort!: >=1024 & <=65535, ...}]
	resources!: {
		requests!: {cpu!: _, memory!: _, ...}
		limits!: {cpu!: _, memory!: _, ...}
		...
	}
	securityContext!: {allowPrivilegeEscalation!: false, ...}
	livenessProbe!: {...}
	readinessProbe!: {...}
	...
}
entities: [string]: #Deployment`}, clean: []string{`{"apiVersion": "apps/v1", "kind": "Deployment",
		"metadata": {"name": "app-1", "namespace": "n", "labels": {"app": "app-1", "team": "t", "owner": "t@example", "env": "dev", "x": "y"}},
		"spec": {"replicas": 2, "selector": {"matchLabels": {"app": "app-1"}}, "template": {"metadata": {"labels": {}}, "spec": {"securityContext": {"runAsNonRoot": true},
		"containers": [{"name": "main", "image": "registry.example/t/app-1:1.2.3", "ports": [{"containerPort": 8000}],
			"resources": {"limits": {"cpu": "2", "memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
			"securityContext": {"allowPrivilegeEscalation": false}, "livenessProbe": {"httpGet": {"path": "/", "port": 8080}}, "readinessProbe": {},
			"env": [{"name": "A", "value": "b"}]}]}}}}`}},
	{name: "services", texts: []string{`
#Service: {
	name:     string & =~"^[a-z0-9-]{1,63}$"
	replicas: int & >=1 & <=20
	image:    string
	port:     int & >=1024 & <=65535
	labels: {
		team:     string
		tier:     "web" | "worker" | "batch"
		[string]: string
	}
	resources: {
		cpuMilli:  int & >=50 & <=8000
		memoryMiB: int & >=64 & <=32768
	}
	probe: path: string | *"/healthz"
	...
}
entities: [N=string]: #Service & {name: N}`, `
entities: [string]: {
	image:    =~"^registry\\.example/[a-z0-9/-]+:[0-9]+\\.[0-9]+$"
	replicas: >=2
	securityContext: {
		runAsNonRoot:           true
		readOnlyRootFilesystem: bool | *true
		dropCapabilities: *["ALL"] | [...string]
	}
}`, `
entities: "web": {
	replicas: 3
	image:    "registry.example/search/svc-1:1.13"
	port:     8031
	labels: team: "search"
	labels: tier: "worker"
	resources: {cpuMilli: 250, memoryMiB: 256}
}`}, clean: []string{`{"name": "web", "replicas": 3, "image": "registry.example/search/svc-1:1.13", "port": 8031, "labels": {"team": "search", "tier": "worker"},
		"resources": {"cpuMilli": 250, "memoryMiB": 256}, "probe": {"path": "/healthz"},
		"securityContext": {"runAsNonRoot": true, "readOnlyRootFilesystem": true, "dropCapabilities": ["ALL"]}}`}},
	{name: "containers of a shop", texts: []string{`
entities: [string]: spec: template: spec: [=~"^(containers|initContainers)$"]: [string]: _container
_container: {
	// Containers say what they need.
	resources!: {
		requests!: {cpu!: _, memory!: _}
		limits!: {cpu!: _, memory!: _}
	} @rule(id="RES-1")
	image!: =~"^registry\\.boutique\\.example/" | error("[IMG-1] images come from registry.boutique.example")
}`, `entities: [string]: spec: template: spec: containers: [string]: {
	readinessProbe!: {...} @rule(id="PROBE-1", severity=warning, title="containers say when they are ready")
}`}, clean: []string{`{"spec": {"replicas": 1, "template": {"spec": {"containers": {"a": {"image": "registry.boutique.example/x", "readinessProbe": {"q": 1},
		"resources": {"requests": {"cpu": "1", "memory": "2"}, "limits": {"cpu": "1", "memory": {}}}}}}}}}`}},
	{name: "pods", texts: []string{`
_context: {
	windowsOptions?: hostProcess?: false | error("[windowsHostProcess] hostProcess must not be true")
	seLinuxOptions?: {
		type?: "" | "container_t" | "container_init_t" | error("[seLinuxOptions] this type is not allowed")
		user?: "" | error("[seLinuxOptions] user may not be set")
	}
	seccompProfile?: type?: "RuntimeDefault" | "Localhost" | error("[seccompProfile_baseline] type must be RuntimeDefault or Localhost")
}
_noHost: [=~"^(httpGet|tcpSocket)$"]: host?: "" | error("[hostProbes] host must not be set")
_safe: ["kernel.shm_rmid_forced", "net.ipv4.tcp_syncookies"]
_capabilities: ["AUDIT_WRITE", "CHOWN", "KILL"]
_containerLists: =~"^(containers|initContainers|ephemeralContainers)$"
_volume: hostPath?: error("[hostPathVolumes] hostPath volumes are not allowed")
_container: {
	securityContext?: _context & {
		privileged?: false | error("[privileged] privileged must not be true")
		capabilities?: add?: [...or(_capabilities) | error("[capabilities_baseline] only the default capabilities may be added")]
	}
	ports?: [string]: hostPort?: 0 | error("[hostPorts] host ports are not allowed")
	[=~"^(liveness|readiness|startup)Probe$"]: _noHost
	lifecycle?: [=~"^(postStart|preStop)$"]: _noHost
}
_baseline: {
	metadata?: annotations?: {
		[=~"^container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/"]: "" | "runtime/default" | =~"^localhost/" |
			error("[appArmorProfile] the AppArmor annotation must be runtime/default or localhost/*")
	}
	spec: {
		hostNetwork?: false | error("[hostNamespaces] hostNetwork must not be true")
		volumes?: [string]: _volume
		securityContext?: _context & {
			sysctls?: [...{name?: or(_safe) | error("[sysctls] this sysctl is not in the safe set")}]
		}
		[_containerLists]: [string]: _container
	}
}
entities: [string]: _baseline`}, clean: []string{`{"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/x": "localhost/y", "q": "z"}},
		"spec": {"hostNetwork": false, "volumes": {"v": {"secret": {}}}, "securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "1"}], "seLinuxOptions": {"type": ""}},
			"containers": {"a": {"securityContext": {"privileged": false, "capabilities": {"add": ["CHOWN"]}, "seccompProfile": {"type": "Localhost"}},
				"ports": {"80/TCP": {"hostPort": 0}}, "livenessProbe": {"httpGet": {"host": ""}}, "lifecycle": {"preStop": {"tcpSocket": {}}}}}}}`}},
}
