import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IndexChange, SearchQuery } from './search-index.ts'
import { threadedIndex } from './search-thread.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
  path = join(folder, 'market.index')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (id: string, title: string): IndexChange => ({
  type: 'put',
  kind: 'offering',
  id,
  tieBreak: id,
  on: '2026-11-22',
  texts: [{ tiers: ['public', 'full'], text: { title, body: `${title} TC4`, keywords: '', textHash: `hash of ${title}` } }],
  filters: { region: ['310000', '310100'] },
})
const question: SearchQuery = {
  kinds: ['offering'],
  tier: 'public',
  text: '焊接 tc4',
  vector: Float32Array.of(1, 0),
  recall: 10,
  facets: ['region'],
}

/** Runs with an index over the file, and ends its thread. */
async function withIndex<Result>(run: (index: ReturnType<typeof threadedIndex>) => Promise<Result>, at = path): Promise<Result> {
  const index = threadedIndex(at)
  try {
    return await run(index)
  } finally {
    await index.close()
  }
}

const save = () =>
  withIndex(async (index) => {
    await index.apply([put('off_1', '焊接变形'), put('off_2', '高温涂层'), put('off_3', '焊缝跟踪')], 7)
    await index.apply([{ type: 'vectors', vectors: [{ textHash: 'hash of 焊接变形', vector: Float32Array.of(3, 4) }] }], 7)
    await index.apply([{ type: 'remove', id: 'off_2' }], 9)
    await index.keep('mark')
    return { answer: await index.search(question), pending: await index.status(5) }
  })

describe('a snapshot', () => {
  it('brings back what was saved, with its mark, and can be changed and saved again', async () => {
    const before = await save()
    await withIndex(async (index) => {
      expect(await index.reset('kept')).toBe('mark')
      expect(await index.search(question)).toEqual(before.answer)
      expect(before.answer.hits).toHaveLength(2)
      expect(await index.status(5)).toEqual(before.pending)
      await index.apply([put('off_2', '焊接涂层'), { type: 'remove', id: 'off_1' }], 11)
      await index.keep('later')
    })
    await withIndex(async (index) => {
      expect(await index.reset('kept')).toBe('later')
      const { hits, position } = await index.search(question)
      expect([hits.map(({ id }) => id), position]).toEqual([['off_2', 'off_3'], 11])
    })
  })
  it('holds of texts only those that wait for a vector', async () => {
    await save()
    const content = readFileSync(path)
    const holds = (text: string) => content.includes(Buffer.from(text, 'utf16le'))
    expect([holds('焊缝跟踪 TC4'), holds('焊接变形 TC4'), holds('高温涂层 TC4')]).toEqual([true, false, false])
  })
  it('is left aside where it is missing, cut off, changed in a byte or written by other code', async () => {
    await save()
    const whole = readFileSync(path)
    const load = () => withIndex(async (index) => [await index.reset('kept'), (await index.status(0)).position])
    expect(await load()).toEqual(['mark', 9])
    const damages = {
      'cut off': () => truncateSync(path, whole.length - 1),
      'changed in a byte': () => writeFileSync(path, whole.fill(whole[500]! ^ 1, 500, 501)),
      'of another version': () => writeFileSync(path, Buffer.concat([Buffer.from(`sunmao-index ${'0'.repeat(64)} `), whole.subarray(78)])),
      empty: () => writeFileSync(path, ''),
      missing: () => rmSync(path),
      'a folder': () => mkdirSync(path),
    }
    for (const [name, damage] of Object.entries(damages)) {
      damage()
      expect([name, ...(await load())]).toEqual([name, null, 0])
    }
  })
  it('is not written when nothing has changed', async () => {
    await save()
    rmSync(path)
    await withIndex(async (index) => {
      await index.apply([put('off_1', '焊接变形')], 1)
      await index.keep('once')
      rmSync(path)
      await index.keep('twice')
      expect(existsSync(path)).toBe(false)
    })
  })
  it('says what the disk says, and leaves nothing half done', async () => {
    await withIndex(
      async (index) => {
        await index.apply([put('off_1', '焊接变形')], 1)
        await expect(index.keep('mark')).rejects.toThrow('ENOENT')
        expect((await index.search(question)).hits).toHaveLength(1)
      },
      join(folder, 'missing', 'market.index'),
    )
  })
})
