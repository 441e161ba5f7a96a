import { pageAddress } from '../../address/lens.ts'

/** The name of a rule, with the way to what else is known of it. */
export function RuleLink({ id, title }: { id: string; title?: string | undefined }) {
  return (
    <a class="tag" href={pageAddress('rules', { rule: id })} {...(title === undefined ? {} : { title })}>
      {id}
    </a>
  )
}
