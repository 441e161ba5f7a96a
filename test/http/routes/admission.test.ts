import t from 'tap'
import type { AdmitInput } from '../../../src/operations/stored/admission/admit.ts'
import type { AdmissionReview } from '../../../src/kubernetes/admission-review.ts'
import { testApp } from '../../support/app.ts'

const review = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'u',
    operation: 'CREATE',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    object: { replicas: 1e21 },
  },
}
const answer: AdmissionReview = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  response: { uid: 'u', allowed: true, auditAnnotations: {} },
}

t.test('an API server asks as it does: no query but its own', async (t) => {
  const asked: AdmitInput[] = []
  const { app } = await testApp(t, {
    service: { admit: async (input: AdmitInput) => (asked.push(input), answer) } as never,
  })
  const ask = async (address: string, payload: object = review) => {
    const headers = { host: 'localhost' }
    return app.inject({ method: 'POST', url: `/v1/workspaces/plant/admission${address}`, headers, payload })
  }
  t.strictSame((await ask('/prod/deny?timeout=5s')).json(), answer)
  t.match(asked, [{ workspace: 'plant', environment: 'prod', undecided: 'deny', deadlineMs: 4500 }])
  t.equal((await ask('?environment=prod')).statusCode, 200)
  t.match(asked[1], { environment: 'prod', undecided: 'allow' })
  t.equal((await ask('/prod/perhaps')).statusCode, 400)
  t.match((await ask('', { ...review, apiVersion: 'admission.k8s.io/v1beta1' })).json(), { code: 'BODY_INVALID' })
  t.equal((await ask('', { ...review, request: { uid: 'u' } })).statusCode, 400)
  t.equal(asked.length, 2)
})
