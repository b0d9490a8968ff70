import { checked, type IdentifierCheck, wrongDigits } from './identifier.ts'

/** Checks a 统一社会信用代码 (GB 32100-2015): 18 characters, the 17th checks the organisation code, the 18th all before it. */
export function checkCreditCode(text: string): IdentifierCheck {
  const code = normaliseCreditCode(text)
  if (code.length !== 18) return checked({ code: 'wrong-length', facts: { expected: 18, found: code.length } })
  const strange = [...code].filter((character) => !alphabet.includes(character)).join('')
  if (strange) return checked({ code: 'wrong-characters', facts: { characters: strange } })
  return checked(
    ...wrongDigits(code, [
      { position: 17, expected: organisationDigit(code.slice(8, 16)) },
      { position: 18, expected: creditCodeDigit(code.slice(0, 17)) },
    ]),
  )
}

/** The form in which codes are stored and compared. */
export function normaliseCreditCode(text: string): string {
  return text.replace(/\s/g, '').toUpperCase()
}

/** No I, O, S, V, Z: they look like digits or like each other. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

function creditCodeDigit(first17: string): string {
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  return alphabet.charAt((31 - (weighted(first17, alphabet, weights) % 31)) % 31)
}

/** GB 11714, within characters 9 to 17. */
function organisationDigit(first8: string): string {
  const digit = 11 - (weighted(first8, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', [3, 7, 9, 10, 5, 8, 4, 2]) % 11)
  if (digit === 10) return 'X'
  return digit === 11 ? '0' : String(digit)
}

function weighted(text: string, values: string, weights: number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * values.indexOf(text.charAt(index)), 0)
}
