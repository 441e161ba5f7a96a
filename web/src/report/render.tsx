// What `--format html` loads: the pages' own parts, written out once, as a document that needs nothing and runs nothing.
import { renderToString } from 'preact-render-to-string'
import type { PageModel } from '../../../src/report/html/page-model.ts'
import { Blocks } from './blocks.tsx'
import { styles } from './styles.ts'
import { Patterns, Shape } from '../parts/shape.tsx'

/** A page in one file, which its policy says to the browser, too. */
export function renderPage({ title, mark, heading, blocks }: PageModel): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  const page = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body>
        <Patterns />
        <main class="report">
          <div class="verdict">
            <Shape of={mark} big quiet />
            <h1>{heading}</h1>
          </div>
          <Blocks blocks={blocks} />
        </main>
      </body>
    </html>,
  )
  return `<!doctype html>\n${page}\n`
}
