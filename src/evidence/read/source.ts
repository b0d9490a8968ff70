import { decode, isZip } from '../../imports/read/encoding.ts'
import { Problem } from '../../platform/problem.ts'
import { worksOfBibtex } from './entries.ts'
import { worksOfTable } from './table.ts'
import type { WrittenWork } from './values.ts'

export type WorksFormat = 'bibtex' | 'csv'

/** A file may be so large, and tell of so many works: they are registered in one commit. */
export const bytesAtMost = 1_000_000
export const worksAtMost = 300

/** The text of a file, by its bytes: UTF-8, UTF-16 or GBK. 413, 415 for a workbook or an archive, 422 for what is no text. */
export function textOfFile(bytes: Uint8Array): string {
  refuseLarge(bytes.length)
  if (isZip(bytes)) throw new Problem('unsupported-media-type', { accepted: '.bib, .csv' })
  return decode(bytes).text
}

/** The works of a BibTeX file or a table, whichever the text is. 413, 422 where there are none. */
export function readWorks(text: string): { format: WorksFormat; works: WrittenWork[] } {
  refuseLarge(new TextEncoder().encode(text).length)
  const format = /^[ \t\uFEFF]{0,40}@[ \t]{0,9}[a-z]{1,30}[ \t]{0,9}[{(]/im.test(text) ? 'bibtex' : 'csv'
  const works = format === 'bibtex' ? worksOfBibtex(text) : worksOfTable(text)
  if (works.length > worksAtMost) throw new Problem('too-large', { works: works.length, limit: worksAtMost })
  if (works.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'no-works-found' }] })
  return { format, works }
}

function refuseLarge(bytes: number): void {
  if (bytes > bytesAtMost) throw new Problem('too-large', { bytes, limit: bytesAtMost })
}
