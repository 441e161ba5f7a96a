import type { Subject } from '../model/access.ts'
import { teamsOf } from '../model/scope.ts'

/** What an asker is told about itself. */
export function meOf({ name, scopes, until, session }: Subject): object {
  return {
    name,
    scopes,
    teams: teamsOf(scopes),
    ...(until === undefined ? {} : { until }),
    ...(session === undefined ? {} : { csrf: session.csrf }),
  }
}
