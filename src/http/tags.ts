/** The nouns that routes are listed under, in the order in which a reader needs them, and what each is about. */
export const tags = {
  check: 'Ask once, and keep nothing.',
  workspaces: 'What is stored under one name: the document, and how long its history is kept.',
  fragments: 'What teams say, published a team at a time, and the files that belong to none.',
  revisions: 'Every content that the fragments had.',
  proposals: 'Fragments that are not in force yet: what they would change, and adopting them.',
  desired: 'What all fragments unify to, now or at an earlier moment.',
  snapshots: 'What observers send.',
  observed: 'What was seen, by whom, and what nobody saw.',
  checks: 'Checks of what is stored, made by themselves and on request.',
  findings: 'What was found, since when, and what became of it.',
  verdict: 'How an environment stands, and how it stood.',
  events: 'What happens, as it happens.',
  webhooks: 'Who else is told of it.',
  kubernetes: 'Admission of objects to a cluster.',
  access: 'Who may do what, and who did.',
  operation: 'How the server itself is.',
} as const satisfies Record<string, string>

export type Tag = keyof typeof tags
