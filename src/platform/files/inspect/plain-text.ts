import { refusal } from './refusal.ts'

/** What a browser, a shell or a program would take for its own. */
const otherwise = /^\s*(<[!?a-z]|#!|%!|\{\\rtf)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text holds
const control = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/

/** Text that people read, in UTF-8 or GBK; a table where its name says so. */
export function textTypeOf(bytes: Uint8Array, name: string): 'text/csv' | 'text/plain' {
  const text = textIn(bytes)
  if (text === undefined || control.test(text) || otherwise.test(text)) throw refusal('file-type')
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain'
}

/** As UTF-8 or else GBK; undefined for what is neither. */
export const textIn = (bytes: Uint8Array): string | undefined => decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030')

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
