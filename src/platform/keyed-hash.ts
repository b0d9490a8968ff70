import { createHmac } from 'node:crypto'

/** The HMAC-SHA256 of a text in hex: whoever has not the key can neither make it nor find the text by trying all. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}
