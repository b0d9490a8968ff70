import type { MediaType } from './media-type.ts'
import { textIn } from './plain-text.ts'
import { entriesOfZip } from './zip.ts'

/** What can be read in a file, and whether that is all it says: of a PDF only what stands in it unpacked is read, of a picture nothing. */
export interface FileText {
  text: string
  isWhole: boolean
}

/** The text of a file that was inspected when it came in. What has been damaged since reads as empty. */
export async function textOfFile({ mediaType, bytes }: { mediaType: MediaType; bytes: Uint8Array<ArrayBuffer> }): Promise<FileText> {
  if (mediaType.startsWith('text/')) return { text: textIn(bytes) ?? '', isWhole: true }
  if (mediaType.includes('officedocument')) return textOfOffice(bytes).catch(() => ({ text: '', isWhole: false }))
  return { text: mediaType === 'application/pdf' ? textOfPdf(bytes) : '', isWhole: false }
}

/** Its title and authors, for instance: written as bytes, from an even one or an odd one, or as their hexadecimal digits. */
function textOfPdf(bytes: Uint8Array): string {
  const wide = new TextDecoder('utf-16be')
  const plain = new TextDecoder().decode(bytes)
  const digits = [...plain.matchAll(/<feff([\da-f]+)>/gi)].map(([, written]) => wide.decode(bytesOf(written!)))
  return [plain, wide.decode(bytes), wide.decode(bytes.subarray(1)), ...digits].join('\n')
}

/** All that stands between tags, without a gap: a program may begin a new piece within a word. */
async function textOfOffice(bytes: Uint8Array<ArrayBuffer>): Promise<FileText> {
  const parts = (await entriesOfZip(bytes)).filter(({ name }) => /\.(xml|rels)$/.test(name))
  let text = ''
  for (const part of parts) text += `${unescaped(new TextDecoder().decode(await part.content()).replaceAll(/<[^>]*>/g, ''))}\n`
  return { text, isWhole: true }
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(xml: string): string {
  return xml.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
