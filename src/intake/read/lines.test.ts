import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LineContent, type ReadLine } from '../line.ts'
import { readSource } from './lines.ts'
import { sourceOf } from './source.ts'

/** Tables and forms as they arrive, against what somebody who reads them finds in them on 22 November 2026. */

const folder = new URL('../../../tests/fixtures/intake/', import.meta.url)
const today = '2026-11-22'

interface Expected {
  encoding?: string
  columns?: Record<string, string>
  notes: string[]
  /** What stands in hidden places, and is not read. */
  unread?: string[]
  lines: (Record<string, unknown> & { line: number })[]
}
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''))
const expectedOf = (name: string): Expected => JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8'))
const read = async (name: string, corrections: Parameters<typeof readSource>[1]['corrections'] = []) => {
  const source = await sourceOf(Uint8Array.from(readFileSync(new URL(name, folder))), name)
  return { source, ...readSource(source, { today, corrections }) }
}

const inWan = (amount: number | null) => (amount === null ? null : amount / 1_000_000)
/** A line as far as it is expected to say something. */
function told({ line, content }: ReadLine, expected: Record<string, unknown>): Record<string, unknown> {
  const all: Record<string, unknown> = {
    ...content,
    line,
    budget: [inWan(content.budgetMinFen), inWan(content.budgetMaxFen)],
    contact: content.contact?.name ?? null,
    phone: content.contact?.phone ?? null,
    email: content.contact?.email ?? null,
    route: content.route?.to ?? null,
    region: content.region?.code ?? null,
    // Of the doubts, those that are expected.
    doubts: content.doubts.filter((doubt) => (expected.doubts as string[] | undefined)?.includes(doubt)),
    // Of the notes, too: everything else that stands in a line is among them.
    notes: content.notes.filter((note) => (expected.notes as string[] | undefined)?.includes(note)),
  }
  return Object.fromEntries(Object.keys(expected).map((name) => [name, all[name]]))
}

describe.each(files)('%s', (name) => {
  const expected = expectedOf(name)

  it('is read as its writer meant it', async () => {
    const { lines } = await read(name)
    expect(lines.map((line, at) => told(line, expected.lines[at] ?? { line: 0 }))).toEqual(expected.lines)
  })

  it('has its columns and what stands beside its lines', async () => {
    const { source, tables } = await read(name)
    if (expected.encoding !== undefined) expect(source.encoding).toBe(expected.encoding)
    const columns = tables.flatMap((table) => table.columns.map(({ label, field }) => [label, field] as const))
    if (expected.columns !== undefined) expect(Object.fromEntries(columns)).toMatchObject(expected.columns)
    expect(tables.flatMap(({ notes }) => notes)).toEqual(expected.notes)
  })

  it('gives lines that can be kept, and loses nothing that stands in them', async () => {
    const { lines } = await read(name)
    for (const { content } of lines) expect(LineContent.parse(content)).toEqual(content)
    const whole = JSON.stringify(lines)
    for (const text of expected.unread ?? []) expect(whole).not.toContain(text)
  })
})
