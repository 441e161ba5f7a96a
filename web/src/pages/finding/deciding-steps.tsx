import { pageAddress } from '../../address/lens.ts'
import type { FindingHistory } from '../../api/operations.ts'
import { Message } from '../../parts/message.tsx'
import type { Step } from './steps.tsx'

type Steps = (finding: FindingHistory) => readonly Step[]

/** What would let somebody say whether it is as wanted: by why nobody can. */
export function decidingSteps(finding: FindingHistory): readonly Step[] {
  return (byKind[finding.kind] ?? readable)(finding)
}

const byKind: Readonly<Partial<Record<FindingHistory['kind'], Steps>>> = {
  contested: (finding) => {
    const [one] = finding.observations
    const snapshot = one === undefined ? undefined : `${one.observer}#${one.sequence}`
    return [
      {
        what: 'Wait for the next reports.',
        how: `A report that has seen the others ends it: ${who(finding)} have not seen each other’s.`,
      },
      {
        what: 'See who had seen what.',
        how: <a href={pageAddress('observers', { snapshot })}>Who reported, and what they had seen</a>,
      },
      {
        what: 'Or ask why they differ.',
        how: `If ${who(finding)} look at two things, they should report below two paths.`,
      },
    ]
  },
  stale: (finding) => [
    {
      what: `Have ${who(finding)} report again.`,
      how: <Message text={`${finding.message}. The next report decides it.`} />,
    },
    {
      what: 'See who has not been heard of.',
      how: <a href={pageAddress('observers')}>All observers and their ages</a>,
    },
  ],
  refused: (finding) => [{ what: `Let ${who(finding)} look at it.`, how: <Message text={finding.message} /> }],
  unobserved: ({ at, environment }) => [
    {
      what: 'Have somebody look.',
      how: (
        <>
          Nobody covers <code>{at}</code>. A report that covers it says whether it is there:{' '}
          <code>congruent observe -e {environment} --covers … FILE</code>
        </>
      ),
    },
  ],
  incomplete: ({ at, message }) => [
    {
      what: (
        <>
          Say more about <code>{at}</code>.
        </>
      ),
      how: <Message text={`The fragments do not come to one answer: ${message}`} />,
    },
  ],
}

const readable: Steps = ({ message }) => [{ what: 'Make it readable.', how: <Message text={message} /> }]

function who({ observations }: FindingHistory): string {
  const observers = [...new Set(observations.map(({ observer }) => observer))]
  return observers.length === 0 ? 'the observer' : observers.join(' and ')
}
