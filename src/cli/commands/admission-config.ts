import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import { webhookConfiguration, type WebhookTarget } from '../../kubernetes/webhook-configuration.ts'
import { exactJson } from '../../model/exact-json.ts'
import { yamlOfJson } from '../../document/yaml-text.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { choiceFlag, textFlag, type Flags } from '../flags.ts'
import { write } from '../io.ts'

const policies = ['allow', 'deny'] as const

/** `congruent admission-config`: what a cluster needs in order to ask a server before it lets objects in. */
export const admissionConfig: Command = {
  summary: 'print the ValidatingWebhookConfiguration by which a cluster asks a server about each object',
  arguments: [{ name: '<workspace>', description: 'name of the workspace on the server' }],
  options: [
    { flags: '-e, --environment <name>', description: 'the environment that the cluster is' },
    { flags: '--url <address>', description: 'where the cluster reaches the server: https://congruent.example.com' },
    {
      flags: '--service <namespace/name>',
      description: 'instead: a service in the cluster; with :PORT if that is not 443',
    },
    { flags: '--ca <file>', description: "certificates in PEM by which the server's is judged" },
    {
      flags: '--undecided <what>',
      description: 'what to do about an object of which something cannot be decided',
      choices: policies,
      default: 'allow',
    },
  ],
  examples: [
    [
      'congruent admission-config shop -e prod --service congruent/congruent --ca ca.pem | kubectl apply -f -',
      'the cluster asks the service `congruent` about every object',
    ],
  ],
  async run({ io }, flags, [workspace = '']) {
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(workspace))
      throw new Fault(
        'USAGE',
        `\`${workspace}\` is no name that an address in a cluster can hold: lower-case letters, digits and \`-\` are`,
      )
    const environment = textFlag(flags, 'environment')
    if (environment === undefined) throw new Fault('USAGE', 'say with `-e` which environment the cluster is')
    const target = targetOf(flags)
    // An API server takes no other characters in the path of a service.
    if ('service' in target && !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(environment))
      throw new Fault(
        'USAGE',
        `the environment \`${environment}\` cannot stand in the path of a service: use \`--url\``,
      )
    const file = textFlag(flags, 'ca')
    const configuration = webhookConfiguration({
      workspace,
      environment,
      undecided: choiceFlag(flags, 'undecided', policies) ?? 'allow',
      target,
      ...(file === undefined ? {} : { ca: await certificates(resolve(io.cwd, file), file) }),
    })
    await write(io.stdout, yamlOfJson(exactJson(configuration)))
    return exitStatuses.conforms
  },
}

function targetOf(flags: Flags): WebhookTarget {
  const address = textFlag(flags, 'url')
  const service = textFlag(flags, 'service')
  if ((address === undefined) === (service === undefined))
    throw new Fault('USAGE', 'say where the cluster reaches the server: either `--url` or `--service`')
  if (service !== undefined) {
    const [, namespace, name, port = '443'] = /^([a-z0-9-]+)\/([a-z0-9-]+)(?::(\d{1,5}))?$/.exec(service) ?? []
    if (namespace !== undefined && name !== undefined) return { service: { namespace, name, port: Number(port) } }
    throw new Fault(
      'USAGE',
      `\`--service ${service}\` is no service: expected one such as \`congruent/congruent:8443\``,
    )
  }
  const url = URL.canParse(address ?? '') ? new URL(address ?? '') : undefined
  if (url?.protocol !== 'https:' || url.search + url.hash + url.username + url.password !== '')
    throw new Fault(
      'USAGE',
      `\`--url ${address ?? ''}\` is nothing that an API server calls: expected \`https://HOST\`, without query, fragment and user`,
    )
  return { url: url.href.replace(/\/+$/, '') }
}

async function certificates(path: string, shown: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Fault('INPUT_NOT_FOUND', `\`${shown}\` cannot be read`, { cause: error })
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----') || text.includes('PRIVATE KEY'))
    throw new Fault('USAGE', `\`--ca ${shown}\` must hold certificates in PEM, and no key`)
  return text
}
