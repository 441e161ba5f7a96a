import t from 'tap'
import { sha256 } from '../../src/model/sha256.ts'
import { shippedFile, shippedNames, shippedWith } from '../../src/packs/shipped.ts'

t.test('every file of every pack is there by its name and by its digest', async (t) => {
  const names = shippedNames()
  t.ok(names.includes('pack:kubernetes/pod-security/pack.yaml'))
  for (const name of names) {
    const bytes = shippedFile(name)
    t.ok(bytes !== undefined && bytes.byteLength > 0, name)
    t.same(shippedWith(sha256(bytes ?? new Uint8Array()))?.bytes, bytes)
  }
  t.equal(shippedWith('0'.repeat(64)), undefined)
})
