import type { PackDocument, ShownPack } from '../model/pack.ts'
import type { FormatOptions } from './format.ts'
import { palette } from './paint.ts'
import { wrapped } from './wrap.ts'

/** How packs are told. */
export type PackFormat = 'text' | 'json'

/** The names of all formats. */
export const packFormats: readonly PackFormat[] = ['text', 'json']

type Options = Pick<FormatOptions, 'colour' | 'width'>

/** Every pack, a few words each. */
export const packListFormatters = {
  text: listText,
  json: (packs: readonly PackDocument[]) => `${JSON.stringify(packs, undefined, 2)}\n`,
} as const satisfies Record<PackFormat, (packs: readonly PackDocument[], options: Options) => string>

/** One pack, with its parameters and rules. */
export const packFormatters = {
  text: packText,
  json: (pack: ShownPack) => `${JSON.stringify(pack, undefined, 2)}\n`,
} as const satisfies Record<PackFormat, (pack: ShownPack, options: Options) => string>

function listText(packs: readonly PackDocument[], options: Options): string {
  const { heading } = palette(options.colour)
  const lines = packs.flatMap(({ pack, version, title, about }) => [
    `${heading(pack)}  ${version}  ${title}`,
    ...indented(about, 2, options.width),
  ])
  return `${lines.join('\n')}\n`
}

function packText({ pack, version, title, about, parameters, rules }: ShownPack, options: Options): string {
  const { heading, faint } = palette(options.colour)
  const lines = [
    `${heading(pack)}  ${version}  ${title}`,
    ...indented(about, 2, options.width),
    '',
    `rules (${rules.length})`,
    ...rules.flatMap((rule) => [
      `  ${heading(rule.id)}  ${rule.severity}`,
      ...indented(rule.title, 4, options.width),
      ...(rule.docs === undefined ? [] : [faint(`    ${rule.docs}`)]),
    ]),
    ...(parameters === undefined
      ? []
      : [
          '',
          `parameters (${parameters.definition})`,
          ...parameters.members.flatMap(({ name, takes, default: standard, meaning }) => [
            `  ${heading(name)}  ${takes}`,
            ...indented(
              `${meaning}; ${standard === undefined ? 'has to be set' : `default ${standard}`}`,
              4,
              options.width,
            ),
          ]),
        ]),
  ]
  return `${lines.join('\n')}\n`
}

function indented(text: string, by: number, width: number): readonly string[] {
  return wrapped(text, width - by).map((line) => `${' '.repeat(by)}${line}`)
}
