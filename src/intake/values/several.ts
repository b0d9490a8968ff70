import { fieldsNamed } from '../fields.ts'

/** Several problems that stand in one cell. */
export interface Several {
  parts: string[]
  /** What stands before the first and concerns them all. */
  before: string
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'
const numerals = '一二三四五六七八九十'
const chinese = (text: string) =>
  text.length === 2 && text.startsWith('十') ? 10 + numerals.indexOf(text[1]!) + 1 : numerals.indexOf(text) + 1

/** Ways of numbering a list: what marks an item, and which number it is. `sure` ones stand for nothing else where a text begins with one. */
const markers: readonly [RegExp, (mark: string) => number, 'sure'?][] = [
  [new RegExp(`[${circled}]`, 'g'), (mark) => circled.indexOf(mark) + 1, 'sure'],
  [/[（(](\d{1,2})[)）]/g, (mark) => Number(mark.replaceAll(/\D/g, '')), 'sure'],
  [/(?<![\d.])(\d{1,2})\s*(?:[.．](?!\d)|、|\)|）)/g, (mark) => Number(mark.replaceAll(/\D/g, ''))],
  [new RegExp(`[（(]([${numerals}]{1,2})[)）]`, 'g'), (mark) => chinese(mark.replaceAll(/[（()）]/g, '')), 'sure'],
  [new RegExp(`([${numerals}]{1,2})、`, 'g'), (mark) => chinese(mark.slice(0, -1))],
  [new RegExp(`第([${numerals}])[，、：:]?`, 'g'), (mark) => chinese(mark.replaceAll(/[第，、：:]/g, ''))],
  [
    new RegExp(`(?:需求|难题|问题)([${numerals}]|\\d)[：:、.．]`, 'g'),
    (mark) => Number(/\d/.exec(mark)?.[0] ?? chinese(mark.replaceAll(/[^一二三四五六七八九十]/g, ''))),
    'sure',
  ],
  [/(?<=^|\n)[ \t]*(\d{1,2})[ \t\u3000]+(?=\p{L})/gu, (mark) => Number(mark)],
]

/**
 * The items of a list in a cell: numbered 1, 2, 3 in whatever way, or (`lines`) on lines of their own without a sentence among them. Null for a
 * text that is one; a list of its parts (现状：… 要求：…) is one.
 */
export function severalIn(text: string, { lines }: { lines: boolean }): Several | null {
  for (const [pattern, numberOf, sure] of markers) {
    const found = numbered(text, pattern, numberOf, sure === 'sure')
    if (found !== null) return arePartsOfOne(found.parts) ? null : found
  }
  return lines ? onLines(text) : null
}

function numbered(text: string, pattern: RegExp, numberOf: (mark: string) => number, isSure: boolean): Several | null {
  const marks: { from: number; to: number }[] = []
  for (const match of text.matchAll(pattern)) {
    // A mark begins an item: it stands at the beginning, or behind the end of another.
    // No more of what is behind it than layout fills: a long text may be nothing but marks.
    const behind = text
      .slice(Math.max(0, match.index - 40), match.index)
      .replace(/[ \t\u3000]+$/, '')
      .at(-1)
    const isList = isSure && marks[0]?.from === 0
    if (behind !== undefined && !isList && !/[\n；;。.，,：:、）)]/.test(behind)) continue
    if (numberOf(match[0]) === marks.length + 1) marks.push({ from: match.index, to: match.index + match[0].length })
  }
  if (marks.length < 2) return null
  const parts = marks.map(({ to }, at) => text.slice(to, marks[at + 1]?.from).replaceAll(/^[\s：:]+|[\s；;，,、]+$/g, ''))
  if (parts.some((part) => part.length < 3)) return null
  return { parts: parts.map((part) => part.replace(/。$/, '')), before: text.slice(0, marks[0]!.from).trim() }
}

function onLines(text: string): Several | null {
  const parts = text
    .split('\n')
    .map((line) => line.trim().replace(/[；;、]$/, ''))
    .filter((line) => line !== '')
  const arePhrases = parts.every((line) => line.length >= 4 && line.length <= 60 && !/[，。；：,;:!?]/.test(line))
  return parts.length > 1 && parts.length <= 10 && arePhrases ? { parts, before: '' } : null
}

/** Whether half of the items begin with the name of a field: 现状：, 要求：. */
function arePartsOfOne(parts: readonly string[]): boolean {
  const named = parts.filter((part) => {
    const [, label] = /^([^：:]{2,12})[：:]/.exec(part) ?? []
    return label !== undefined && (/原因|背景|难点|目的/.test(label) || (fieldsNamed(label)[0]?.certainty ?? 0) >= 0.9)
  })
  return named.length * 2 >= parts.length
}
