import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BlobStore, blobName } from '../../src/platform/files/blob-store.ts'
import { diskBlobs } from '../../src/platform/files/disk.ts'
import { blobStores, countingIds } from '../worlds.ts'

const newId = countingIds()
const name = (day = '2026-11-22') => blobName(`${day}T01:00:00.000Z`, newId('attachment'))
const bytes = (...values: number[]) => Uint8Array.from(values)
const names = async (files: BlobStore) => (await Array.fromAsync(files.each())).toSorted()

for (const [kind, open] of Object.entries(blobStores)) {
  describe(`files in ${kind}`, () => {
    let files: BlobStore
    let close: () => Promise<unknown>
    beforeAll(async () => {
      ;({ files, close } = await open())
    })
    afterAll(() => close?.())

    it('come back byte for byte', async () => {
      for (const content of [bytes(), bytes(0, 255, 13, 10), Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 251)]) {
        const own = name()
        await files.put(own, content)
        const found = await files.get(own)
        expect(found?.length).toBe(content.length)
        expect(Buffer.compare(found!, content)).toBe(0)
      }
    })

    it('are kept as they were put, whatever becomes of the array', async () => {
      const own = name()
      const content = bytes(1, 2, 3)
      await files.put(own, content)
      content.fill(9)
      const found = await files.get(own)
      found!.fill(7)
      expect(await files.get(own)).toEqual(bytes(1, 2, 3))
    })

    it('are a part of an array where no more was put', async () => {
      const own = name()
      await files.put(own, bytes(1, 2, 3, 4).subarray(1, 3))
      expect(await files.get(own)).toEqual(bytes(2, 3))
    })

    it('that were never put are null', async () => {
      expect(await files.get(name())).toBeNull()
    })

    it('are gone once removed, and can be removed twice', async () => {
      const [gone, kept] = [name(), name()]
      await files.put(gone, bytes(1))
      await files.put(kept, bytes(2))
      await files.remove(gone)
      await files.remove(gone)
      expect(await files.get(gone)).toBeNull()
      expect(await files.get(kept)).toEqual(bytes(2))
    })

    it('are all named, whatever the month', async () => {
      const own = [name('2026-11-30'), name('2026-12-01'), name('2027-01-01')]
      for (const each of own) await files.put(each, bytes(1))
      expect(await names(files)).toEqual(expect.arrayContaining(own.toSorted()))
      await files.remove(own[1]!)
      expect(await names(files)).not.toContain(own[1])
    })

    it.each([
      '../market.db',
      '/etc/passwd',
      '20261122-a',
      '',
      'constructor',
      `20261122-${'a'.repeat(20)}/..`,
      `20261122-${'a'.repeat(20)}\0`,
    ])('have no name of anybody else: %j', async (wrong) => {
      await expect(files.put(wrong, bytes(1))).rejects.toThrow('is no name of a blob')
      await expect(files.get(wrong)).rejects.toThrow('is no name of a blob')
      await expect((async () => files.remove(wrong))()).rejects.toThrow('is no name of a blob')
    })
  })
}

describe('files on the disk', () => {
  const root = join(mkdtempSync(join(tmpdir(), 'sunmao-files-')), 'files')
  const files = diskBlobs(root, { largest: 1_000 })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('are none before the folder is there', async () => {
    expect(await names(files)).toEqual([])
  })

  it('are for their owner alone, and nothing else lies beside them', async () => {
    const own = name()
    await files.put(own, bytes(1, 2))
    expect(readdirSync(root, { recursive: true })).toEqual(['202611', `202611/${own}`])
    expect(statSync(join(root, '202611', own)).mode & 0o777).toBe(0o600)
    expect(statSync(join(root, '202611')).mode & 0o777).toBe(0o700)
  })

  it('that a crash cut off are no files, but are named, so that they are swept away', async () => {
    const own = name()
    writeFileSync(join(root, '202611', `${own}.part`), 'half')
    expect(await files.get(own)).toBeNull()
    expect(await names(files)).toContain(own)
    await files.remove(own)
    expect(readdirSync(join(root, '202611'))).not.toContain(`${own}.part`)
  })

  it('leave what is not theirs alone', async () => {
    mkdirSync(join(root, 'of-somebody-else'))
    writeFileSync(join(root, '202611', 'README'), 'mine')
    expect(await names(files)).not.toContain('README')
    expect(readFileSync(join(root, '202611', 'README'), 'utf8')).toBe('mine')
  })

  it('say that the storage cannot be written, and leave nothing half', async () => {
    const blocked = join(root, 'blocked')
    writeFileSync(blocked, '')
    await expect(diskBlobs(blocked, { largest: 1_000 }).put(name(), bytes(1))).rejects.toMatchObject({ kind: 'storage-read-only' })
  })
})
