/** What is wanted of one row against another, in one run. */
export interface Goal {
  readonly what: string
  /** The table that both are in. */
  readonly table: string
  readonly ours: string
  readonly theirs: string
  /** `wall` of as many requests is how many are answered each second, the other way round. */
  readonly by: 'wall' | 'cpu' | 'p99'
  /** The most that the ratio may be; or, with `milliseconds`, the most that it may take. */
  readonly most: number
  readonly milliseconds?: true
}

const goal = (
  what: string,
  table: string,
  ours: string,
  theirs: string,
  most: number,
  by: Goal['by'] = 'cpu',
): Goal => ({ what, table, ours, theirs, by, most })

const [first, again, native] = ['congruent, first run', 'congruent, again', 'congruent, native engine, first run']

/** What is wanted, the cheapest first. */
export const goals: readonly Goal[] = [
  goal('one small document, first run', 'start', first, 'node -e 0', 3, 'wall'),
  goal('one small document, again', 'start', again, 'node -e 0', 1.8, 'wall'),
  goal('10,000 documents as an array', 'documents/array/10000', first, 'opa eval', 0.8),
  goal('10,000 documents as an array', 'documents/array/10000', first, 'cue vet', 0.25),
  goal('10,000 documents as an array, again', 'documents/array/10000', again, 'opa eval', 0.5),
  goal('10,000 YAML documents', 'documents/yaml/10000', first, 'kubeconform', 1),
  goal('10,000 files', 'documents/files/10000', first, 'opa exec', 1),
  goal('3,000 services, first run', 'check/3000', first, 'cue vet', 3),
  goal('3,000 services, native engine', 'check/3000', native, 'cue vet', 1.5),
  goal('3,000 services, again', 'check/3000', again, 'cue vet', 0.2),
  {
    ...goal('one of 10,000 services changed', 'change/10000', 'in one file: one service changed', '', 100, 'wall'),
    milliseconds: true,
  },
  goal('4,440 objects, pod security, first run', 'pods/10', first, 'CUE in Go, natively', 4),
  goal('requests a second, conforming', 'http/20000', 'congruent serve', 'opa run --server', 0.5, 'wall'),
  goal('slowest of a hundred requests, conforming', 'http/20000', 'congruent serve', 'opa run --server', 1, 'p99'),
  goal('requests a second, 1 % violating', 'http-violating/20000', 'congruent serve', 'opa run --server', 1, 'wall'),
  goal('documents a second in batches', 'http-batch/100000', 'congruent serve', 'opa run --server', 0.4, 'wall'),
  goal('4,440 objects, pod security, again', 'pods/10', again, 'CUE in Go, natively', 0.2),
]
