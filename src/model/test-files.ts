/** The glob that finds every file of tests of a workspace. */
export const testFiles = '**/*.test.{yaml,yml,json}'

/** Whether a name is that of a file of tests, which no glob for fragments or observations takes. */
export function isTestFile(name: string): boolean {
  return /\.test\.(?:ya?ml|json)$/i.test(name)
}
