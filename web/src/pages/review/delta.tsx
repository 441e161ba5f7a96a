import type { NewsCounts } from './news.ts'

const unit = 12
const mostFixed = 3
const mostBad = 6

/** What is fixed to the left of a line, what newly violates or cannot be decided to its right; many become one wide mark. */
export function Delta({ violating, undecided, fixed }: NewsCounts) {
  const left = Math.min(fixed, mostFixed)
  const scale = Math.min(1, mostBad / Math.max(1, violating + undecided))
  const [bad, unknown] = [violating * scale, undecided * scale]
  const middle = mostFixed * unit
  const label = `${violating} newly violating, ${undecided} newly undecided, ${fixed} fixed`
  return (
    <svg class="delta" width={middle + mostBad * unit + 2} height="14" role="img" aria-label={label}>
      {left === 0 ? null : (
        <rect x={middle - left * unit} width={left * unit - 2} y="2" height="10" class="b-conforms" />
      )}
      <line x1={middle - 0.5} x2={middle - 0.5} y1="0" y2="14" class="base" />
      {bad === 0 ? null : (
        <rect x={middle + 1} width={Math.max(2, bad * unit - 2)} y="2" height="10" class="b-violates" />
      )}
      {unknown === 0 ? null : (
        <rect
          x={middle + 1 + bad * unit}
          width={Math.max(2, unknown * unit - 2)}
          y="2"
          height="10"
          class="b-undecided"
          fill="url(#p-undecided)"
        />
      )}
    </svg>
  )
}
