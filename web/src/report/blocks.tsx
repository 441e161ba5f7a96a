import type { Block, TableCell } from '../../../src/report/html/page-model.ts'
import { Shape } from '../parts/shape.tsx'
import { ReportEntry } from './report-entry.tsx'
import { Words } from './words.tsx'

/** The parts of a report below one another. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <OneBlock key={index} block={block} />
      ))}
    </>
  )
}

function OneBlock({ block }: { block: Block }) {
  if (block.block === 'entry') return <ReportEntry entry={block.entry} />
  if (block.block === 'table') return <Table block={block} />
  if (block.block === 'list') return <List block={block} />
  if (block.block === 'words')
    return (
      <p class={block.tone}>
        <Words words={block.words} />
      </p>
    )
  if (block.block === 'folded')
    return (
      <details>
        <summary>{block.title}</summary>
        <Blocks blocks={block.blocks} />
      </details>
    )
  return (
    <section aria-labelledby={block.id}>
      <h2 id={block.id}>{block.title}</h2>
      <Blocks blocks={block.blocks} />
    </section>
  )
}

function List({ block: { title, items } }: { block: Extract<Block, { block: 'list' }> }) {
  return (
    <>
      <h2>{title}</h2>
      <ul class="said">
        {items.map((words, index) => (
          <li key={index}>
            <Words words={words} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Table({ block: { title, heads, rows } }: { block: Extract<Block, { block: 'table' }> }) {
  return (
    <>
      {title === undefined ? null : <h2>{title}</h2>}
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = '', ...cells], index) => (
            <tr key={index}>
              <th scope="row">
                <Cell cell={first} />
              </th>
              {cells.map((cell, at) => (
                <td key={at}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Cell({ cell }: { cell: TableCell }) {
  if (typeof cell === 'string') return <>{cell}</>
  return (
    <span class={`outcome ${cell.mark}`}>
      <Shape of={cell.mark} quiet />
      {cell.text}
    </span>
  )
}
