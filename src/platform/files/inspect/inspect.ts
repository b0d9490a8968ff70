import { hasAt, lastOf, latin } from './bytes.ts'
import { cleanJpeg, isJpeg } from './jpeg.ts'
import type { MediaType } from './media-type.ts'
import { officeTypeOf } from './office.ts'
import { textTypeOf } from './plain-text.ts'
import { cleanPng, isPng } from './png.ts'
import { refusal } from './refusal.ts'
import { hasZipTail, isZip } from './zip.ts'

/** A file as it is kept: a picture has lost what it says of camera, place and owner. */
export interface InspectedFile {
  mediaType: MediaType
  bytes: Uint8Array<ArrayBuffer>
}

const pdfMark = latin('%PDF-')
const pdfEnd = latin('%%EOF')
/** Readers of PDF look for its beginning this far into a file. */
const farthestPdf = 1024

/**
 * What a file is, by its bytes; its name only tells a table from another text. Refuses (422) what is not on the list, is damaged, or is
 * two things at once. What a PDF holds is for the stamper to say.
 */
export async function inspectFile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<InspectedFile> {
  if (bytes.length === 0) throw refusal('file-empty')
  if (isPng(bytes)) return { mediaType: 'image/png', bytes: await cleanPng(bytes) }
  if (isJpeg(bytes)) return { mediaType: 'image/jpeg', bytes: cleanJpeg(bytes) }
  if (hasAt(bytes, 0, pdfMark)) {
    refuseDoublePdf(bytes)
    return { mediaType: 'application/pdf', bytes }
  }
  if (lastOf(bytes.subarray(0, farthestPdf), pdfMark) !== -1) throw refusal('file-double')
  if (isZip(bytes)) return { mediaType: await officeTypeOf(bytes), bytes }
  if (hasZipTail(bytes)) throw refusal('file-double')
  return { mediaType: textTypeOf(bytes, name), bytes }
}

/** A PDF ends where it says so, and is no zip file for whoever reads from the end. */
function refuseDoublePdf(bytes: Uint8Array): void {
  const end = lastOf(bytes, pdfEnd)
  if (end === -1) throw refusal('file-damaged')
  const isBlank = (byte: number) => byte <= 0x20
  if (hasZipTail(bytes) || !bytes.subarray(end + pdfEnd.length).every(isBlank)) throw refusal('file-double')
}
