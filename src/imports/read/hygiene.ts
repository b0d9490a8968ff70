import { isStorable } from '../../platform/schema.ts'

export interface Cleaned {
  text: string
  /** What was changed, or found lost: `width`, `spaces`, `damaged`. */
  repairs: string[]
  isStorable: boolean
}

/** Full-width letters and digits, and Latin ligatures; Chinese punctuation stays as it was written. */
const wide = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFB00-\uFB06]+/g
const hardSpaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g
const invisible = /[\u200B\u2060\uFEFF]/g

/** Repairs what is certain in a text; what was lost in an earlier conversion is only marked. */
export function clean(original: string): Cleaned {
  const narrow = original.replace(wide, (run) => run.normalize('NFKC'))
  const spaced = narrow.replace(invisible, '').replace(hardSpaces, ' ')
  const repairs = [
    ...(narrow === original ? [] : ['width']),
    // Space at the ends is no damage.
    ...(spaced.trim() === narrow.trim() ? [] : ['spaces']),
    ...(original.includes('\uFFFD') ? ['damaged'] : []),
  ]
  return { text: spaced.trim(), repairs, isStorable: isStorable(original) }
}
