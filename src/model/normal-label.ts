const ascii = /^[\0-\x7f]*$/

/** Whether a label is the same in every spelling of Unicode that counts as equal: CUE takes labels for one that differ otherwise. */
export function isNormalLabel(label: string): boolean {
  return ascii.test(label) || (!/\p{Surrogate}/u.test(label) && label === label.normalize('NFC'))
}
