import { describe, expect, it } from 'vitest'
import { type Cell, word } from '../../../tests/fixtures/intake/make/word.ts'
import { workbook } from '../../../tests/fixtures/intake/make/workbook.ts'
import { gridsOfDocument } from './docx.ts'
import { sourceOf } from './source.ts'

/** What is handed in to be heavy, or to read what is not its own. */

const refusal = async (bytes: Uint8Array, name: string) => {
  const error: unknown = await sourceOf(Uint8Array.from(bytes), name).catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'Problem' })
  return (error as { kind: string }).kind
}
const none = () => false

describe('a file that is handed in', () => {
  it('is taken for what it is, whatever it is called', async () => {
    const form = word([{ rows: [['企业名称', '砺州恒砺机械有限公司']] }])
    expect((await sourceOf(Uint8Array.from(form), '汇总表.csv')).format).toBe('docx')
    expect((await sourceOf(new TextEncoder().encode('企业名称,需求名称\n甲,乙'), '汇总表.xlsx')).format).toBe('csv')
  })

  it('expands no entities and reads no other file', () => {
    for (const declared of ['<!ENTITY a "lol">', '<!ENTITY a SYSTEM "file:///etc/passwd">']) {
      const xml = `<?xml version="1.0"?><!DOCTYPE w [${declared}]><w:document><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>`
      expect(() => gridsOfDocument(xml, none)).toThrow(expect.objectContaining({ kind: 'invalid-input' }))
    }
  })

  it('is refused where it is more than a table or a form', async () => {
    const row = Array.from({ length: 8 }, () => '高压油管总成爆破压力离散大'.repeat(8))
    expect(await refusal(workbook([{ name: 'a', rows: Array.from({ length: 2_500 }, () => row), merges: [] }]), 'a.xlsx')).toBe('too-large')
    expect(await refusal(word([{ rows: Array.from({ length: 2_500 }, () => row) }]), 'a.docx')).toBe('too-large')
    expect(await refusal(new TextEncoder().encode('企业名称,需求名称\n'.repeat(80_000)), 'a.csv')).toBe('too-large')
    let nested: Cell = '企业名称'
    for (let depth = 0; depth < 12; depth++) nested = { blocks: [{ rows: [[nested]] }] }
    expect(await refusal(word([{ rows: [[nested]] }]), 'a.docx')).toBe('too-large')
  })

  it('is refused where nothing in it can be read', async () => {
    expect(await refusal(new Uint8Array(), 'a.csv')).toBe('invalid-input')
    expect(await refusal(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), 'a.xlsx')).toBe('invalid-input')
    expect(await refusal(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]), 'a.doc')).toBe('unsupported-media-type')
    expect(await refusal(new TextEncoder().encode('{\\rtf1 企业名称}'), 'a.csv')).toBe('unsupported-media-type')
  })
})
