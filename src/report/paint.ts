import picocolors from 'picocolors'

export type Paint = (text: string) => string

/** The few colours that reports use, each with one meaning; all of them plain where colour is off. */
export interface Palette {
  readonly heading: Paint
  readonly conflict: Paint
  readonly violation: Paint
  readonly undecided: Paint
  readonly warning: Paint
  readonly good: Paint
  readonly faint: Paint
}

/** The palette of a report with or without colour. */
export function palette(colour: boolean): Palette {
  const colours = picocolors.createColors(colour)
  return {
    heading: (text) => colours.bold(text),
    conflict: (text) => colours.bold(colours.magenta(text)),
    violation: (text) => colours.red(text),
    undecided: (text) => colours.cyan(text),
    warning: (text) => colours.yellow(text),
    good: (text) => colours.green(text),
    faint: (text) => colours.dim(text),
  }
}
