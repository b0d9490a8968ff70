import { inspectFile } from '../../platform/files/inspect/inspect.ts'
import { entriesOfZip, isZip, type ZipEntry } from '../../platform/files/inspect/zip.ts'
import { Problem } from '../../platform/problem.ts'
import type { Grid, Source } from '../grid.ts'
import { isOwnGrid } from '../layout/kind.ts'
import { gridsOfDocument } from './docx.ts'
import { decodeText, gridOfText } from './text.ts'
import { gridsOfWorkbook } from './xlsx.ts'

/** What is kept of a file: a row of D1 holds two megabytes. */
const bytesAtMost = 1_400_000
/** Read whole into memory, and far more than a table of five hundred lines. */
const fileAtMost = 10_000_000
/** All that is XML in it, unpacked: pictures are not read. It is read in the server's own thread. */
const unpackedAtMost = 4_000_000

const [document, workbook] = ['wordprocessingml.document', 'spreadsheetml.sheet']

/** What stands in a table or a form, by what the file is and not by what it is called. 413, 415, 422. */
export async function sourceOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Source> {
  if (bytes.length > fileAtMost) throw new Problem('too-large', { bytes: bytes.length, limit: fileAtMost })
  const source = isZip(bytes) ? await office(bytes, name) : asText(bytes)
  const size = new TextEncoder().encode(JSON.stringify(source)).length
  if (size > bytesAtMost) throw new Problem('too-large', { bytes: size, limit: bytesAtMost })
  return source
}

async function office(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Source> {
  const { mediaType } = await inspectFile(bytes, name)
  const entries = await entriesOfZip(bytes)
  const unpacked = entries.reduce((sum, { name, size }) => (/\.(xml|rels)$/i.test(name) ? sum + size : sum), 0)
  if (unpacked > unpackedAtMost) throw new Problem('too-large', { bytes: unpacked, limit: unpackedAtMost })
  if (mediaType.endsWith(workbook)) return { format: 'xlsx', encoding: 'utf-8', grids: await gridsOfWorkbook(bytes) }
  if (mediaType.endsWith(document)) return { format: 'docx', encoding: 'utf-8', grids: await gridsOfWord(entries) }
  throw unsupported(mediaType)
}

async function gridsOfWord(entries: readonly ZipEntry[]): Promise<Grid[]> {
  const part = entries.find(({ name }) => /^word\/document\w*\.xml$/.test(name))
  if (part === undefined) throw unreadable()
  return gridsOfDocument(new TextDecoder().decode(await part.content()), isOwnGrid)
}

function asText(bytes: Uint8Array): Source {
  if (bytes.length > bytesAtMost) throw new Problem('too-large', { bytes: bytes.length, limit: bytesAtMost })
  if (bytes.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'file-empty' }] })
  const decoded = decodeText(bytes)
  // Other documents are bytes that may be read as text, too.
  if (decoded === undefined || /^(?:%PDF-|\{\\rtf|\s*<)/.test(decoded.text)) throw unsupported('application/octet-stream')
  try {
    return { format: 'csv', encoding: decoded.encoding, grids: [gridOfText(decoded.text)] }
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(error)
  }
}

const unsupported = (given: string) => new Problem('unsupported-media-type', { accepted: '.xlsx, .csv, .docx', given })
const unreadable = (cause?: unknown) =>
  new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] }, cause === undefined ? {} : { cause })
