import type { Doubt, LineContent } from '../line.ts'
import type { Entry } from './entry.ts'

/** The content of a line while it is read. */
export interface LineDraft {
  content: LineContent
  today: string
}

export const blankLine = (): LineContent => ({
  enterprise: null,
  creditCode: null,
  region: null,
  classification: [],
  title: '',
  problem: null,
  indicators: [],
  currentState: null,
  tried: null,
  ownConditions: null,
  constraints: [],
  keywords: [],
  modes: [],
  ipExpectation: null,
  budgetMinFen: null,
  budgetMaxFen: null,
  deadlineOn: null,
  contact: null,
  notes: [],
  doubts: [],
  route: null,
})

export function doubt({ content }: LineDraft, ...doubts: Doubt[]): void {
  for (const each of doubts) if (!content.doubts.includes(each)) content.doubts.push(each)
}

/** Keeps a text with the name of its column. */
export function note({ content }: LineDraft, { name, text }: Pick<Entry, 'name' | 'text'>): void {
  const label = name.replaceAll(/(?<![a-z])\s+|\s+(?![a-z])/gi, '')
  content.notes.push(label === '' ? text : `${label}：${text}`)
}

/** As much of a text as a field takes; the rest is noted. */
export function fitting(draft: LineDraft, entry: Pick<Entry, 'name' | 'text'>, longest: number): string {
  if (entry.text.length <= longest) return entry.text
  const head = headOf(entry.text, longest)
  doubt(draft, 'cut')
  note(draft, { name: entry.name, text: entry.text.slice(head.length).trim() })
  return head.trim()
}

/** Never half of a character. */
function headOf(text: string, longest: number): string {
  const head = text.slice(0, longest)
  return head.isWellFormed() ? head : head.slice(0, -1)
}

const [notesAtMost, longestNote] = [40, 4_000]

/** Notes as many and as long as a line takes: long ones are divided, many are put together. */
export function fitNotes(draft: LineDraft): void {
  const pieces = draft.content.notes.flatMap((text) => piecesOf(text))
  const packed: string[] = []
  for (const [at, piece] of pieces.entries()) {
    const last = packed.at(-1)
    const isCrowded = packed.length + pieces.length - at > notesAtMost
    if (last !== undefined && isCrowded && last.length + piece.length < longestNote) packed[packed.length - 1] = `${last}\n${piece}`
    else packed.push(piece)
  }
  if (packed.length > notesAtMost) doubt(draft, 'cut')
  draft.content.notes = packed.slice(0, notesAtMost)
}

function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let rest = text; rest !== ''; ) {
    const head = headOf(rest, longestNote)
    pieces.push(head)
    rest = rest.slice(head.length)
  }
  return pieces
}
