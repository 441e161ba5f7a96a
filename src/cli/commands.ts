import type { Command } from './command.ts'
import { admissionConfig } from './commands/admission-config.ts'
import { cache } from './commands/cache.ts'
import { capture } from './commands/capture.ts'
import { check } from './commands/check.ts'
import { diff } from './commands/diff.ts'
import { exemptions } from './commands/exemptions.ts'
import { explain } from './commands/explain.ts'
import { init } from './commands/init.ts'
import { lint } from './commands/lint.ts'
import { observe } from './commands/observe.ts'
import { pack } from './commands/pack.ts'
import { patch } from './commands/patch.ts'
import { push } from './commands/push.ts'
import { render } from './commands/render.ts'
import { replay } from './commands/replay.ts'
import { review } from './commands/review.ts'
import { serve } from './commands/serve.ts'
import { snapshot } from './commands/snapshot.ts'
import { test } from './commands/test.ts'
import { token } from './commands/token.ts'
import { unify } from './commands/unify.ts'
import { version } from './commands/version.ts'
import { work } from './commands/work.ts'

/** Every command of the command line, in the order in which help lists them. */
export const commands = {
  init,
  unify,
  render,
  check,
  explain,
  lint,
  test,
  review,
  diff,
  patch,
  exemptions,
  capture,
  replay,
  pack,
  push,
  snapshot,
  observe,
  serve,
  work,
  token,
  cache,
  'admission-config': admissionConfig,
  version,
} as const satisfies Record<string, Command>
