import { type Grid, laid } from '../grid.ts'
import { pairsIn } from './form.ts'
import { headerIn, saysNeed } from './header.ts'
import { assigned } from './labels.ts'

/** What a grid is to be read as: lines under a header, a form, or neither. */
export function kindOf(grid: Grid): 'table' | 'form' | null {
  if (grid.kind === 'text') return null
  const whole = laid(grid)
  if (headerIn(whole) !== null) return 'table'
  return isForm(grid) ? 'form' : null
}

/** Whether it has labels of a form: at least two, one of which says whose or what. */
export function isForm(grid: Grid): boolean {
  const { pairs } = pairsIn(laid(grid))
  const fields = assigned(pairs.map(({ label }) => label)).flatMap((each) => each?.field ?? [])
  return fields.length >= 2 && (saysNeed(fields) || fields.includes('enterprise'))
}

/** A table within a cell that is one to be read by itself: it says itself what is needed. */
export function isOwnGrid(grid: Grid): boolean {
  const kind = kindOf(grid)
  if (kind === null) return false
  const { pairs } = pairsIn(laid(grid))
  return kind === 'table' || saysNeed(assigned(pairs.map(({ label }) => label)).map((each) => each?.field))
}
