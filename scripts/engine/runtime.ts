import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Go asks for memory in small steps. V8 takes each as a sign that its own heap is under pressure and collects it: half
// of the time of a large request. So memory grows by a quarter of what there is, or by what is needed where that much
// is not to be had.
const file = 'src/runtime/mem_wasm.go'
const found = `		grow := (bl + n - blocMax) / physPageSize
		size := growMemory(int32(grow))
		if size < 0 {
			return nil
		}
		resetMemoryDataView()
		blocMax = bl + n
`
const by = `		need := (bl + n - blocMax) / physPageSize
		grow := max(need, blocMax/physPageSize/4)
		size := growMemory(int32(grow))
		if size < 0 {
			grow = need
			size = growMemory(int32(grow))
		}
		if size < 0 {
			return nil
		}
		resetMemoryDataView()
		blocMax += grow * physPageSize
`

/** Writes a file for `go build -overlay` that changes how Go's runtime grows memory; returns its name. */
export function writeRuntimeOverlay(goRoot: string, folder: string): string {
  const original = join(goRoot, file)
  const text = readFileSync(original, 'utf8')
  if (!text.includes(found)) throw new Error(`${file} of Go has changed: go through scripts/engine/runtime.ts again`)
  mkdirSync(folder, { recursive: true })
  const edited = join(folder, 'mem_wasm.go')
  writeFileSync(edited, text.replace(found, by))
  const overlay = join(folder, 'overlay.json')
  writeFileSync(overlay, JSON.stringify({ Replace: { [original]: edited } }))
  return overlay
}
