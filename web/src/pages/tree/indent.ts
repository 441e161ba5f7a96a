/** How far a level is moved in, as a class; beyond ten levels no further. */
export function indentOf(depth: number): string {
  return `d${Math.min(depth, 10)}`
}
