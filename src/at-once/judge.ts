import { readJsonDocument } from '../document/json-document.ts'
import { dataMap } from '../model/data-map.ts'
import { isDataObject, type DataObject } from '../model/data.ts'
import { keepNewest } from '../model/keep-newest.ts'
import type { KnownAtOnce } from '../operations/check-at-once.ts'
import { readingAtOnce, type ReadAtOnce } from '../operations/requested/asked-at-once.ts'
import { lineAtOnce, type LinesAbout } from '../operations/requested/lines-at-once.ts'
import { knownOf } from './known-facts.ts'
import { headAndRest, withHead, type Given, type Head } from './question.ts'

/** How many things that lines may be about are kept ready. */
const mostReady = 8

interface Ready {
  readonly about: LinesAbout
  readonly known: KnownAtOnce
}

/** Answers questions, and keeps ready what it was given for them. */
export function createLineJudge(): (question: string) => string {
  const kept = new Map<string, Ready>()
  const read = readingAtOnce()
  return (question) => {
    const [line, rest] = headAndRest(question)
    const { id, given, first, now }: Head = JSON.parse(line)
    const ready = kept.get(id) ?? (given && readyOf(given))
    if (ready === undefined) return withHead({ unknown: true }, '')
    keepNewest(kept, id, ready, mostReady)
    return judged(ready, rest, first, new Date(now), read)
  }
}

function judged({ about, known }: Ready, lines: string, first: number, now: Date, read: ReadAtOnce): string {
  const left: number[] = []
  let written = ''
  for (const [index, line] of lines.split('\n').entries()) {
    const number = first + index
    const asked = read(about.common, Buffer.from(line, 'latin1'))
    const report = asked && lineAtOnce(about, known, asked, now)
    if (report === undefined) left.push(number)
    else written += `{"line":${number},"report":${report}}\n`
  }
  return withHead({ left }, written)
}

function readyOf({ stored, environment, common, known: facts }: Given): Ready | undefined {
  const known = knownOf(facts)
  return known && { about: { stored, environment, common: mapIn(common) }, known }
}

function mapIn(json: string): DataObject {
  const data = readJsonDocument('what is common', Buffer.from(json))?.data
  return data !== undefined && isDataObject(data) ? data : dataMap([])
}
