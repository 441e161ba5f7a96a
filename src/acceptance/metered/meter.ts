/** Work that may still be done, in steps of about two nanoseconds. */
export interface Meter {
  left: number
}

/** Thrown where there is more to do than may be done. */
export class Exhausted extends Error {}

/** Takes steps before they are done. Throws Exhausted where so many are not left. */
export function spend(meter: Meter, steps: number): void {
  meter.left -= steps
  if (!(meter.left >= 0)) throw new Exhausted('too many steps')
}
