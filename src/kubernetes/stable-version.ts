/** Whether a version promises to stay as it is: `v1`, unlike `v1beta1`. */
export function isStable(version: string): boolean {
  return /^v[1-9]\d*$/.test(version)
}
