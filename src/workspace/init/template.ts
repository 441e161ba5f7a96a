/** The files of a new workspace: two teams, two environments, and a check that finds something in one of them. */
export const template: Readonly<Record<string, string>> = {
  'congruent.yaml': `# What this workspace is made of. Try:
#
#   congruent check                    what is really there, against what the teams want
#   congruent unify -e prod            what the teams want, all together
#   congruent explain services.web.replicas -e prod    who says what about one value
workspace: first-steps

# Who contributes constraints, and where they stand.
teams:
  # Writes CUE: a folder is a package.
  platform:
    fragments: [./platform]
    owns: [services]
  # Writes plain YAML, and is the one to ask about \`services.web\`.
  web:
    fragments: [./web/services.yaml]
    owns: [services.web]

# The same fragments with other constants: platform/services.cue reads the tag.
environments:
  dev: { tags: { env: dev } }
  prod: { tags: { env: prod } }

# What is really there. These files are written by hand; a job would write them for real machines.
observations:
  - { files: [observed/dev/*.yaml], environment: dev }
  - { files: [observed/prod/*.yaml], environment: prod }
`,
  'platform/services.cue': `package platform

// The environment, from the tags in congruent.yaml. A name that begins with \`_\` is a helper: nothing has to match it.
_env: "dev" | "prod" @tag(env)

_leastReplicas: {dev: 1, prod: 2}

// What holds for every service, whoever owns it. The order of files and teams never matters.
services: [string]: {
	// An id, a title and a severity make a rule easy to talk about.
	replicas: >=_leastReplicas[_env] & <=10 @rule(id="HA-1", title="two of everything in prod")

	// Images come from one registry, and say which version they are.
	image: =~"^registry\\\\.example\\\\.com/.+:[0-9]+\\\\.[0-9]+\\\\.[0-9]+$" @rule(id="IMG-1", severity=warning)
}
`,
  'web/services.yaml': `# What the web team wants, as plain data. The platform's constraints hold for it, too.
services:
  web:
    image: registry.example.com/web:1.4.0
    port: 8080
`,
  'observed/dev/services.yaml': `services:
  web:
    image: registry.example.com/web:1.4.0
    port: 8080
    replicas: 1
`,
  'observed/prod/services.yaml': `# Two things are wrong here: \`congruent check\` says which, and whose rule each breaks.
services:
  web:
    image: registry.example.com/web:1.3.9
    port: 8080
    replicas: 1
`,
}
