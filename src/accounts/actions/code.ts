import type { Locale } from '../../platform/i18n/words.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { randomDigits, sealed } from '../../platform/secrets.ts'
import { countTry, findCode, removeCode, replaceCode } from '../store.ts'

export const codeLength = 6
const minutesValid = 5
const triesAllowed = 5
const secondsBetween = 60

/** What was sent: `id` names it on the next page, so that no address holds a number. */
export interface SentCode {
  id: string
  phone: string
  code: string
}

/** What a code is good for: the message says so, and it is good for nothing else. */
export type CodePurpose = 'sign-in' | 'change-phone'

/** Sends a code to a number, known or not: the answer is the same. 422 within a minute of the one before. */
export async function sendCode(ports: Ports, phone: string, locale: Locale, purpose: CodePurpose = 'sign-in'): Promise<SentCode> {
  const now = ports.now()
  const code = randomDigits(codeLength)
  const row = {
    id: ports.newId('sign-in-code'),
    phone,
    code_hash: await sealed(secretOf(ports), `${purpose} ${phone} ${code}`),
    attempts: 0,
    sent_at: now,
    expires_at: later(now, minutesValid * 60),
  }
  const earlier = await replaceCode(ports.database, row, later(now, -secondsBetween))
  if (earlier !== null) {
    const seconds = Math.ceil((Date.parse(earlier) - Date.parse(now)) / 1000) + secondsBetween
    throw new Problem('invalid-input', { errors: [{ pointer: '/phone', code: 'sent-just-now', facts: { seconds } }] })
  }
  await ports.messenger.send({ to: phone, kind: `${purpose}-code`, locale, facts: { code, minutes: minutesValid } })
  return { id: row.id, phone, code }
}

/** Takes a code for good and says whose number it proves. 422 for a wrong one, of which there may be five. */
export async function takeCode(ports: Ports, id: string, code: string, purpose: CodePurpose = 'sign-in'): Promise<string> {
  const sent = await countTry(ports.database, id, triesAllowed)
  if (sent === undefined) throw wrong((await findCode(ports.database, id)) ? 'too-many-tries' : 'code-expired')
  if (sent.expires_at <= ports.now()) throw wrong('code-expired')
  if (sent.code_hash !== (await sealed(secretOf(ports), `${purpose} ${sent.phone} ${code}`))) {
    throw wrong(sent.attempts >= triesAllowed ? 'too-many-tries' : 'wrong-code')
  }
  if (!(await removeCode(ports.database, id))) throw wrong('code-expired')
  return sent.phone
}

/** Where no secret is set nobody signs in: what would seal his cookie is missing. */
export function secretOf({ secret }: Pick<Ports, 'secret'>): string {
  if (secret === null) throw new Problem('not-ready', { missing: ['secret'] })
  return secret
}

const wrong = (code: string) => new Problem('invalid-input', { errors: [{ pointer: '/code', code }] })
const later = (instant: string, seconds: number) => new Date(Date.parse(instant) + seconds * 1000).toISOString()
