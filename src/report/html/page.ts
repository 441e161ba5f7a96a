import { htmlText } from './escape.ts'
import { style } from './style.ts'

/** A page in one file: nothing is loaded and nothing runs, which its policy says to the browser, too. `main` is HTML. */
export function htmlPage(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`
}
