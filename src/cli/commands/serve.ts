import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import type { JwtSettings } from '../../http/access/jwt.ts'
import type { ProviderSettings } from '../../http/access/oidc/provider.ts'
import { parseDuration } from '../../model/duration.ts'
import { baseUrlOf, pagesOption } from '../base-url.ts'
import type { Command, CommandContext } from '../command.ts'
import { dataPlace } from '../data-place.ts'
import { exitStatuses } from '../exit-status.ts'
import { countFlag, textFlag, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { allowHostOption, databaseOption, lanesOption, logLevelOption } from '../options.ts'

const defaultPort = 8787
/** More are for machines with more processors than most servers need; who has one says so. */
const mostProcesses = 8
const mebibyte = 1024 * 1024

/** `congruent serve`: the operations over HTTP, and workspaces over time. */
export const serve: Command = {
  summary: 'answer over HTTP: checks, and what was desired, observed and found over time',
  arguments: [],
  options: [
    {
      flags: '--host <address>',
      description: 'where to listen; anything but loopback needs a token, `--jwks-url` or `--oidc-issuer`',
      default: '127.0.0.1',
    },
    {
      flags: '--port <number>',
      description: 'where to listen; 0 takes any that is free',
      default: String(defaultPort),
    },
    {
      flags: '--data <dir>',
      description: "where everything is kept; default: CONGRUENT_DATA, else below the user's data",
    },
    databaseOption,
    { flags: '--tls-cert <file>', description: 'certificate, with those that vouch for it, as PEM' },
    { flags: '--tls-key <file>', description: 'its key, as PEM' },
    { flags: '--jwks-url <url>', description: 'where an identity provider publishes the keys of its JSON Web Tokens' },
    { flags: '--jwt-issuer <name>', description: 'the `iss` that its tokens must have' },
    { flags: '--jwt-audience <name>', description: 'the `aud` that its tokens must have' },
    { flags: '--clock-skew <duration>', description: 'how far its clock may be from ours', default: '30s' },
    {
      flags: '--oidc-issuer <url>',
      description: 'an identity provider (OpenID Connect) at which people sign in; needs `--base-url`',
    },
    { flags: '--oidc-client-id <id>', description: 'what this server is called there' },
    { flags: '--oidc-client-secret-file <file>', description: 'a file with its secret there' },
    {
      flags: '--oidc-scopes-claim <name>',
      description: "the claim that holds a person's scopes; default: `congruent`, and `scope`",
    },
    {
      flags: '--allow-origin <origin>',
      description: 'an origin whose pages may ask from a browser; repeatable',
      repeatable: true,
    },
    pagesOption,
    allowHostOption,
    lanesOption,
    {
      flags: '--processes <number>',
      description:
        'how many processes take connections; default: one a processor, at most 8; 1: the server itself alone',
    },
    {
      flags: '--timeout <duration>',
      description:
        'how long a request may take; `Prefer: wait=` may ask for less; a check of a stored workspace may take ten times as long',
      default: '30s',
    },
    { flags: '--body-limit <MiB>', description: 'the largest document that is read', default: '32' },
    logLevelOption,
  ],
  examples: [
    ['congruent serve', 'for programs on this machine; no token is needed'],
    [
      'congruent serve --host 0.0.0.0 --database postgres://congruent@db/congruent',
      'one of several, for everybody with a token',
    ],
    [
      'congruent serve --base-url https://congruent.example.com --oidc-issuer https://id.example.com --oidc-client-id congruent --oidc-client-secret-file oidc-secret',
      'people sign in at an identity provider',
    ],
  ],
  async run(context, flags) {
    const { io, config, clock } = context
    const { database, data } = dataPlace(context, flags)
    const pages = baseUrlOf(context, flags)
    const tls = await tlsOf(context, flags)
    const jwt = jwtOf(flags)
    const oidc = await providerOf(context, flags, pages)
    const host = textFlag(flags, 'host') ?? '127.0.0.1'
    const options = {
      host,
      port: portOf(flags),
      clock,
      origins: textFlags(flags, 'allowOrigin').map(originOf),
      allow: textFlags(flags, 'allowHost'),
      lanes: countFlag(flags, 'lanes') ?? 2,
      processes: countFlag(flags, 'processes') ?? Math.min(availableParallelism(), mostProcesses),
      deadlineMs: durationOf(flags, 'timeout', 30_000),
      bodyBytes: (countFlag(flags, 'bodyLimit') ?? 32) * mebibyte,
      signal: io.interrupted,
      write: (line: string) => void io.stderr.write(line, () => undefined),
      ...(data === undefined ? {} : { data }),
      ...(database === undefined ? {} : { database }),
      ...(pages === undefined ? {} : { pages }),
      ...(tls === undefined ? {} : { tls }),
      ...(jwt === undefined ? {} : { jwt }),
      ...(oidc === undefined ? {} : { oidc }),
      ...(config.traces === undefined ? {} : { traces: config.traces }),
      ...(config.engineProgram === undefined ? {} : { engineProgram: config.engineProgram }),
    }
    const { serveHttp } = await import('../http-serving.ts')
    const { logLevelOf } = await import('../serving.ts')
    await serveHttp({
      ...options,
      logLevel: logLevelOf(textFlag(flags, 'logLevel')),
      listening: (address) => void write(io.stdout, startLines(address, data)),
    })
    return exitStatuses.conforms
  },
}

function startLines(address: string, data: string | undefined): string {
  const kept = data === undefined ? '' : `what it is told is kept in ${data}\n`
  return `listening on ${address}\n${kept}the API: ${address}/docs\n`
}

async function tlsOf({ io }: CommandContext, flags: Flags): Promise<{ cert: Uint8Array; key: Uint8Array } | undefined> {
  const cert = textFlag(flags, 'tlsCert')
  const key = textFlag(flags, 'tlsKey')
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) throw new Fault('USAGE', '`--tls-cert` and `--tls-key` belong together')
  return { cert: await readNamed(io, cert), key: await readNamed(io, key) }
}

async function readNamed({ cwd }: CommandContext['io'], file: string): Promise<Buffer> {
  try {
    return await readFile(resolve(cwd, file))
  } catch (error) {
    throw new Fault('INPUT_NOT_FOUND', `\`${file}\` cannot be read`, { cause: error })
  }
}

function jwtOf(flags: Flags): JwtSettings | undefined {
  const [url, issuer, audience] = ['jwksUrl', 'jwtIssuer', 'jwtAudience'].map((name) => textFlag(flags, name))
  if (url === undefined && issuer === undefined && audience === undefined) return undefined
  if (url === undefined || issuer === undefined || audience === undefined)
    throw new Fault('USAGE', '`--jwks-url`, `--jwt-issuer` and `--jwt-audience` belong together')
  if (!URL.canParse(url)) throw new Fault('USAGE', `\`--jwks-url ${url}\` is no URL`)
  return { jwksUrl: new URL(url), issuer, audience, clockSkewSeconds: durationOf(flags, 'clockSkew', 30_000) / 1000 }
}

/** Where people sign in; `pages` is where they see the pages, and so where they come back to. */
async function providerOf(
  { io }: CommandContext,
  flags: Flags,
  pages: string | undefined,
): Promise<ProviderSettings | undefined> {
  const [url, clientId, file, scopesClaim] = (
    ['oidcIssuer', 'oidcClientId', 'oidcClientSecretFile', 'oidcScopesClaim'] as const
  ).map((name) => textFlag(flags, name))
  if ([url, clientId, file, scopesClaim].every((given) => given === undefined)) return undefined
  if (url === undefined || clientId === undefined || file === undefined)
    throw new Fault('USAGE', '`--oidc-issuer`, `--oidc-client-id` and `--oidc-client-secret-file` belong together')
  if (pages === undefined)
    throw new Fault(
      'USAGE',
      '`--oidc-issuer` needs `--base-url`, such as `https://congruent.example.com`: there the provider sends people back to',
    )
  const clientSecret = (await readNamed(io, file)).toString().trim()
  if (clientSecret === '') throw new Fault('CONFIGURATION_INVALID', `\`${file}\` is empty: expected a client's secret`)
  return {
    issuer: issuerOf(url),
    clientId,
    clientSecret,
    ...(scopesClaim === undefined ? {} : { scopesClaim }),
    clockSkewSeconds: durationOf(flags, 'clockSkew', 30_000) / 1000,
    callback: new URL(`${pages}/v1/session/oidc/callback`),
  }
}

const ownMachine: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

function issuerOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOwnMachine = url?.protocol === 'http:' && ownMachine.includes(url.hostname)
  if (url !== undefined && (url.protocol === 'https:' || isOwnMachine) && url.search + url.hash === '') return url
  throw new Fault(
    'USAGE',
    `\`--oidc-issuer ${text}\` is no issuer: expected an address that begins with \`https://\`, without query; \`http://\` only on this machine`,
  )
}

function portOf(flags: Flags): number {
  const text = textFlag(flags, 'port') ?? String(defaultPort)
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Fault('USAGE', `\`--port ${text}\` is no port: expected a number up to 65535`)
}

function originOf(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text
  throw new Fault(
    'USAGE',
    `\`--allow-origin ${text}\` is no origin: expected one such as \`https://pages.example.com\``,
  )
}

function durationOf(flags: Flags, name: 'timeout' | 'clockSkew', otherwise: number): number {
  const text = textFlag(flags, name)
  const milliseconds = text === undefined ? otherwise : parseDuration(text)
  if (milliseconds !== undefined) return milliseconds
  throw new Fault('USAGE', `\`${text ?? ''}\` is no duration: expected one such as \`30s\``)
}
