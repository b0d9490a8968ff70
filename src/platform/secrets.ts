/** A secret that nobody can guess: 160 random bits under a prefix that names its kind. */
export function randomSecret(prefix: string): string {
  return `${prefix}_${hex(crypto.getRandomValues(new Uint8Array(20)))}`
}

/** A text in which our own secrets cannot be read: what is kept or logged may hold the address of a link, or an answer that shows a key. */
export const withoutSecrets = (text: string): string => text.replaceAll(/\b(sm[a-z])_[0-9a-f]{40}\b/g, '$1_…')

/** So many decimal digits, each as likely as the others. */
export function randomDigits(count: number): string {
  const digits: number[] = []
  while (digits.length < count) {
    // 250 is the greatest multiple of ten within a byte: above it the low digits would come up more often.
    digits.push(...Array.from(crypto.getRandomValues(new Uint8Array(count))).filter((byte) => byte < 250))
  }
  return digits
    .slice(0, count)
    .map((byte) => byte % 10)
    .join('')
}

/** For secrets with enough chance in them, because nobody finds the secret from it; and for files. */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** For short codes, which whoever had only their hash could find by trying them all. */
export async function sealed(key: string, code: string): Promise<string> {
  const bytes = new TextEncoder()
  const imported = await crypto.subtle.importKey('raw', bytes.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes.encode(code))))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
