import { endings, type MediaType } from '../platform/files/inspect/media-type.ts'

/** In characters, with its ending. */
const longest = 120
/** What systems, shells and headers read otherwise than people do: separators, wildcards, quotes. */
const special = /["*/:;<>?\\|]/g
/** Characters that nobody sees, among them those that turn the direction of writing. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** Endings that say the same. */
const alike: Partial<Record<MediaType, RegExp>> = { 'image/jpeg': /\.(jpe?g|jfif)$/i }

/** The name of a file without its path and whatever could mislead a reader or a program; its ending says what the file is. */
export function cleanName(given: string, mediaType: MediaType): string {
  const plain = given
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replaceAll(unseen, '')
    .replaceAll(special, '_')
    .replaceAll(/\s+/g, ' ')
  const ending = `.${endings[mediaType]}`
  const isRight = alike[mediaType]?.test(plain) ?? plain.toLowerCase().endsWith(ending)
  const own = isRight ? plain.slice(plain.lastIndexOf('.')) : ending
  const stem = (isRight ? plain.slice(0, -own.length) : plain).replace(/^[\s.]+/, '')
  const short = Array.from(stem)
    .slice(0, longest - own.length)
    .join('')
    .replace(/[\s.]+$/, '')
  return (short === '' ? 'file' : devices.test(short) ? `_${short}` : short) + own
}
