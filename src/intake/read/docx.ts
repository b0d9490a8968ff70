import { XMLParser } from 'fast-xml-parser'
import { Problem } from '../../platform/problem.ts'
import type { Grid, GridCell } from '../grid.ts'

/** Far more than a form or a list has. */
const charactersAtMost = 12_000_000
const cellsAtMost = 20_000
const deepestTable = 8

/** An element in the order of the document: its name → its children, or its text. */
type Node = Record<string, Node[] | string | Record<string, string>>

/**
 * The tables of a Word document and the paragraphs between them, in order. A table within a cell is a grid of its own where `isOwn` finds
 * that it is one to be read, and else a part of the cell's text. 413, 422.
 */
export function gridsOfDocument(xml: string, isOwn: (grid: Grid) => boolean): Grid[] {
  // Office writes no document type; who writes one wants entities expanded.
  if (/<!DOCTYPE/i.test(xml)) throw unreadable()
  if (xml.length > charactersAtMost) throw new Problem('too-large', { characters: xml.length, limit: charactersAtMost })
  const body = child(child(parsed(xml), 'w:document'), 'w:body')
  const read: Reading = { grids: [], cells: 0, tables: 0, isOwn }
  const loose: string[] = []
  const flush = () => {
    if (loose.length > 0) read.grids.push(gridOfLines(loose.splice(0)))
  }
  for (const block of blocksOf(body)) {
    if (nameOf(block) === 'w:tbl') {
      flush()
      const own = tableOf(block, read, 1)
      read.grids.push(own.grid, ...own.inside)
    } else loose.push(textOf([block]))
  }
  flush()
  return read.grids.filter(({ cells }) => cells.length > 0)
}

interface Reading {
  grids: Grid[]
  cells: number
  tables: number
  isOwn: (grid: Grid) => boolean
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 200,
})

function parsed(xml: string): Node[] {
  try {
    // With `preserveOrder` the parser gives lists of such nodes.
    return parser.parse(xml) as Node[]
  } catch (error) {
    throw unreadable(error)
  }
}

const unreadable = (cause?: unknown) =>
  new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] }, cause === undefined ? {} : { cause })

const nameOf = (node: Node): string => Object.keys(node).find((name) => name !== ':@') ?? ''
const childrenOf = (node: Node): Node[] => {
  const inside = node[nameOf(node)]
  return Array.isArray(inside) ? inside : []
}
const child = (nodes: Node[], name: string): Node[] => nodes.filter((node) => nameOf(node) === name).flatMap(childrenOf)
function attribute(node: Node, name: string): string | undefined {
  const all = node[':@']
  return typeof all === 'object' && !Array.isArray(all) ? all[name] : undefined
}

/** What only wraps blocks, runs or cells: content controls, changes that were accepted, links. */
const wrappers = new Set(['w:sdt', 'w:sdtContent', 'w:ins', 'w:moveTo', 'w:hyperlink', 'w:smartTag', 'w:customXml', 'w:fldSimple'])
function* unwrapped(nodes: Node[]): Generator<Node> {
  for (const node of nodes) {
    if (wrappers.has(nameOf(node))) yield* unwrapped(childrenOf(node))
    else yield node
  }
}
const blocksOf = (nodes: Node[]): Node[] => [...unwrapped(nodes)].filter((node) => ['w:p', 'w:tbl'].includes(nameOf(node)))
const within = (nodes: Node[], name: string): Node[] => [...unwrapped(nodes)].filter((node) => nameOf(node) === name)

/** A table as a grid, and the grids that lie in its cells. */
function tableOf(table: Node, read: Reading, depth: number): { grid: Grid; inside: Grid[] } {
  if (depth > deepestTable) throw new Problem('too-large', { depth, limit: deepestTable })
  read.tables++
  const name = String(read.tables)
  const cells: GridCell[] = []
  const inside: Grid[] = []
  /** By column, the cell that goes on below. */
  const open = new Map<number, GridCell>()
  for (const [row, line] of within(childrenOf(table), 'w:tr').entries()) {
    let column = before(line)
    for (const tc of within(childrenOf(line), 'w:tc')) {
      if (++read.cells > cellsAtMost) throw new Problem('too-large', { cells: read.cells, limit: cellsAtMost })
      const properties = child(childrenOf(tc), 'w:tcPr')
      const width = Math.min(100, Number(valueIn(properties, 'w:gridSpan') ?? 1) || 1)
      const merge = properties.find((node) => nameOf(node) === 'w:vMerge')
      const above = open.get(column)
      if (merge !== undefined && attribute(merge, 'w:val') !== 'restart' && above !== undefined && above.row + above.height === row) {
        above.height++
      } else {
        const cell = { row, column, height: 1, width, text: cellText(tc, read, depth, inside) }
        cells.push(cell)
        if (merge === undefined) open.delete(column)
        else open.set(column, cell)
      }
      column += width
    }
  }
  return { grid: { kind: 'table', name, cells: cells.filter(({ text }) => text !== ''), hiddenRows: [], hiddenColumns: [] }, inside }
}

/** Columns that a row leaves out at its beginning. */
const before = (row: Node): number => Math.min(100, Number(valueIn(child(childrenOf(row), 'w:trPr'), 'w:gridBefore') ?? 0) || 0)

function valueIn(properties: Node[], name: string): string | undefined {
  const found = properties.find((node) => nameOf(node) === name)
  return found && attribute(found, 'w:val')
}

function cellText(tc: Node, read: Reading, depth: number, inside: Grid[]): string {
  const lines: string[] = []
  for (const block of blocksOf(childrenOf(tc))) {
    if (nameOf(block) === 'w:p') {
      lines.push(textOf([block]))
      continue
    }
    const nested = tableOf(block, read, depth + 1)
    if (read.isOwn(nested.grid)) inside.push(nested.grid)
    else lines.push(...linesOfTable(nested.grid))
    inside.push(...nested.inside)
  }
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** A small table as sentences: its first column, then each other cell behind the name of its column. */
export function linesOfTable(grid: Grid): string[] {
  const rows = Map.groupBy(grid.cells, ({ row }) => row)
  const [header, ...body] = [...rows.values()]
  if (header === undefined) return []
  const isHeader = body.length > 0 && header.length > 1 && header.every(({ text }) => text.length <= 12 && !/\d/.test(text))
  if (!isHeader) return [...rows.values()].map((cells) => cells.map(({ text }) => text).join('：'))
  const nameAt = new Map(header.map(({ column, text }) => [column, text]))
  return body.map(([first, ...others]) => {
    const said = others.map(({ column, text }) => `${nameAt.get(column) ?? ''}${text}`)
    return said.length === 0 ? first!.text : `${first!.text}：${said.join('，')}`
  })
}

function gridOfLines(lines: readonly string[]): Grid {
  const cells = lines.flatMap((line, row) => {
    const text = line.trim()
    return text === '' ? [] : [{ row, column: 0, height: 1, width: 1, text }]
  })
  return { kind: 'text', name: '', cells, hiddenRows: [], hiddenColumns: [] }
}

/** Boxes of the symbol fonts, by font and place; what is no box is left out. */
const symbols: Record<string, string> = {
  ...{
    'wingdings 2 52': '☑',
    'wingdings 2 53': '☒',
    'wingdings 2 54': '☒',
    'wingdings 2 a3': '☐',
    'wingdings 2 2a': '☐',
    'wingdings 2 50': '☑',
  },
  ...{ 'wingdings fe': '☑', 'wingdings fd': '☒', 'wingdings fc': '☑', 'wingdings fb': '☒', 'wingdings a8': '☐', 'wingdings 6f': '☐' },
}

/** The text below some nodes. What was deleted is not read, nor the instructions of fields. */
function textOf(nodes: Node[]): string {
  let text = ''
  const walk = (some: Node[]) => {
    for (const node of some) {
      const name = nameOf(node)
      if (name === '#text') continue
      if (name === 'w:t') text += plainText(childrenOf(node))
      else if (name === 'w:tab') text += '\t'
      else if (name === 'w:br' || name === 'w:cr') text += '\n'
      else if (name === 'w:noBreakHyphen') text += '-'
      else if (name === 'w:sym') text += symbolOf(node)
      else if (!unread.has(name)) walk(childrenOf(node))
    }
  }
  walk(nodes)
  return text
}
/** `mc:Fallback` says again what stands beside it. */
const unread = new Set(['w:del', 'w:moveFrom', 'w:instrText', 'w:pPr', 'w:rPr', 'w:sdtPr', 'mc:Fallback', 'w:tbl'])

function plainText(nodes: Node[]): string {
  return nodes.map((node) => (typeof node['#text'] === 'string' ? node['#text'] : '')).join('')
}

function symbolOf(node: Node): string {
  const font = (attribute(node, 'w:font') ?? '').toLowerCase()
  const place = Number.parseInt(attribute(node, 'w:char') ?? '', 16)
  // Word adds F000 to the places of symbol fonts.
  return symbols[`${font} ${(place & 0xff).toString(16)}`] ?? ''
}
