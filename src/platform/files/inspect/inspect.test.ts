import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aDocx,
  aJpeg,
  anXlsx,
  aPdf,
  aPng,
  exif,
  jpegSegment,
  officeEntries,
  pngChunk,
  type ZipEntry,
  zip,
} from '../../../../tests/documents.ts'
import { Problem } from '../../problem.ts'
import { inspectFile } from './inspect.ts'
import { orientationOf } from './jpeg.ts'

const inspect = (bytes: Uint8Array, name = 'file') => inspectFile(Uint8Array.from(bytes), name)
const text = (written: string) => Buffer.from(written)

/** The code of the refusal. */
async function faultOf(bytes: Uint8Array, name?: string): Promise<string> {
  const refused: unknown = await inspect(bytes, name).catch((error: unknown) => error)
  if (!(refused instanceof Problem)) throw new Error(`Not refused but ${JSON.stringify(refused)}`)
  expect(refused.facts.errors).toMatchObject([{ pointer: '/file' }])
  return refused.facts.errors![0]!.code
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const aZip = zip([{ name: 'tool.js', content: 'WScript.Echo(1)' }])
const html = text('<!doctype html><script>alert(1)</script>')
const stored = (name: string, content: string): ZipEntry => ({ name, content, method: 0 })

describe('a file is what its bytes say', () => {
  it.each([
    ['a PDF', 'application/pdf', () => aPdf()],
    ['a PDF with blank lines behind its end', 'application/pdf', async () => Buffer.concat([await aPdf(), text('\r\n\0\n')])],
    ['a PNG', 'image/png', () => aPng()],
    ['a JPEG', 'image/jpeg', () => aJpeg()],
    ['a document', docx, () => aDocx([stored('word/media/image1.png', 'PNG')])],
    ['a workbook', xlsx, () => anXlsx()],
    ['a text in UTF-8', 'text/plain', () => text('焊后旁弯小于 3 mm\r\n')],
    ['a text with a mark', 'text/plain', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text('旁弯')])],
    ['a text in GBK', 'text/plain', () => Buffer.from('bab8bdd3b1e4d0ce', 'hex')],
    ['a text that begins with an order number', 'text/plain', () => text('MZ-200 型焊机')],
  ])('%s', async (_, mediaType, make) => {
    expect((await inspect(await make(), 'drawing.exe')).mediaType).toBe(mediaType)
  })

  it('and only of a text its name says whether it is a table', async () => {
    expect((await inspect(text('名称,数值\n旁弯,3\n'), '检测.CSV')).mediaType).toBe('text/csv')
    expect((await inspect(aPng(), '检测.csv')).mediaType).toBe('image/png')
  })

  it.each([
    ['nothing', 'file-empty', () => text('')],
    ['a program', 'file-type', () => Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['a picture of another kind', 'file-type', () => text('GIF89a\x01\x00\x01\x00\x80\x00\x00')],
    ['an old document of Word', 'file-type', () => Buffer.from('d0cf11e0a1b11ae1000000', 'hex')],
    ['a page', 'file-type', () => html],
    ['a drawing with scripts', 'file-type', () => text('\n <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['XML', 'file-type', () => text('<?xml version="1.0"?><a/>')],
    ['a shell script', 'file-type', () => text('#!/bin/sh\nrm -r /')],
    ['a text with NUL', 'file-type', () => text('旁弯\0')],
    ['bytes by chance', 'file-type', () => Buffer.concat([Buffer.from([1]), randomBytes(400)])],
    ['a zip file', 'file-type', () => aZip],
  ])('%s is not taken', async (_, fault, make) => {
    expect(await faultOf(make(), 'file.pdf')).toBe(fault)
  })

  it('and never makes the program fail, whatever the bytes are', async () => {
    const heads = ['%PDF-1.7\n', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'PK\x03\x04', ''].map((head) => Buffer.from(head, 'latin1'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), async (head, tail) => {
        await inspect(Buffer.concat([head, tail])).catch((error: unknown) => expect(error).toBeInstanceOf(Problem))
      }),
      { numRuns: 500 },
    )
    const whole = [aPng(), aJpeg({ segments: [exif('砺州')] }), aDocx()]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (file, at, byte, isCut) => {
          const changed = Buffer.from(file)
          changed[at % file.length] = byte
          await inspect(isCut ? changed.subarray(0, at % file.length) : changed).catch((error: unknown) =>
            expect(error).toBeInstanceOf(Problem),
          )
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a file that is two things', () => {
  it.each([
    ['a PDF that begins later', async () => Buffer.concat([text('GIF89a'), await aPdf()])],
    ['a page that is a PDF too', async () => Buffer.concat([html, await aPdf()])],
    ['a PDF with a zip behind it', async () => Buffer.concat([await aPdf(), aZip])],
    ['a PDF with a page behind it', async () => Buffer.concat([await aPdf(), html])],
    [
      'a PDF that is the comment of a zip',
      async () => {
        const pdf = Buffer.from(await aPdf())
        const end = Buffer.from('504b050600000000000000000000000000000000ffff', 'hex')
        return Buffer.concat([pdf.subarray(0, pdf.length - 7), end, pdf.subarray(pdf.length - 7)])
      },
    ],
    ['a PNG with a zip behind it', () => Buffer.concat([aPng(), aZip])],
    ['a PNG with a page behind it', () => Buffer.concat([aPng(), html])],
    ['a JPEG with a zip behind it', () => aJpeg({ tail: aZip })],
    ['a JPEG with a page behind it', () => aJpeg({ tail: html })],
    ['a document with something before it', () => zip(officeEntries('docx'), { before: 'MZ' }).subarray(2)],
    ['a document with a comment', () => zip(officeEntries('docx'), { comment: '<script>' })],
    ['a document that is a PDF too', () => zip([stored('a', '%PDF-1.7'), ...officeEntries('docx')])],
    ['a text with a zip behind it', () => Buffer.concat([text('旁弯'), aZip])],
    ['a document whose parts have two names', () => zip([...officeEntries('docx'), { name: 'word/a.xml', localName: 'word/b.xml' }])],
    ['a document with two parts of one name', () => zip([...officeEntries('docx'), { name: 'word/a.xml' }, { name: 'WORD/A.xml' }])],
    [
      'a document with something between its parts',
      () => {
        const [types, ...others] = officeEntries('docx')
        const hidden = zip([types!, stored('hidden', 'x'.repeat(60)), ...others])
        // The directory forgets the second part.
        return withoutEntry(hidden, 1)
      },
    ],
  ])('is refused: %s', async (_, make) => {
    expect(await faultOf(await make())).toBe('file-double')
  })

  it('is cut to its picture where a phone has added a second one or a film', async () => {
    const plain = (await inspect(aJpeg())).bytes
    for (const tail of [aJpeg(), Buffer.alloc(40), Buffer.concat([text('\0\0\0\x18ftypmp42'), aZip]), text('filmSEFT')]) {
      expect((await inspect(aJpeg({ tail }))).bytes).toEqual(plain)
    }
  })
})

describe('a picture', () => {
  it('loses what it says of place, camera and owner, and keeps how it is turned', async () => {
    const secret = '铸东产业园 3 号车间'
    const comment = jpegSegment(0xfe, text(`${secret}<script>`))
    const { bytes } = await inspect(
      aJpeg({ segments: [jpegSegment(0xe0, text('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')), exif(secret), comment] }),
    )
    expect(Buffer.from(bytes).includes(secret)).toBe(false)
    expect(Buffer.from(bytes).includes('JFIF')).toBe(true)
    expect(orientationOf(bytes)).toBe(6)
    expect(await inspect(bytes)).toEqual({ mediaType: 'image/jpeg', bytes })
    expect(orientationOf((await inspect(aJpeg())).bytes)).toBe(1)
    const notes = ['tEXt', 'eXIf', 'iCCP', 'vpAg'].map((type) => pngChunk(type, text(`Comment\0${secret}`)))
    expect((await inspect(aPng({ extra: notes }))).bytes).toEqual(Uint8Array.from(aPng()))
  })

  it.each([
    ['is wider than any drawing', 'image-size', aPng({ width: 20_001, height: 1 })],
    ['has more pixels than any drawing', 'image-size', aPng({ width: 19_000, height: 19_000, rows: 1 })],
    ['has no width', 'file-damaged', aPng({ width: 0 })],
    ['unpacks into more than its shape', 'file-unpacks', aPng({ rows: 500_000 })],
    ['lacks rows', 'file-damaged', aPng({ rows: 15 })],
    ['has two headers', 'file-damaged', aPng({ extra: [aPng().subarray(8, 33)] })],
    ['has a part that must be understood and is not', 'file-damaged', aPng({ extra: [pngChunk('EVIL', text('x'))] })],
    ['ends too early', 'file-damaged', aPng().subarray(0, 60)],
    ['ends before its pixels', 'file-damaged', aJpeg().subarray(0, 100)],
    ['has no pixels', 'file-damaged', Buffer.from('ffd8ffd9', 'hex')],
    ['claims 65,535 pixels a side', 'image-size', aJpegOf(65_535)],
  ])('is refused that %s', async (_, fault, bytes) => {
    expect(await faultOf(bytes)).toBe(fault)
  })
})

describe('a document of Office', () => {
  it.each<[string, string, () => Buffer]>([
    ['unpacks into more than it says', 'file-unpacks', () => aDocx([{ name: 'word/a.xml', content: 'a'.repeat(5_000), declaredSize: 10 }])],
    ['unpacks into less than it says', 'file-unpacks', () => aDocx([{ name: 'word/a.xml', content: 'a', declaredSize: 5_000 }])],
    [
      'says that it unpacks into gigabytes',
      'file-unpacks',
      () => anXlsx([{ name: 'xl/a.xml', content: 'a', declaredSize: 4_000_000_000 }]),
    ],
    [
      'really unpacks into too much',
      'file-unpacks',
      () => anXlsx(Array.from({ length: 5 }, (_, at) => ({ name: `xl/${at}.xml`, content: Buffer.alloc(41_000_000) }))),
    ],
    ['has thousands of parts', 'file-unpacks', () => anXlsx(Array.from({ length: 3_001 }, (_, at) => ({ name: `xl/${at}.xml` })))],
    [
      'shares one part among many',
      'file-unpacks',
      () => anXlsx(Array.from({ length: 9 }, (_, at) => ({ name: 'xl/a.xml', offset: 0, content: String(at) }))),
    ],
    ['leads out of its folder', 'file-damaged', () => aDocx([{ name: 'word/../../etc/passwd' }])],
    ['begins at the root', 'file-damaged', () => aDocx([{ name: '/etc/passwd' }])],
    ['begins at a drive', 'file-damaged', () => aDocx([{ name: 'C:/windows/a.xml' }])],
    ['is of another system', 'file-damaged', () => aDocx([{ name: 'word\\..\\a.xml' }])],
    ['is packed in another way', 'file-damaged', () => aDocx([{ name: 'word/a.xml', content: 'a', method: 12 }])],
    ['is locked', 'file-locked', () => aDocx([{ name: 'word/a.xml', content: 'a', flags: 1 }])],
    ['holds macros', 'file-active', () => anXlsx([{ name: 'xl/vbaProject.bin', content: 'a' }])],
    [
      'says that it holds macros',
      'file-active',
      () => zip(officeEntries('docx', [], 'application/vnd.ms-word.document.macroEnabled.main+xml')),
    ],
    ['holds a program', 'file-active', () => aDocx([{ name: 'word/embeddings/tool.exe', content: 'MZ' }])],
    ['lacks its list of parts', 'file-type', () => zip([{ name: 'word/document.xml', content: '<w/>' }])],
    ['lacks its main part', 'file-type', () => zip(officeEntries('docx').slice(0, 2))],
    [
      'is a presentation',
      'file-type',
      () => zip(officeEntries('docx', [], 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml')),
    ],
    ['is cut off', 'file-double', () => aDocx().subarray(0, 200)],
  ])('is refused that %s', async (_, fault, make) => {
    expect(await faultOf(make())).toBe(fault)
  })
})

/** A JPEG that says it has so many pixels a side. */
function aJpegOf(side: number): Buffer {
  const jpeg = aJpeg()
  const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'))
  jpeg.writeUInt16BE(side, frame + 5)
  jpeg.writeUInt16BE(side, frame + 7)
  return jpeg
}

/** A zip file whose directory leaves one entry out. */
function withoutEntry(file: Buffer, position: number): Buffer {
  const end = file.length - 22
  const from = file.readUInt32LE(end + 16)
  const headers = [from]
  for (let at = from; at < end; ) {
    at += 46 + file.readUInt16LE(at + 28)
    headers.push(at)
  }
  const directory = headers.slice(0, -1).map((at, index) => file.subarray(at, headers[index + 1]))
  const left = Buffer.concat(directory.filter((_, index) => index !== position))
  const tail = Buffer.from(file.subarray(end))
  tail.writeUInt16LE(directory.length - 1, 8)
  tail.writeUInt16LE(directory.length - 1, 10)
  tail.writeUInt32LE(left.length, 12)
  return Buffer.concat([file.subarray(0, from), left, tail])
}
