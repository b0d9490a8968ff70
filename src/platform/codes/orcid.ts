import { checked, type IdentifierCheck, wrongDigits } from './identifier.ts'

/** Checks an ORCID (ISO 7064 MOD 11-2), with or without hyphens and the address of orcid.org. */
export function checkOrcid(text: string): IdentifierCheck {
  const digits = normaliseOrcid(text).replaceAll('-', '')
  if (digits.length !== 16) return checked({ code: 'wrong-length', facts: { expected: 16, found: digits.length } })
  const strange = digits.slice(0, 15).replace(/\d/g, '') + digits.slice(15).replace(/[\dX]/, '')
  if (strange) return checked({ code: 'wrong-characters', facts: { characters: strange } })
  return checked(...wrongDigits(digits, [{ position: 16, expected: orcidDigit(digits.slice(0, 15)) }]))
}

/** The form in which it is stored: `0000-0002-1825-0097`. */
export function normaliseOrcid(text: string): string {
  const digits = text
    .trim()
    .replace(/^(https?:\/\/)?(www\.)?orcid\.org\//i, '')
    .replace(/[\s-]/g, '')
    .toUpperCase()
  return digits.replace(/(.{4})(?=.)/g, '$1-')
}

function orcidDigit(first15: string): string {
  const total = [...first15].reduce((sum, digit) => (sum + Number(digit)) * 2, 0)
  const digit = (12 - (total % 11)) % 11
  return digit === 10 ? 'X' : String(digit)
}
