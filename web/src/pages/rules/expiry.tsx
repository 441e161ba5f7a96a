import { useWidth } from '../../parts/width.ts'

/** An exemption as the picture shows it. */
export interface EndingExemption {
  readonly id: string
  readonly rule: string
  readonly path: string
  /** `2026-12-31` */
  readonly expires: string
  readonly use: 'used' | 'expired' | 'flawed' | 'excuses nothing'
}

const dayMs = 24 * 60 * 60 * 1000
const from = -14
const until = 140
const top = 22
const longest = 34
const shown = 20

/** Exemptions by the day they end, from two weeks ago on; the next two weeks are shaded. The table after it says the same. */
export function Expiry({ exemptions, today }: { exemptions: readonly EndingExemption[]; today: number }) {
  const [ref, width] = useWidth(900)
  const narrow = width < 560
  const left = narrow ? 0 : 270
  const row = narrow ? 46 : 30
  const rows = exemptions.slice(0, shown)
  const bottom = top + rows.length * row
  const x = (day: number): number => left + ((day - from) / (until - from)) * (width - left - 12)
  return (
    <div ref={ref} class="expiry">
      <svg
        width={width}
        height={bottom + 6}
        role="img"
        aria-label="Exemptions by the day they end; the table that follows says the same."
      >
        <rect x={x(0)} y={16} width={x(14) - x(0)} height={bottom - 16} class="soon" />
        {[0, 30, 60, 90, 120].map((day) => (
          <g key={day}>
            <line x1={x(day)} x2={x(day)} y1={16} y2={bottom} class={day === 0 ? 'today' : 'grid'} />
            <text x={x(day)} y={11} class="tick">
              {day === 0 ? 'today' : `${day} d`}
            </text>
          </g>
        ))}
        {rows.map(({ id, rule, path, expires, use }, index) => {
          const y = top + index * row
          const line = narrow ? y + 28 : y + 12
          const day = Math.min(until, Math.max(from + 1, (Date.parse(expires) + dayMs - today) / dayMs))
          const label = `${rule} · ${path === '' ? 'everything' : path}`
          return (
            <g key={`${id} ${index}`} class={use === 'used' || use === 'expired' ? use : 'idle'}>
              <text x={narrow ? 0 : left - 14} y={narrow ? y + 14 : y + 16} class={narrow ? 'tl start' : 'tl'}>
                <tspan class="strong">{id}</tspan> {label.length > longest ? `${label.slice(0, longest - 1)}…` : label}
              </text>
              <line x1={x(from)} x2={x(day)} y1={line} y2={line} class="exl" />
              <circle cx={x(day)} cy={line} r="5" class="exd" />
            </g>
          )
        })}
      </svg>
    </div>
  )
}
