import { adapterNames } from '../model/workspace.ts'
import type { Option } from './command.ts'

// Options that several commands have; each command lists those that it takes.

export const directoryOption: Option = {
  flags: '-C, --directory <dir>',
  description: 'folder of the workspace, with congruent.yaml',
  default: '.',
}

export const environmentOption: Option = {
  flags: '-e, --environment <name>',
  description: 'environment; needed where the workspace has several',
}

export const engineOption: Option = {
  flags: '--engine <name>',
  description: "cue-go, cue-wasm, cue-native or cue-native=PATH; default: the workspace's, else cue-go",
}

export const timeoutOption: Option = {
  flags: '--timeout <duration>',
  description: 'how long the engine may work on one environment',
  default: '30s',
}

export const outputOption: Option = {
  flags: '--output <format=file>',
  description: 'write another format into a file; repeatable',
  repeatable: true,
}

export const colorOption: Option = {
  flags: '--color <when>',
  description: 'colour on standard output; auto: on a terminal, unless NO_COLOR is set',
  choices: ['auto', 'always', 'never'],
  default: 'auto',
}

export const quietOption: Option = {
  flags: '-q, --quiet',
  description: 'no progress, notes or explanations',
}

export const noCacheOption: Option = {
  flags: '--no-cache',
  description: 'neither use nor keep what earlier runs worked out',
}

/** What every command takes that asks an engine and answers people. */
export const runOptions: readonly Option[] = [engineOption, timeoutOption, noCacheOption, colorOption, quietOption]

export const nowOption: Option = {
  flags: '--now <time>',
  description: 'the time against which ages are judged (RFC 3339); default: the clock',
}

/** In what form files that are given on the command line are, and what they say. */
export const formOptions: readonly Option[] = [
  {
    flags: '--adapter <name>',
    description: 'how files given on the command line are read; default: as the workspace says, else by their content',
    choices: adapterNames,
  },
  {
    flags: '--at <path>',
    description: 'where their state is put; may hold {file}, {stem} or {index}',
  },
  {
    flags: '--covers <what>',
    description: 'where absence in them is evidence: all, objects, kinds, or a path pattern; repeatable',
    repeatable: true,
  },
]

export const skipHooksOption: Option = {
  flags: '--skip-hooks',
  description: 'leave out the hooks of Helm in them (`helm.sh/hook`), tests among them',
}

/** How files that are given on the command line are read. */
export const inputOptions: readonly Option[] = [
  ...formOptions,
  {
    flags: '--namespace <name>',
    description: 'namespace of Kubernetes objects in them that name none',
  },
  skipHooksOption,
]

export const databaseOption: Option = {
  flags: '--database <url>',
  description: 'PostgreSQL, version 15 or newer, that servers and workers share; default: CONGRUENT_DATABASE',
}

export const lanesOption: Option = {
  flags: '--lanes <number>',
  description: 'how many checks are made at a time',
  default: '2',
}

export const allowHostOption: Option = {
  flags: '--allow-host <pattern>',
  description:
    'a host, `*.` and a domain, an address or a block of addresses that webhooks may call although it is not public; repeatable',
  repeatable: true,
}

export const logLevelOption: Option = {
  flags: '--log-level <level>',
  description: 'what is written to standard error, a line of JSON each',
  choices: ['debug', 'info', 'warn', 'error', 'silent'],
  default: 'info',
}

export const groupOption: Option = {
  flags: '--group <by>',
  description: 'how the text report is grouped',
  choices: ['file', 'team'],
  default: 'file',
}

export const teamOption: Option = {
  flags: '--team <name>',
  description: 'only findings that concern this team',
}

export const failOnOption: Option = {
  flags: '--fail-on <severity>',
  description: 'the least severity that has a say in the verdict',
  choices: ['error', 'warning', 'info'],
  default: 'error',
}

export const partialOption: Option = {
  flags: '--partial',
  description: 'the input says only what it holds: what it leaves out is one note and does not count',
}
