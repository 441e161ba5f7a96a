import { type Mark, patternOf, wordOf } from './shape.tsx'

/** How much of a whole each outcome has, as a bar. The sentence is what a screen reader says. */
export function Bar({
  parts,
  of,
  width = 96,
}: {
  parts: readonly (readonly [Mark, number])[]
  of: number
  width?: number
}) {
  let end = 0
  return (
    <svg class="bar" width={width} height="10" role="img" aria-label={sentence(parts)}>
      <rect width={width} height="10" rx="2" class="b-empty" />
      {parts.map(([mark, count]) => {
        const size = of === 0 ? 0 : (count / of) * width
        const start = end
        end += size
        if (size === 0) return null
        const fill = patternOf(mark)
        return (
          <rect
            key={mark}
            x={start}
            width={Math.max(size - 1, 1.5)}
            height="10"
            class={`b-${mark}`}
            {...(fill === undefined ? {} : { fill })}
          />
        )
      })}
    </svg>
  )
}

function sentence(parts: readonly (readonly [Mark, number])[]): string {
  return parts.map(([mark, count]) => `${count} ${wordOf[mark]}`).join(', ')
}
