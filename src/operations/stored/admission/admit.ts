import { Fault, isFaultCode } from '../../../errors.ts'
import { admissionReview, readAdmissionReview, type AdmissionReview } from '../../../kubernetes/admission-review.ts'
import type { Data } from '../../../model/data.ts'
import type { Finding } from '../../../model/finding.ts'
import type { Path } from '../../../model/path.ts'
import type { Report } from '../../../model/report.ts'
import type { NamedFile } from '../../../observation/cut-request.ts'
import type { Tables } from '../../../store/store.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import { oneEnvironment } from '../../environments.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { noWorkspace } from '../stored-workspace.ts'
import { snapshotFiles } from '../stored-cut.ts'
import { admissionResponse, unchecked } from './admission-response.ts'
import { admittedObject } from './admitted-object.ts'

/** What an API server asks. */
export interface AdmitInput {
  readonly workspace: string
  /** Needed where the workspace has several. */
  readonly environment?: string
  /** An AdmissionReview. */
  readonly review: Data
  /** What to do about an object of which something cannot be decided; default `allow`, with a warning. */
  readonly undecided?: 'allow' | 'deny'
  readonly deadlineMs: number
  readonly signal?: AbortSignal
}

/** What is read of a store, and what it is read with. */
export interface AdmissionDependencies extends Pick<StoredDependencies, 'sourceOf' | 'clock'> {
  readonly congruent: Pick<StoredDependencies['congruent'], 'check' | 'definitions'>
  readonly store: {
    readonly revisions: Pick<Tables['revisions'], 'at'>
    readonly snapshots: Pick<Tables['snapshots'], 'candidates'>
    readonly files: Pick<Tables['files'], 'get'>
  }
}

/** How many sets of findings are kept, each of one revision and one cut. */
const mostKnown = 32

/**
 * Says whether an object may come into a cluster: it is laid over the newest cut of the environment. What it breaks in itself denies it, and what
 * it newly breaks elsewhere; what stood before does not. Nothing is recorded. Rejects with a Fault where no answer can be had.
 */
export function admission({
  congruent,
  store,
  sourceOf,
  clock,
}: AdmissionDependencies): (input: AdmitInput) => Promise<AdmissionReview> {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  const before = (key: string, check: () => Promise<Report>): Promise<ReadonlySet<string>> => {
    const found =
      known.get(key) ?? check().then(({ findings }) => new Set(findings.map(({ fingerprint }) => fingerprint)))
    known.delete(key)
    known.set(key, found)
    for (const oldest of known.keys()) if (known.size > mostKnown) known.delete(oldest)
    found.catch(() => known.delete(key))
    return found
  }
  return async ({ workspace, review, undecided = 'allow', deadlineMs, signal, ...asked }) => {
    const request = readAdmissionReview(review)
    const revision = await store.revisions.at(workspace)
    if (revision === undefined) throw noWorkspace(workspace)
    const source = await sourceOf(revision)
    const read = await readWorkspace(source)
    const environment = oneEnvironment(asked.environment, read.environments)
    const snapshots = await store.snapshots.candidates(workspace, environment, {})
    const now = clock()
    const definitions = await congruent.definitions({ source, environment })
    const object = admittedObject(request, { workspace: read.workspace, environment, definitions, snapshots, now })
    if (object === undefined) return admissionReview(unchecked(request))
    const { path } = object
    const files = snapshotFiles(store.files, workspace, snapshots)
    const check = async (given: readonly NamedFile[]): Promise<Report> => {
      const { report } = await congruent.check({
        source,
        files: given,
        environments: [environment],
        entry: 'admission',
        now,
        deadlineMs,
        ...(signal === undefined ? {} : { signal }),
      })
      const [fault] = report.faults ?? []
      if (fault !== undefined) throw new Fault(isFaultCode(fault.code) ? fault.code : 'INTERNAL', fault.message)
      return report
    }
    const { findings } = await check([...files, object.file])
    const own = findings.filter((finding) => isIn(path, finding) || hidesAll(finding))
    const elsewhere = findings.filter((finding) => !own.includes(finding) && finding.outcome === 'violates')
    const key = JSON.stringify([workspace, revision.revision, environment, snapshots.map(({ digest }) => digest)])
    const old = snapshots.length === 0 || elsewhere.length === 0 ? undefined : await before(key, () => check(files))
    const fresh = old === undefined ? [] : elsewhere.filter(({ fingerprint }) => !old.has(fingerprint))
    const response = admissionResponse({
      request,
      path,
      findings: [...own, ...fresh],
      undecided,
      workspace,
      environment,
      revision: revision.revision,
    })
    return admissionReview(response)
  }
}

function isIn(object: Path, { path }: Finding): boolean {
  return object.every((label, index) => path[index] === label)
}

/** Whether nothing can be told about anything: a fragment that cannot be read, say. */
function hidesAll({ path, outcome, kind }: Finding): boolean {
  return path.length === 0 && outcome === 'undecided' && (kind === 'unreadable' || kind === 'incomplete')
}
