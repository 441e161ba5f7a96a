import { Fault, faults } from '../errors.ts'

/** How the work for one environment ended: with its result, or with a fault of ours that the other environments outlive. */
export type Ending<T> =
  | { readonly result: T }
  | { readonly fault: { readonly environment: string; readonly code: string; readonly message: string } }

/** Runs the work for one environment. What the asker did wrong, and an end that was asked for, end everything and are thrown. */
export async function ending<T>(environment: string, work: () => Promise<T>, signal?: AbortSignal): Promise<Ending<T>> {
  try {
    return { result: await work() }
  } catch (error) {
    if (signal?.aborted === true || (error instanceof Fault && faults[error.code].exit === faults.USAGE.exit))
      throw error
    if (error instanceof Fault) return { fault: { environment, code: error.code, message: error.message } }
    return {
      fault: {
        environment,
        code: 'INTERNAL',
        message: `environment \`${environment}\`: ${words(error)}; this is a defect of Congruent`,
      },
    }
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
