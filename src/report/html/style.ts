/** How our pages look: light and dark by the system, readable from 320 px on and on paper, in grey as well as in colour. */
export const style = `:root {
  color-scheme: light dark;
  --page: light-dark(#f7f8fa, #101319); --surface: light-dark(#ffffff, #171b22); --sunken: light-dark(#f0f2f5, #0c0f14);
  --line: light-dark(#e1e4ea, #2a303b); --ink: light-dark(#181c24, #e8ebf1); --ink-2: light-dark(#444c5b, #b6bdca);
  --accent: light-dark(#2456c5, #8fb3ff);
  --conforms: light-dark(#0b6e54, #5fcfa9); --undecided: light-dark(#7a5600, #e3b750);
  --violates: light-dark(#b3370a, #ff9166); --conflicts: light-dark(#8c1f6f, #f295d6);
  --mark: light-dark(#fdeee7, #2e1a12); --mark-wanted: light-dark(#e6eefc, #1b2742); --hatch: light-dark(#fbf0d2, #2f2611);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: .875rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font-family: var(--mono); font-size: .8125rem; font-variant-ligatures: none; overflow-wrap: anywhere; }
.quiet, dt, th { color: var(--ink-2); }
.conforms { color: var(--conforms); } .undecided { color: var(--undecided); }
.violates { color: var(--violates); } .conflicts { color: var(--conflicts); }
.none, .excused { color: var(--ink-2); }
table { border-collapse: collapse; width: 100%; background: var(--surface); border: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; padding: .375rem .5rem; border-top: 1px solid var(--line); overflow-wrap: break-word; }
th[scope="row"], td:nth-child(3) { min-width: 6rem; overflow-wrap: anywhere; }
ul.teams { list-style: none; margin: .5rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
ul.teams a { display: inline-block; min-height: 1.5rem; }
article { background: var(--surface); border: 1px solid var(--line); border-left: 4px solid currentColor; border-radius: 6px; padding: .75rem 1rem; margin: .75rem 0; }
article > * { color: var(--ink); }
article.undecided { background: repeating-linear-gradient(135deg, var(--surface) 0 10px, var(--hatch) 10px 11px); }
article h3 .conforms, article h3 .undecided, article h3 .violates, article h3 .conflicts { font-weight: 600; }
.path { font-weight: 600; font-size: .875rem; }
.message { margin: .5rem 0; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: .5rem 1rem; }
figure { margin: .25rem 0; border: 1px solid var(--line); border-radius: 4px; background: var(--surface); }
figcaption { padding: .25rem .5rem; background: var(--sunken); overflow-wrap: anywhere; }
figcaption b { font-weight: 600; }
pre { margin: 0; padding: .375rem .5rem; white-space: pre-wrap; }
mark { color: inherit; background: var(--mark); font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
.wanted mark { background: var(--mark-wanted); }
details { margin: .75rem 0; }
summary { cursor: pointer; min-height: 1.5rem; }
@media (max-width: 30rem) {
  td:nth-child(4), th:nth-child(4) { display: none; }
}
@media print {
  :root { color-scheme: light; }
  body { background: #fff; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  article, figure, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`
