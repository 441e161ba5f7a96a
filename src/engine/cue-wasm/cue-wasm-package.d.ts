// What is used of the package `cue-wasm`, which declares no types of its own.
declare module 'cue-wasm' {
  /** Starts the evaluator in this thread. */
  export function init(): Promise<{
    /** The value of a CUE text as JSON. Throws a string, CUE's words for the first error, if there is none. */
    toJSON(cue: string): string
  }>
}
