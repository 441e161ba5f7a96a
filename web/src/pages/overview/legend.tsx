import { patternOf, wordOf } from '../../parts/shape.tsx'

/** What the fills and marks of the picture stand for. */
export function Legend() {
  return (
    <div class="legend" aria-hidden="true">
      {(['conforms', 'undecided', 'violates', 'conflicts'] as const).map((mark) => {
        const fill = patternOf(mark)
        return (
          <span key={mark}>
            <svg width="22" height="12">
              <rect width="22" height="12" rx="2" class={`b-${mark}`} {...(fill === undefined ? {} : { fill })} />
            </svg>
            {wordOf[mark]}
          </span>
        )
      })}
      <span>
        <svg width="12" height="12">
          <path d="M1 2h10l-5 8Z" class="rev" />
        </svg>
        change of constraints
      </span>
      <span>
        <svg width="12" height="12">
          <path d="M2 1v10M6 1v10M10 1v10" class="tickm" />
        </svg>
        snapshot
      </span>
    </div>
  )
}
