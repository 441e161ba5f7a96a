/** A message of a check: what stands between backticks is somebody's text, and set as such. */
export function Message({ text }: { text: string }) {
  return <>{text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>
}
