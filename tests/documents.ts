import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { degrees, PageSizes, PDFDocument, PDFName, PDFNumber, PDFString, StandardFonts } from '@cantoo/pdf-lib'

/** Files as people attach them, and as attackers do. */

export interface PdfPage {
  size?: [number, number]
  turned?: 0 | 90 | 180 | 270
  /** The part that is shown: x, y, width, height. */
  crop?: [number, number, number, number]
}

/** A drawing of some pages; `changes` may do to it what a program that writes PDF can do. */
export async function aPdf(pages: PdfPage[] = [{}], changes: (document: PDFDocument) => unknown = () => {}): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const [at, { size = PageSizes.A4, turned = 0, crop }] of pages.entries()) {
    const page = document.addPage(size)
    page.setRotation(degrees(turned))
    if (crop) page.setCropBox(...crop)
    page.drawText(`Drawing ${at + 1} of the fixture`, { x: 60, y: 60, size: 14, font })
  }
  await changes(document)
  return document.save()
}

/** Locked with a password that nobody needs to open it. */
export const aLockedPdf = () => aPdf([{}], (document) => document.encrypt({ userPassword: '', ownerPassword: 'of the owner' }))

export const aPdfThatRuns = () =>
  aPdf([{}], (document) => {
    const { context, catalog } = document
    catalog.set(PDFName.of('OpenAction'), context.obj({ S: 'Launch', F: PDFString.of('calc.exe') }))
  })

export const aPdfWithScript = () => aPdf([{}], (document) => document.addJavaScript('greet', 'app.alert("hello")'))

export const aPdfWithAFile = () => aPdf([{}], (document) => document.attach(new Uint8Array([77, 90, 0]), 'tool.exe'))

/** Shown by most readers, though one of its pages has a number for its fonts. */
export const aPdfWithoutFonts = () =>
  aPdf([{}], (document) => {
    const [page] = document.getPages()
    page!.node.set(PDFName.of('Resources'), PDFNumber.of(1))
  })

/** Nothing to show. */
export const aPdfWithoutPages = () =>
  Buffer.from(
    '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n',
  )

/** A page, and a few bytes that unpack to so many megabytes where objects are kept. */
export function aPdfThatUnpacks(megabytes: number): Uint8Array {
  const packed = deflateSync(Buffer.alloc(megabytes * 1_000_000, ' '))
  const twice = deflateSync(packed)
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[4 0 R]/Count 1>>\nendobj\n'),
    Buffer.from('4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\n'),
    Buffer.from(`3 0 obj\n<</Type/ObjStm/N 1/First 5/Filter[/FlateDecode/FlateDecode]/Length ${twice.length}>>\nstream\n`),
    twice,
    Buffer.from('\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n'),
  ])
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(data, crc32(head.subarray(4))))
  return Buffer.concat([head, data, sum])
}

interface PngShape {
  width?: number
  height?: number
  /** Rows that are really there. */
  rows?: number
  extra?: Buffer[]
}

/** Eight bits of grey a pixel. */
export function aPng({ width = 24, height = 16, rows = height, extra = [] }: PngShape = {}): Buffer {
  const shape = Buffer.alloc(13)
  shape.writeUInt32BE(width)
  shape.writeUInt32BE(height, 4)
  shape.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', shape),
    ...extra,
    pngChunk('IDAT', deflateSync(Buffer.alloc(rows * (width + 1), 120), { level: 1 })),
    pngChunk('IEND', new Uint8Array()),
  ])
}

/** 24 by 16 pixels, dark blue. */
const jpeg = Buffer.from(
  [
    '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZT',
    'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAQABgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA',
    'AAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAME/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AgANqQAD/',
    '2Q==',
  ].join(''),
  'base64',
)

/** With these segments behind its first two bytes, and these bytes behind its end. */
export function aJpeg({ segments = [], tail = Buffer.alloc(0) }: { segments?: Buffer[]; tail?: Uint8Array } = {}): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2), tail])
}

export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** What a camera writes: turned by a quarter (orientation 6), taken at a place. */
export function exif(place: string): Buffer {
  const name = Buffer.from(`${place}\0`)
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(2, 8)
  tiff.writeUInt16BE(0x010e, 10)
  tiff.writeUInt16BE(2, 12)
  tiff.writeUInt32BE(name.length, 14)
  tiff.writeUInt32BE(tiff.length, 18)
  tiff.writeUInt16BE(0x0112, 22)
  tiff.writeUInt16BE(3, 24)
  tiff.writeUInt32BE(1, 26)
  tiff.writeUInt16BE(6, 30)
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, name]))
}

export interface ZipEntry {
  name: string
  content?: string | Uint8Array
  /** What the directory says, where that is not true. */
  declaredSize?: number
  /** What the entry itself says its name is. */
  localName?: string
  flags?: number
  method?: number
  /** Where the directory says it begins. */
  offset?: number
}

/** A zip file, right or wrong, with these bytes before and after it. */
export function zip(entries: ZipEntry[], { before = '', comment = '' }: { before?: string; comment?: string } = {}): Buffer {
  const parts: Buffer[] = [Buffer.from(before)]
  const directory: Buffer[] = []
  const length = (pieces: Buffer[]) => pieces.reduce((sum, piece) => sum + piece.length, 0)
  for (const { name, content = '', declaredSize, localName = name, flags = 0x0800, method = 8, offset = length(parts) } of entries) {
    const bytes = Buffer.from(content)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const common = Buffer.alloc(22)
    common.writeUInt16LE(20)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(declaredSize ?? bytes.length, 18)
    const lengths = (text: string) => {
      const sizes = Buffer.alloc(4)
      sizes.writeUInt16LE(Buffer.byteLength(text))
      return sizes
    }
    parts.push(Buffer.concat([Buffer.from('PK\x03\x04'), common, lengths(localName), Buffer.from(localName), packed]))
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, lengths(name), place, Buffer.from(name)]))
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(length(directory), 8)
  end.writeUInt32LE(length(parts), 12)
  end.writeUInt16LE(Buffer.byteLength(comment), 16)
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)])
}

const main = {
  docx: ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  xlsx: ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
} as const

/** The parts of a document that Word or Excel opens, and more. */
export function officeEntries(kind: 'docx' | 'xlsx', more: ZipEntry[] = [], type: string = main[kind][1]): ZipEntry[] {
  const [part] = main[kind]
  const types = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}"/></Types>`
  return [
    { name: '[Content_Types].xml', content: types },
    { name: '_rels/.rels', content: '<Relationships/>' },
    { name: part, content: '<w/>' },
    ...more,
  ]
}

export const aDocx = (more: ZipEntry[] = []): Buffer => zip(officeEntries('docx', more))
export const anXlsx = (more: ZipEntry[] = []): Buffer => zip(officeEntries('xlsx', more))
