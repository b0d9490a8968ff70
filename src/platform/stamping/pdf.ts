import { degrees, EncryptedPDFError, PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFStream } from '@cantoo/pdf-lib'
import { orientationOf } from '../files/inspect/jpeg.ts'
import { drawMark } from './draw-mark.ts'
import type { Mark, PdfFault, Stamper } from './stamper.ts'

/** Does its work where it is called. On Node documents of strangers belong in a thread: see `threaded.ts`. */
export function pdfStamper(): Stamper {
  return { inspect, stamp }
}

async function inspect(pdf: Uint8Array): Promise<PdfFault | null> {
  try {
    const document = await PDFDocument.load(pdf, { updateMetadata: false })
    if (document.getPageCount() === 0) return 'file-damaged'
    // What has no box of its own, no parent and no size cannot be stamped.
    for (const page of document.getPages()) page.getCropBox()
    return isActive(document) ? 'file-active' : null
  } catch (error) {
    // Whatever the parser stumbles over is in the file.
    return error instanceof EncryptedPDFError ? 'file-locked' : 'file-damaged'
  }
}

async function stamp({ mediaType, bytes }: Parameters<Stamper['stamp']>[0], mark: Mark): Promise<Uint8Array> {
  const document = mediaType === 'application/pdf' ? await PDFDocument.load(bytes) : await pageOf(mediaType, bytes)
  await drawMark(document, mark)
  document.setKeywords([mark.code])
  document.setProducer('Sunmao')
  return document.save({ updateFieldAppearances: false })
}

/** Longest side of a page that an image is laid on, in points: A4 upright. */
const longestSide = 842

/** By how much a page is turned for a picture that a camera held sideways took; mirrored ones stay as they are. */
const turns: Record<number, number> = { 3: 180, 6: 90, 8: 270 }

/** An image on a page of its own shape. */
async function pageOf(mediaType: 'image/png' | 'image/jpeg', bytes: Uint8Array): Promise<PDFDocument> {
  const document = await PDFDocument.create()
  const image = await (mediaType === 'image/png' ? document.embedPng(bytes) : document.embedJpg(bytes))
  const { width, height } = image.scale(longestSide / Math.max(image.width, image.height))
  const page = document.addPage([width, height])
  page.drawImage(image, { x: 0, y: 0, width, height })
  if (mediaType === 'image/jpeg') page.setRotation(degrees(turns[orientationOf(bytes)] ?? 0))
  return document
}

/** Actions that run something, and files within the file, which no mark would reach. */
const actions = new Set(['JavaScript', 'Launch', 'ImportData', 'Rendition'].map((name) => PDFName.of(name)))
const carriers = ['JavaScript', 'JS', 'EmbeddedFiles', 'EmbeddedFile', 'EF', 'RichMedia', 'XFA'].map((name) => PDFName.of(name))
const kinds = ['EmbeddedFile', 'RichMedia', 'FileAttachment', 'Movie'].map((name) => PDFName.of(name))

function isActive(document: PDFDocument): boolean {
  return document.context.enumerateIndirectObjects().some(([, object]) => acts(object))
}

/** Every dictionary of an object, however deep; references are objects of their own. */
function acts(object: PDFObject): boolean {
  const waiting: PDFObject[] = [object]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof PDFArray) waiting.push(...next.asArray())
    const dict = next instanceof PDFStream ? next.dict : next instanceof PDFDict ? next : null
    if (dict === null) continue
    if (carriers.some((name) => dict.has(name))) return true
    const [action, type, subtype] = ['S', 'Type', 'Subtype'].map((name) => dict.lookup(PDFName.of(name)))
    if (action instanceof PDFName && actions.has(action)) return true
    if ([type, subtype].some((name) => name instanceof PDFName && kinds.includes(name))) return true
    waiting.push(...dict.values())
  }
  return false
}
