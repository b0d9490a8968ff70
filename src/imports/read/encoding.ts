import { Problem } from '../../platform/problem.ts'

/** The text of a file: UTF-8 with or without a mark, UTF-16 with one (Excel's Unicode text), else GBK. 422 if it is none of them. */
export function decode(bytes: Uint8Array): { text: string; encoding: string } {
  const marked = marks.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))
  const candidates = marked ? [marked.encoding] : ['utf-8', 'gb18030']
  for (const encoding of candidates) {
    const text = decoded(bytes, encoding)
    if (text !== undefined) return { text, encoding }
  }
  throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'unreadable-file' }] })
}

/** An xlsx file is a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

const marks = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
]

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
