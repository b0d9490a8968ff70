import { refuseBomb } from '../../imports/read/zip.ts'
import { inspectFile } from '../../platform/files/inspect/inspect.ts'
import { textTypeOf } from '../../platform/files/inspect/plain-text.ts'
import { entriesOfZip } from '../../platform/files/inspect/zip.ts'
import { Problem } from '../../platform/problem.ts'
import type { Grid, Source } from '../grid.ts'
import { gridsOfDocument } from './docx.ts'
import { holdsNeeds } from './grids.ts'
import { decodeText, gridOfText } from './text.ts'
import { gridsOfWorkbook } from './xlsx.ts'

/** Scanned seals and photographs of a form included. */
const bytesAtMost = 20_000_000
/** A source is kept as one text; databases at the edge take no longer ones. */
const sourceAtMost = 1_400_000
const textAtMost = 4_000_000
const documentAtMost = 40_000_000

/** The texts of a workbook, a table in text or a Word document, by what its bytes are. 413, 415, 422. */
export async function sourceOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Source> {
  if (bytes.length > bytesAtMost) throw new Problem('too-large', { bytes: bytes.length, limit: bytesAtMost })
  const source = await readers[await formatOf(bytes, name)](bytes)
  const size = new TextEncoder().encode(JSON.stringify(source)).length
  if (size > sourceAtMost) throw new Problem('too-large', { bytes: size, limit: sourceAtMost })
  return source
}

const readers: Record<Source['format'], (bytes: Uint8Array<ArrayBuffer>) => Promise<Source>> = {
  async xlsx(bytes) {
    refuseBomb(bytes)
    return { format: 'xlsx', encoding: 'utf-8', grids: await gridsOfWorkbook(bytes) }
  },
  async docx(bytes) {
    refuseBomb(bytes)
    const main = (await entriesOfZip(bytes)).find(({ name }) => /^word\/document\w*\.xml$/.test(name))
    if (main === undefined) throw unreadable()
    if (main.size > documentAtMost) throw new Problem('too-large', { bytes: main.size, limit: documentAtMost })
    const xml = new TextDecoder().decode(await main.content())
    return { format: 'docx', encoding: 'utf-8', grids: gridsOfDocument(xml, holdsNeeds) }
  },
  async csv(bytes) {
    if (bytes.length > textAtMost) throw new Problem('too-large', { bytes: bytes.length, limit: textAtMost })
    const read = decodeText(bytes)
    if (read === undefined) throw unreadable()
    return { format: 'csv', encoding: read.encoding, grids: [gridOf(read.text)] }
  },
}

function gridOf(text: string): Grid {
  try {
    return gridOfText(text)
  } catch (error) {
    // Whatever the parser stumbles over is in the file.
    throw unreadable(error)
  }
}

const formats: Record<string, Source['format']> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/csv': 'csv',
  'text/plain': 'csv',
}

async function formatOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Source['format']> {
  const mediaType = await mediaTypeOf(bytes, name)
  const format = formats[mediaType]
  if (format === undefined) throw unsupported()
  return format
}

async function mediaTypeOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  try {
    return (await inspectFile(bytes, name)).mediaType
  } catch (error) {
    const code = error instanceof Problem ? error.facts.errors?.[0]?.code : undefined
    if (code === 'file-damaged' || code === 'file-double') throw unreadable(error)
    if (code !== 'file-type') throw error
    if (isWideText(bytes, name)) return 'text/csv'
    throw unsupported()
  }
}

/** The inspection knows no UTF-16, which Excel calls Unicode text. */
function isWideText(bytes: Uint8Array, name: string): boolean {
  const read = decodeText(bytes)
  if (!read?.encoding.startsWith('utf-16')) return false
  try {
    textTypeOf(new TextEncoder().encode(read.text), name)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

const unsupported = () => new Problem('unsupported-media-type', { accepted: '.xlsx, .csv, .docx' })
const unreadable = (cause?: unknown) =>
  new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] }, cause === undefined ? {} : { cause })
