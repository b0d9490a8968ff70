import type { Locale } from '../../platform/i18n/words.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { randomDigits, sealed } from '../../platform/secrets.ts'
import { countTry, findAccount, findCode, insertCode, removeCode } from '../store.ts'
import { limited, type Trial, type Trier } from './attempts.ts'
import { secretOf } from './secret.ts'

export const codeLength = 6
const minutesValid = 5
const triesAllowed = 5

/** What was sent: `id` names it on the next page, so that no address holds a number. */
export interface SentCode {
  id: string
  phone: string
  code: string
}

/** What a code is good for: the message says so, and it is good for nothing else. */
export type CodePurpose = 'sign-in' | 'change-phone' | 'erasure'

/**
 * Sends a code to a number, known or not: the answer is the same. It takes the place of the one that the same browser asked for before;
 * what others ask for does not. 422 within a minute of the one before, 429 when too many were sent.
 */
export async function sendCode(
  ports: Ports,
  trier: Trier,
  {
    phone,
    locale,
    purpose = 'sign-in',
    inPlaceOf = null,
  }: { phone: string; locale: Locale; purpose?: CodePurpose; inPlaceOf?: string | null },
): Promise<SentCode> {
  const { database } = ports
  const now = ports.now()
  const code = randomDigits(codeLength)
  const row = {
    id: ports.newId('sign-in-code'),
    phone,
    code_hash: await sealed(secretOf(ports), `${purpose} ${phone} ${code}`),
    attempts: 0,
    sent_at: now,
    expires_at: new Date(Date.parse(now) + minutesValid * 60_000).toISOString(),
  }
  const send = async () => {
    await ports.messenger.send({ to: phone, kind: `${purpose}-code`, locale, facts: { code, minutes: minutesValid } })
    if (inPlaceOf !== null) await removeCode(database, inPlaceOf)
    await database.commit(insertCode(database, row))
    return { id: row.id, phone, code }
  }
  return limited(ports, await trialsOfSending(ports, trier, phone), send).catch((error) => {
    const { 'violated-policies': violated, retryAfterSeconds } = error instanceof Problem ? error.facts : {}
    if (!Array.isArray(violated) || violated[0] !== 'code-again') throw error
    throw new Problem('invalid-input', {
      errors: [{ pointer: '/phone', code: 'sent-just-now', facts: { seconds: Number(retryAfterSeconds) } }],
    })
  })
}

/** Whoever has signed in on this device by this number is not held up by what others ask for in his name. */
async function trialsOfSending(ports: Ports, trier: Trier, phone: string): Promise<Trial[]> {
  const account = trier.knownAccountId === null ? undefined : await findAccount(ports.database, { id: trier.knownAccountId })
  const isKnown = account?.phone === phone
  const place = isKnown ? `device ${account.id}` : (trier.address ?? 'nowhere')
  return [
    { name: 'code-again', of: `${place} ${phone}`, onSuccess: 'nothing' },
    ...(trier.address === null ? [] : ([{ name: 'code-address', of: trier.address, onSuccess: 'nothing' }] as const)),
    { name: isKnown ? 'code-device' : 'code-number', of: phone, onSuccess: 'nothing' },
    { name: 'code-market', of: 'all', onSuccess: 'nothing' },
  ]
}

/** Takes a code for good and says whose number it proves. 422 for a wrong one, of which there may be five; 429 for too many from one place. */
export async function takeCode(
  ports: Ports,
  { address }: Trier,
  { id, code, purpose = 'sign-in' }: { id: string; code: string; purpose?: CodePurpose },
): Promise<string> {
  const trials: Trial[] = address === null ? [] : [{ name: 'wrong-address', of: address, onSuccess: 'this' }]
  return limited(ports, trials, async () => {
    const sent = await countTry(ports.database, id, triesAllowed)
    if (sent === undefined) throw wrong((await findCode(ports.database, id)) ? 'too-many-tries' : 'code-expired')
    if (sent.expires_at <= ports.now()) throw wrong('code-expired')
    if (sent.code_hash !== (await sealed(secretOf(ports), `${purpose} ${sent.phone} ${code}`))) {
      throw wrong(sent.attempts >= triesAllowed ? 'too-many-tries' : 'wrong-code')
    }
    if (!(await removeCode(ports.database, id))) throw wrong('code-expired')
    return sent.phone
  })
}

const wrong = (code: string) => new Problem('invalid-input', { errors: [{ pointer: '/code', code }] })
