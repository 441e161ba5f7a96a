const barWidth = 5
const height = 14

/** A bar a week, the newest at the right; the sentence is what a screen reader says. */
export function Spark({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts)
  const sentence = counts.every((count) => count === 0)
    ? `none in ${counts.length} weeks`
    : `violations a week, oldest first: ${counts.join(', ')}`
  return (
    <svg class="spark" width={counts.length * barWidth} height={height + 2} role="img" aria-label={sentence}>
      {counts.map((count, index) => {
        const size = count === 0 ? 1 : 1 + (count / most) * height
        return (
          <rect
            key={index}
            x={index * barWidth}
            y={height + 1.5 - size}
            width={barWidth - 1}
            height={size}
            class={count === 0 ? 'off' : 'on'}
          />
        )
      })}
    </svg>
  )
}
