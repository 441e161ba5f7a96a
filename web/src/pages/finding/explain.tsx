import { moment, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { FindingHistory } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { valueText } from '../../parts/value.ts'

/** Every contributor to the value, satisfied or not, what they leave together, and what was observed. */
export function Explain({ finding }: { finding: FindingHistory }) {
  const { at, environment, message } = finding
  const answer = useAnswer('explainPath', {
    params: { workspace: workspace.value },
    query: { path: at, environment, at: moment.value },
  })
  return (
    <>
      <WhenAnswered answer={answer}>
        {({ conjuncts, value, observations }) => (
          <table class="explain">
            <caption class="sr">Every contributor to {at}</caption>
            <thead>
              <tr>
                <th scope="col">Team</th>
                <th scope="col">Says</th>
                <th scope="col">Where</th>
              </tr>
            </thead>
            <tbody>
              {conjuncts.map(({ team, text, rule, role, via, file, line }) => (
                <tr key={`${file}:${line} ${text ?? ''}`}>
                  <th scope="row">{team}</th>
                  <td>
                    <code>{text}</code>
                    {rule === undefined ? null : <span class="tag">{rule}</span>}
                    <small>
                      {role} {via}
                    </small>
                  </td>
                  <td class="mono file">
                    {file}:{line}
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">together</th>
                <td colSpan={2}>
                  <code>{value ?? '_|_'}</code>
                </td>
              </tr>
              {observations.map(({ observer, sequence, value: seen }) => (
                <tr key={`${observer} ${sequence}`}>
                  <th scope="row">{observer}</th>
                  <td colSpan={2}>
                    <code>{valueText(seen)}</code>
                  </td>
                </tr>
              ))}
            </tfoot>
          </table>
        )}
      </WhenAnswered>
      <p class="cue">
        <span class="k">The same on the command line</span>
        <code>
          congruent explain '{at}' -e {environment}
        </code>
      </p>
      <p class="cue">
        <span class="k">Message</span>
        <code>{message}</code>
      </p>
    </>
  )
}
