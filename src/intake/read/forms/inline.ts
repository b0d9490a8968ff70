import { fieldsNamed } from '../../fields.ts'
import type { Grid } from '../../grid.ts'
import { labelText, saysSomething } from '../entry.ts'
import { notesIn } from '../notes.ts'
import type { Pair, Pairs } from './pairs.ts'

const sure = 0.9
const prefix = /^\s*([^：:\n]{1,30})[：:]\s*([\s\S]*)$/

/** 企业名称：… 联系人：… in one cell; null where its first piece is none. */
export function inlinePairs(text: string): Pair[] | null {
  const pieces = text.split(/\n|\t|\s{2,}/).filter(saysSomething)
  const pairs: Pair[] = []
  for (const piece of pieces) {
    const found = pairIn(piece)
    if (found !== null) pairs.push(found)
    else if (pairs.length === 0) return null
    else pairs.at(-1)!.text += `\n${piece}`
  }
  return pairs.some(({ text: said }) => saysSomething(said)) ? pairs : null
}

function pairIn(piece: string): Pair | null {
  const [, label, text] = prefix.exec(piece) ?? []
  if (label === undefined || text === undefined || !isSure(label)) return null
  return { label: labelText(label), text }
}

/** A remark is called one wherever it stands. */
function isSure(label: string): boolean {
  const best = fieldsNamed(labelText(label))[0]
  return best !== undefined && best.certainty >= sure && best.field !== 'note'
}

/** Paragraphs as a form: a label with its text behind it, or on the lines that follow. */
export function pairsOfParagraphs(grid: Grid): Pairs {
  const read: Pairs = { pairs: [], notes: [] }
  for (const { text } of grid.cells) {
    const pairs = inlinePairs(text)
    const last = read.pairs.at(-1)
    if (pairs !== null) read.pairs.push(...pairs)
    else if (text.length <= 30 && isSure(text)) read.pairs.push({ label: labelText(text), text: '' })
    else if (last === undefined) read.notes.push(...notesIn(text))
    else last.text = last.text === '' ? text : `${last.text}\n${text}`
  }
  return read
}
