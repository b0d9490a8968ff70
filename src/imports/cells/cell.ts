import type { Json } from '../read/row.ts'

/** How one cell of a table becomes the value of a field, and back. What is no text (jsonl) is taken as it is. */
export interface Cell {
  /** `unit` is what the header says, such as 万元. Throws `CellFault`. */
  read(value: Json, unit: string | null): Json
  write(value: Json): string
}

/** Why a cell does not say what its column asks for: a stable code and what it speaks of. */
export class CellFault extends Error {
  readonly rule: string
  readonly facts: Record<string, string | number>
  constructor(rule: string, facts: Record<string, string | number> = {}) {
    super(rule)
    this.name = 'CellFault'
    this.rule = rule
    this.facts = facts
  }
}

/** A cell from what it does with text. */
export function cell(read: (text: string, unit: string | null) => Json, write: (value: Json) => string = plainly): Cell {
  return {
    read: (value, unit) => (typeof value === 'string' ? read(value, unit) : value),
    write: (value) => (value === null || value === undefined ? '' : write(value)),
  }
}

/** Many in one cell, separated by what `between` matches, written with `mark` between them. */
export function list(item: Cell, between: RegExp = /[；;、\n]+/, mark = '；'): Cell {
  return {
    read: (value, unit) => split(value, between).map((each) => item.read(each, unit)),
    write: (value) => (Array.isArray(value) ? value.map((each) => item.write(each)).join(mark) : ''),
  }
}

/** Items that are sentences: 、 stands inside them. */
export const sentences = (item: Cell) => list(item, /[；;\n]+/)

function split(value: Json, between: RegExp): Json[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') return [value]
  return value
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function plainly(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
