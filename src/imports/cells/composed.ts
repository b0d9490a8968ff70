import type { Json } from '../read/row.ts'
import { type Cell, CellFault, cell, list } from './cell.ts'
import { fenOf, units } from './plain.ts'

/** Members of an object, in their order with | between them: 冯志远|13800000000|. What is empty or left out is null. */
export function record(members: Record<string, Cell>): Cell {
  const names = Object.keys(members)
  return cell(
    (value, unit) => {
      const parts = value.split(/[|｜]/).map((part) => part.trim())
      if (parts.length > names.length) throw new CellFault('too-many-parts', { parts: names.length })
      return Object.fromEntries(names.map((name, at) => [name, parts[at] ? members[name]!.read(parts[at], unit) : null]))
    },
    (value) => names.map((name) => members[name]!.write((value as { [name: string]: Json })[name] ?? null)).join('|'),
  )
}

/** Several such objects, a ； between them. */
export const records = (members: Record<string, Cell>) => list(record(members), /[；;\n]+/)

/** An indicator that must be met; 期望： before it says that it is only wished for. */
export const indicator = cell(
  (value) => {
    const wished = /^(?:期望|want)[:：]\s*/i.exec(value)
    return { text: wished ? value.slice(wished[0].length) : value, need: wished ? 'want' : 'must' }
  },
  (value) => {
    const { text, need } = value as { text: string; need: string }
    return need === 'want' ? `期望：${text}` : text
  },
)

/** 50万元, or 30-50万元. */
function span(value: string, unit: string | null): [number, number] {
  const [from = '', to] = value.normalize('NFKC').split(/(?<!\s)\s*(?:~|—+|–|至|到|(?<=[\d元万])-)\s*/)
  if (to === undefined) return [fenOf(from, unit), fenOf(from, unit)]
  // In 30-50万元 the unit stands for both.
  const last = [...units].sort((a, b) => b.length - a.length).find((each) => to.endsWith(each)) ?? unit
  return [fenOf(from, last), fenOf(to, unit)]
}

/** A budget: one figure is the most there is. */
export const budget = cell((value, unit) => {
  const [from, to] = span(value, unit)
  return { budgetMinFen: from === to ? null : from, budgetMaxFen: to }
})

/** 面议, 50万元, 30-50万元. */
export const price = cell(
  (value, unit): Json => {
    if (/面议|协商|议价|negotiable/i.test(value)) return { kind: 'negotiable' }
    const [minFen, maxFen] = span(value, unit)
    return minFen === maxFen ? { kind: 'fixed', amountFen: minFen } : { kind: 'range', minFen, maxFen }
  },
  (value) => {
    const { kind, amountFen, minFen, maxFen } = value as { kind: string; amountFen?: number; minFen?: number; maxFen?: number }
    const yuan = (fen = 0) => `${fen / 100}元`
    return { fixed: yuan(amountFen), range: `${yuan(minFen)}-${yuan(maxFen)}`, negotiable: '面议' }[kind] ?? ''
  },
)

const scales: Record<string, string> = { trl: 'trl', 材料: 'materials', materials: 'materials', 阶段: 'stage', stage: 'stage' }

/** TRL5, 5级, or a level on another scale: 材料:5. */
export const readiness = cell(
  (value) => {
    const [, scale, level] = /^(trl|材料|materials|阶段|stage)?[:：\s-]*(\d)级?$/i.exec(value.normalize('NFKC').trim()) ?? []
    if (level === undefined) throw new CellFault('not-a-level')
    return { scale: scales[scale?.toLowerCase() ?? 'trl']!, level: Number(level) }
  },
  (value) => {
    const { scale, level } = value as { scale: string; level: number }
    return `${scale}:${level}`
  },
)
