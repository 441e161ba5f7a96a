/** Something in work, and how to tell it that it must end. */
interface InWork {
  readonly end: AbortController
  readonly done: Promise<void>
}

export interface LanesOptions<Job> {
  /** How many are done at a time. */
  readonly lanes: number
  /** Takes so many that wait, or fewer. */
  readonly claim: (most: number) => Promise<readonly Job[]>
  /** Does one, and keeps what became of it. */
  readonly perform: (job: Job, signal: AbortSignal) => Promise<void>
  /** Told of what went wrong where nobody waits for it. */
  readonly troubled: (error: unknown) => void
  /** Milliseconds that those in work have to end by themselves when the lanes are closed. */
  readonly patienceMs: number
}

/** Several lanes of work that take what waits, as soon as they are told that something may. */
export interface Lanes<Job> {
  /** Says that something may wait. */
  wake(): void
  inWork(): readonly Job[]
  /** Takes nothing more, and waits for what is in work: first patiently, then after a signal to end. */
  close(): Promise<void>
}

/** Milliseconds for what was told to end, to keep that it did. */
const endingMs = 5000

export function openLanes<Job>({ lanes, claim, perform, troubled, patienceMs }: LanesOptions<Job>): Lanes<Job> {
  const working = new Map<Job, InWork>()
  let open = true
  let asked = false
  let looking: Promise<void> | undefined

  const start = (job: Job): void => {
    const end = new AbortController()
    const done = perform(job, end.signal)
      .catch(troubled)
      .finally(() => {
        working.delete(job)
        wake()
      })
    working.set(job, { end, done })
  }
  const look = async (): Promise<void> => {
    while (open && asked && working.size < lanes) {
      asked = false
      const most = lanes - working.size
      const jobs = await claim(most)
      if (jobs.length === most) asked = true
      for (const job of jobs) start(job)
    }
  }
  const wake = (): void => {
    asked = true
    if (!open || looking !== undefined || working.size >= lanes) return
    looking = look()
      .catch(troubled)
      .finally(() => {
        looking = undefined
        if (asked) wake()
      })
  }
  return {
    wake,
    inWork: () => [...working.keys()],
    close: async () => {
      open = false
      await looking
      const all = (): Promise<unknown> => Promise.all(Array.from(working.values(), ({ done }) => done))
      if (await within(patienceMs, all())) return
      for (const { end } of working.values()) end.abort()
      await within(endingMs, all())
    },
  }
}

/** Whether work ended in time. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, milliseconds, false)))
  const inTime = await Promise.race([work.then(() => true), late])
  clearTimeout(timer)
  return inTime
}
