import { PDFDocument } from '@cantoo/pdf-lib'
import { getDocumentProxy } from 'unpdf'
import { afterAll, describe, expect, it } from 'vitest'
import { inspectFile } from '../../src/platform/files/inspect/inspect.ts'
import type { Mark } from '../../src/platform/stamping/stamper.ts'
import { threadedStamper } from '../../src/platform/stamping/threaded.ts'
import {
  aJpeg,
  aLockedPdf,
  aPdf,
  aPdfThatRuns,
  aPdfThatUnpacks,
  aPdfWithAFile,
  aPdfWithoutPages,
  aPdfWithScript,
  aPng,
  exif,
  type PdfPage,
} from '../documents.ts'
import { stampers } from '../worlds.ts'

const mark: Mark = { reader: 'ent_abcdefghijklmnopqrst acc_bcdefghijklmnopqrstu', day: '2026-11-22', code: 'GQ3T-A2ZN-KXCH-7WEM' }

/** What stands on each page where a reader sees it, as another program than ours reads it: text, and where it begins and ends, from the top left. */
async function pagesOf(pdf: Uint8Array) {
  const document = await getDocumentProxy(Uint8Array.from(pdf))
  const pages = Array.from({ length: document.numPages }, async (_, at) => {
    const page = await document.getPage(at + 1)
    const { width, height, ...viewport } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    const texts = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [a, b, , , e, f] = item.transform as number[]
      const length = item.width / Math.hypot(a!, b!)
      const seen = (x: number, y: number) => page.getViewport({ scale: 1 }).convertToViewportPoint(x, y) as [number, number]
      const [x, y] = seen(e!, f!)
      const [endX, endY] = seen(e! + a! * length, f! + b! * length)
      return [{ text: item.str, x, y, endX, endY }]
    })
    return { width, height, viewport, texts }
  })
  return Promise.all(pages)
}

for (const [name, open] of Object.entries(stampers)) {
  describe(`a stamper that works in ${name}`, () => {
    const stamper = open()
    afterAll(() => stamper.close())
    const pdf = (bytes: Uint8Array) => ({ mediaType: 'application/pdf', bytes }) as const

    it.each<[string, PdfPage[]]>([
      ['one page', [{}]],
      ['pages of every size', [{ size: [2384, 3370] }, { size: [200, 100] }, {}]],
      ['turned pages', [{ turned: 90 }, { turned: 180 }, { turned: 270 }]],
      ['a page of which a part is shown', [{ crop: [100, 300, 250, 200] }]],
      ['a turned page of which a part is shown', [{ crop: [100, 300, 250, 200], turned: 90 }]],
    ])('marks %s where it is seen, across the page and at its foot', async (_, shape) => {
      const pages = await pagesOf(await stamper.stamp(pdf(await aPdf(shape)), mark))
      expect(pages).toHaveLength(shape.length)
      for (const { width, height, texts } of pages) {
        const marks = texts.filter(({ text }) => text.includes(mark.code))
        expect(marks).toHaveLength(2)
        expect(texts.filter(({ text }) => text.includes(mark.reader))).toHaveLength(2)
        for (const { x, y, endX, endY } of texts.filter(({ text }) => text.includes(mark.code) || text.includes(mark.reader))) {
          expect([x > 0, endX < width, y < height, endY > 0]).toEqual([true, true, true, true])
          // From left to right as the page is turned, level at its foot and rising across it.
          expect(endX - x).toBeGreaterThan(width * 0.25)
          expect(y - endY).toBeGreaterThan(-0.01)
        }
        // At the foot as the page is turned.
        expect(Math.max(...marks.map(({ y }) => y))).toBeGreaterThan(height * 0.9)
      }
    })

    it('leaves what was on the page', async () => {
      const [page] = await pagesOf(await stamper.stamp(pdf(await aPdf()), mark))
      expect(page!.texts.map(({ text }) => text)).toContain('Drawing 1 of the fixture')
    })

    it.each([
      ['image/png', aPng({ width: 300, height: 200 })],
      ['image/jpeg', aJpeg()],
    ] as const)('makes an %s a page, and marks it', async (mediaType, bytes) => {
      const stamped = await stamper.stamp({ mediaType, bytes }, mark)
      const pages = await pagesOf(stamped)
      expect(pages).toHaveLength(1)
      expect(pages[0]!.width / pages[0]!.height).toBeCloseTo(1.5)
      expect(pages[0]!.texts.filter(({ text }) => text.includes(mark.code))).toHaveLength(2)
      const { Keywords } = (await (await getDocumentProxy(Uint8Array.from(stamped))).getMetadata()).info as { Keywords: string }
      expect(Keywords).toBe(mark.code)
    })

    it('turns a picture as the camera was held', async () => {
      const { bytes } = await inspectFile(Uint8Array.from(aJpeg({ segments: [exif('砺州')] })), '现场.jpg')
      const [page] = await pagesOf(await stamper.stamp({ mediaType: 'image/jpeg', bytes }, mark))
      expect(page!.height / page!.width).toBeCloseTo(1.5)
      expect(Math.max(...page!.texts.map(({ y }) => y))).toBeGreaterThan(page!.height * 0.9)
    })

    it('finds nothing wrong with a plain PDF, nor with a stamped one', async () => {
      const plain = await aPdf([{}, { turned: 90 }])
      expect(await stamper.inspect(plain)).toBeNull()
      expect(await stamper.inspect(await stamper.stamp(pdf(plain), mark))).toBeNull()
      expect(await stamper.inspect(await (await PDFDocument.load(plain)).save({ useObjectStreams: false }))).toBeNull()
    })

    it.each([
      ['is locked', 'file-locked', aLockedPdf],
      ['starts a program', 'file-active', aPdfThatRuns],
      ['holds a script', 'file-active', aPdfWithScript],
      ['holds another file', 'file-active', aPdfWithAFile],
      ['has no page', 'file-damaged', async () => aPdfWithoutPages()],
      ['is none', 'file-damaged', async () => Buffer.from('%PDF-1.7\nhello')],
      ['is nothing', 'file-damaged', async () => new Uint8Array()],
      ['is cut off', 'file-damaged', async () => (await aPdf()).subarray(0, 300)],
    ])('finds out a PDF that %s', async (_, fault, make) => {
      expect(await stamper.inspect(await make())).toBe(fault)
    })
  })
}

describe('a stamper in a thread', () => {
  it('ends a document that unpacks into more than there is room for, and goes on with the next', async () => {
    const stamper = threadedStamper({ timeMs: 60_000, megabytes: 200 })
    try {
      const documents = [aPdfThatUnpacks(1), aPdfThatUnpacks(700), await aPdf()]
      // What earlier files of the same process hold is not the stamper's.
      const before = process.memoryUsage().rss
      expect(await Promise.all(documents.map((pdf) => stamper.inspect(pdf)))).toEqual([null, 'file-damaged', null])
      expect(process.memoryUsage().rss - before).toBeLessThan(1_500_000_000)
    } finally {
      await stamper.close()
    }
  })

  it('ends a document that takes too long, and answers others meanwhile', async () => {
    const stamper = threadedStamper({ timeMs: 3_000, megabytes: 4_000 })
    try {
      let turns = 0
      const clock = setInterval(() => turns++, 5)
      const asked = [aPdfThatUnpacks(1), aPdfThatUnpacks(600), await aPdf()].map((pdf) => stamper.inspect(pdf))
      turns = 0
      // Nothing but the machine itself may keep a small one from its answer.
      expect((await Promise.all(asked))[1]).toBe('file-damaged')
      clearInterval(clock)
      expect(turns).toBeGreaterThan(50)
      expect(await stamper.inspect(await aPdf())).toBeNull()
    } finally {
      await stamper.close()
    }
  })

  it('refuses to begin once it is closed', async () => {
    const stamper = threadedStamper()
    await stamper.close()
    await expect(stamper.inspect(new Uint8Array())).rejects.toThrow('The stamper is closed')
  })
})
