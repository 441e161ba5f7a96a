import type { Answered } from '../../api/answer.ts'
import type { Explanation, FindingHistory } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { FileText } from '../../parts/file-text.tsx'
import { valueText } from '../../parts/value.ts'

/** Every contributor to the value, satisfied or not, what they leave together, and what was observed. */
export function Explain({ finding, explained }: { finding: FindingHistory; explained: Answered<Explanation> }) {
  const { at, environment, message } = finding
  return (
    <>
      <WhenAnswered answer={explained}>
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
                    <FileText file={file} line={line} />
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
          congruent explain {quoted(at)} -e {quoted(environment)}
        </code>
      </p>
      <p class="cue">
        <span class="k">Message</span>
        <code>{message}</code>
      </p>
    </>
  )
}

/** As one word for a shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
