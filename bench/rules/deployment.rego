# Ten rules on Deployments; the same as in deployment.cue. The head, with `package` and `documents`, depends on who reads it.

containers contains [d, c] if {
	some d in documents
	some c in d.spec.template.spec.containers
}

told(d, rule) := sprintf("%s breaks %s", [d.metadata.name, rule])

deny contains told(d, sprintf("label %s", [label])) if {
	some d in documents
	some label in ["app", "team", "owner", "env"]
	object.get(d.metadata, ["labels", label], "") == ""
}

deny contains told(d, "env") if {
	some d in documents
	not d.metadata.labels.env in {"dev", "staging", "prod"}
}

deny contains told(d, "replicas") if {
	some d in documents
	not enough(d.spec.replicas)
}

enough(replicas) if {
	replicas >= 2
	replicas <= 10
}

deny contains told(d, "runAsNonRoot") if {
	some d in documents
	not d.spec.template.spec.securityContext.runAsNonRoot == true
}

deny contains told(d, "registry") if {
	some [d, c] in containers
	not startswith(c.image, "registry.example/")
}

deny contains told(d, "tag") if {
	some [d, c] in containers
	not tagged(c.image)
}

tagged(image) if {
	regex.match(`:[^:/]+$`, image)
	not endswith(image, ":latest")
}

deny contains told(d, sprintf("port %v", [port.containerPort])) if {
	some [d, c] in containers
	some port in c.ports
	not unprivileged(port.containerPort)
}

unprivileged(port) if {
	port >= 1024
	port <= 65535
}

deny contains told(d, sprintf("resources.%s.%s", [kind, resource])) if {
	some [d, c] in containers
	some kind in ["requests", "limits"]
	some resource in ["cpu", "memory"]
	not c.resources[kind][resource]
}

deny contains told(d, "allowPrivilegeEscalation") if {
	some [d, c] in containers
	not c.securityContext.allowPrivilegeEscalation == false
}

deny contains told(d, probe) if {
	some [d, c] in containers
	some probe in ["livenessProbe", "readinessProbe"]
	not c[probe]
}
