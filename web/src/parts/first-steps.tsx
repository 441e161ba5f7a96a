import { root } from '../address/address.ts'
import { TextToCopy } from './text-to-copy.tsx'

/** The commands that fill a workspace, for this server. `workspace` absent: it is not made yet. */
export function FirstSteps({ workspace, environment }: { workspace?: string; environment?: string | undefined }) {
  const server = root.href.replace(/\/$/, '')
  const about = environment === undefined ? '' : ` -e ${environment}`
  const name = workspace ?? 'NAME'
  const commands = [
    `congruent push --workspace-file --server ${server}`,
    `congruent observe${about} --server ${server} FILE`,
    `congruent check${about} --server ${server} --stored ${name} FILE`,
  ]
  return (
    <>
      <p>
        From the folder of a workspace: <code>push</code> says what is demanded, <code>observe</code> what was seen, and{' '}
        <code>check</code> asks about something without keeping it.
      </p>
      <TextToCopy text={commands.join('\n')} label="The commands that fill a workspace" />
    </>
  )
}
