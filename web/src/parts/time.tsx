import { signal } from '@preact/signals'

const minute = 60_000

/** The clock by which ages are shown; counts on by itself. Its reading is the browser's. */
export const now = signal(Date.now())

/** Lets the clock count on, once a minute's quarter. */
export function followClock(): void {
  setInterval(() => {
    now.value = Date.now()
  }, minute / 4)
}

/** `3 min`, `2 h 10 min`, `4 d`: from one moment to another, in RFC 3339 or milliseconds. */
function ageBetween(from: string | number, to: string | number): string {
  const minutes = Math.floor((millisecondsOf(to) - millisecondsOf(from)) / minute)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d`
}

function millisecondsOf(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time)
}

/** How long ago something was, with the moment itself for who points at it. */
export function Age({ since }: { since: string }) {
  return (
    <time dateTime={since} title={fullTime(since)} class="num">
      {ageBetween(since, now.value)}
    </time>
  )
}

/** `2026-05-04 09:30 UTC` */
export function fullTime(time: string): string {
  return `${new Date(time).toISOString().replace('T', ' ').slice(0, 16)} UTC`
}

/** `09:30`, in UTC as everything here. */
export function clockTime(time: string | number): string {
  return new Date(time).toISOString().slice(11, 16)
}
