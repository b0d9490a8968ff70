import { Phone } from '../../accounts/account.ts'
import { keyedHash } from '../../platform/keyed-hash.ts'

/** By what a person is known again: numbers and addresses, as nobody can read them. */
export interface Marks {
  keyId: string | null
  /** Whether one of these is the person's. */
  has(contact: { phone: string | null; email: string | null }): boolean
  values: string[]
}

/** The marks of a number and an address; without the market's secret they are good for now and are not kept. */
export function marksOf(secret: string | null, { phone, email }: { phone: string | null; email: string | null }): Marks {
  const key = secret ?? 'for this moment alone'
  const values = written(key, { phone, email })
  return { ...knownBy(key, values), keyId: secret === null ? null : keyIdOf(secret), values: secret === null ? [] : values }
}

/** Marks that were kept. Those of another secret nobody can be known by. */
export function keptMarks(
  secret: string | null,
  { keyId, marks }: { keyId: string | null; marks: readonly string[] },
): Marks & { isOfOtherKey: boolean } {
  const isOurs = secret !== null && keyId === keyIdOf(secret)
  return { ...knownBy(secret ?? '', isOurs ? marks : []), keyId, values: [...marks], isOfOtherKey: !isOurs }
}

function knownBy(key: string, values: readonly string[]): Pick<Marks, 'has'> {
  const known = new Set(values)
  return { has: (contact) => known.size > 0 && written(key, contact).some((mark) => known.has(mark)) }
}

const keyIdOf = (secret: string) => keyedHash(secret, 'marks of persons').slice(0, 16)

function written(key: string, { phone, email }: { phone: string | null; email: string | null }): string[] {
  const of = (kind: string, value: string | null) => (value === null || value === '' ? [] : [keyedHash(key, `${kind} ${value}`)])
  return [...of('phone', phone && sameNumber(phone)), ...of('email', email && sameAddress(email))]
}

/** One form of a number however it is written; of a number that is no mobile one its digits. */
function sameNumber(phone: string): string {
  const mobile = Phone.safeParse(phone)
  return mobile.success ? mobile.data : phone.normalize('NFKC').replaceAll(/\D/g, '')
}

const sameAddress = (email: string) => email.normalize('NFKC').trim().toLowerCase()
