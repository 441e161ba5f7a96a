import type { Plan, PlannedPattern, PlanReason } from '../model/plan.ts'
import type { FormatOptions } from './format.ts'
import { palette } from './paint.ts'
import { placeLines } from './place-lines.ts'
import { printable } from './printable.ts'
import { noteText } from './summary-lines.ts'

/** Every format of a plan, by the name that `--format` takes. */
export const planFormatters = {
  text: planText,
  json: (plan: Plan) => `${JSON.stringify(plan, undefined, 2)}\n`,
} as const satisfies Record<string, (plan: Plan, options: FormatOptions) => string>

function planText(plan: Plan, options: FormatOptions): string {
  const { faint } = palette(options.colour)
  const { separable, crossing, notes, environment } = plan
  const none = separable.length + crossing.length === 0
  const lines = [
    ...separable.flatMap((pattern) => [...separableLines(pattern, options), '']),
    ...crossing.flatMap(({ at, reasons }) => [
      ...headLines(at, 'evaluated together with everything else', options),
      ...reasonLines(reasons, options),
      '',
    ]),
    ...(none ? ['no map or list has members that a pattern constrains: everything is evaluated at once', ''] : []),
    ...(options.quiet ? [] : notes.map((note) => faint(`note  ${noteText(note)}`))),
    `${separable.length} of ${separable.length + crossing.length} patterns separable in ${printable(environment)}`,
  ]
  return `${lines.join('\n')}\n`
}

function separableLines(pattern: PlannedPattern, options: FormatOptions): readonly string[] {
  const { at, named, reads, acceptedBySchemas, undecidable } = pattern
  const how = acceptedBySchemas
    ? undecidable.length === 0
      ? 'one at a time; schemas accept what conforms'
      : 'one at a time; schemas accept what conforms, as far as they can tell'
    : 'one at a time, by the evaluator'
  return [
    ...headLines(at, how, options),
    ...(named === 0 ? [] : [`  ${named} named by fragments`]),
    ...(reads.length === 0 ? [] : [`  reads of #observed beside the entity: ${reads.map(printable).join(', ')}`]),
    ...(undecidable.length === 0 ? [] : ['  only the evaluator can tell about']),
    ...reasonLines(undecidable, options),
  ]
}

function headLines(at: string, how: string, { colour }: FormatOptions): readonly string[] {
  const { heading, faint } = palette(colour)
  return [`${heading(printable(at))}  ${faint(how)}`]
}

function reasonLines(reasons: readonly PlanReason[], options: FormatOptions): readonly string[] {
  const places = reasons.map(({ team, file, line, column, message }) => ({
    who: team,
    file,
    line,
    column,
    about: message,
  }))
  return placeLines(places, 2, options, places.length)
}
