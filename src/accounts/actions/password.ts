import type { Compilable } from 'kysely'
import type { Locale } from '../../platform/i18n/words.ts'
import { parseInput } from '../../platform/input.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { addressOf, type Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { type Account, Email, type Session } from '../account.ts'
import { type Link, linkMinutes } from '../link.ts'
import { isWeak, passwordLength } from '../password.ts'
import { latestLink } from '../store/link.ts'
import { findAccount, removeSessions } from '../store.ts'
import { limited, type Trial, type Trier, trialsOfOwnPassword } from './attempts.ts'
import type { Auth } from './auth.ts'
import { next } from './factor.ts'
import { drawLink, linkUsed, readLink } from './link.ts'

const freshMinutes = 10
const minutesBetween = 5

/**
 * Whether somebody has shown in this session who he is so lately that he need not do so again. A password by which one signs in is asked
 * for in any case: whoever has forgotten it has the link to its address.
 */
export function isFresh({ now }: Pick<Ports, 'now'>, { account, signedInAt }: Session): boolean {
  if (account.hasPassword && account.email !== null) return false
  return signedInAt !== null && Date.parse(now()) - Date.parse(signedInAt) <= freshMinutes * 60_000
}

/** Whether it is the account's password. */
export async function isPasswordOf(auth: Auth, { id }: Account, password: string): Promise<boolean> {
  const { internalAdapter, password: hashing } = await auth.$context
  const known = (await internalAdapter.findAccounts(id)).find(({ providerId }) => providerId === 'credential')
  return known?.password ? hashing.verify({ hash: known.password, password }) : false
}

/** Refuses (422) whoever brings neither a session that began just now nor the present password; 429 for too many guesses. */
export async function refuseStranger(ports: Ports, auth: Auth, session: Session, current: string): Promise<void> {
  const { account } = session
  if (isFresh(ports, session)) return
  if (!account.hasPassword || current === '') throw fault('/current', 'sign-in-again')
  await limited(ports, trialsOfOwnPassword(account.id), async () => {
    if (!(await isPasswordOf(auth, account, current))) throw fault('/current', 'wrong-current-password')
  })
}

/**
 * Sets the password of an account; every other session ends. Another e-mail address counts once a link that is sent there was opened: until
 * then it is nobody's. Gives the address that the link went to, or null. Refuses (503, 502) where the link cannot be sent.
 */
export async function setPassword(
  ports: Ports,
  auth: Auth,
  session: Session,
  wanted: { email: string; password: string; current: string },
  { headers, locale }: { headers: Headers; locale: Locale },
): Promise<{ pending: string | null }> {
  const { account } = session
  const { email, password } = parseInput(EmailAndPassword, { email: wanted.email, password: wanted.password })
  refuseWeak(password, [email, account.phone?.slice(3) ?? ''])
  await refuseStranger(ports, auth, session, wanted.current)
  // The letter goes first: where it cannot be sent, nothing has changed.
  const pending = email === account.email ? null : email
  if (pending !== null) await sendEmailLink(ports, account, pending, locale)
  await storePassword(auth, account, password)
  await ports.database.commit(...next(ports, account, 'account.password-set'))
  await auth.api.revokeOtherSessions({ headers })
  return { pending }
}

async function sendEmailLink(ports: Ports, account: Account, email: string, locale: Locale): Promise<void> {
  const { secret, statements } = await drawLink(ports, about('verify-email', account, email))
  await ports.database.commit(...statements)
  const facts = { hours: linkMinutes['verify-email'] / 60, link: addressOf(ports, `/email-verification/${secret}`) }
  await ports.messenger.send({ to: email, kind: 'verify-email', locale, facts })
}

/** The account and the address that a link would join. */
export async function openEmailLink(ports: Ports, secret: string): Promise<{ link: Link; account: Account; email: string }> {
  const link = await readLink(ports, 'verify-email', secret)
  const account = await findAccount(ports.database, { id: link.objectId })
  if (account === undefined || link.contact === null) throw new Problem('link-gone')
  return { link, account, email: link.contact }
}

/** From now on the address is the account's, to sign in with and to reset the password by. 422 where another account was faster. */
export async function verifyEmail(ports: Ports, secret: string): Promise<void> {
  const { link, account, email } = await openEmailLink(ports, secret)
  const isTaken = async () => {
    const other = await findAccount(ports.database, { email })
    return other !== undefined && other.id !== account.id
  }
  if (await isTaken()) throw fault('/email', 'email-taken')
  const changes = { email, email_verified: 1 }
  try {
    await ports.database.commit(
      ...next(ports, account, 'account.email-verified', changes),
      ...linkUsed(ports, link, account.id, { answer: null, note: null }),
    )
  } catch (error) {
    if (await isTaken()) throw fault('/email', 'email-taken')
    throw error
  }
}

/** Asks for a link to set a new password. Whether the address is known here is told by nothing, the time that it takes neither: a job sends it. */
export async function askForReset(ports: Ports, { address }: Trier, written: string, locale: Locale): Promise<void> {
  const { email } = parseInput(z.object({ email: Email }), { email: written })
  const trials: Trial[] = address === null ? [] : [{ name: 'code-address', of: address, onSuccess: 'nothing' }]
  await limited(ports, trials, async () => {
    const account = await findAccount(ports.database, { email })
    const payload = { accountId: account?.email === email ? account.id : null, locale }
    await ports.database.commit(enqueue(ports, { kind: 'accounts.send-reset', payload, runAt: ports.now() }))
  })
}

const ResetJob = z.object({ accountId: z.string().nullable(), locale: z.enum(['zh-CN', 'en']) })

/** The job that sends it; to the same account once in five minutes, whoever asks. */
export async function sendReset(ports: Ports, payload: Record<string, unknown>): Promise<void> {
  const { accountId, locale } = ResetJob.parse(payload)
  const account = accountId === null ? undefined : await findAccount(ports.database, { id: accountId })
  if (account === undefined || account.email === null) return
  const before = await latestLink(ports.database, 'reset-password', account.id)
  if (before !== undefined && Date.parse(ports.now()) - Date.parse(before.createdAt) < minutesBetween * 60_000) return
  const { secret, statements } = await drawLink(ports, about('reset-password', account, account.email))
  await ports.database.commit(...statements)
  const facts = { minutes: linkMinutes['reset-password'], link: addressOf(ports, `/password-reset/${secret}`) }
  await ports.messenger.send({ to: account.email, kind: 'reset-password', locale, facts })
}

/** 410 for a link that is worth nothing, or is about an address that the account has given up. */
export async function openReset(ports: Ports, secret: string): Promise<{ link: Link; account: Account }> {
  const link = await readLink(ports, 'reset-password', secret)
  const account = await findAccount(ports.database, { id: link.objectId })
  if (account === undefined || account.email !== link.contact) throw new Problem('link-gone')
  return { link, account }
}

/** Sets a new password and ends every session: whoever had the old one is out. A second factor is still asked for. */
export async function resetPassword(ports: Ports, auth: Auth, secret: string, wanted: string): Promise<void> {
  const { link, account } = await openReset(ports, secret)
  const { password } = parseInput(EmailAndPassword.pick({ password: true }), { password: wanted })
  refuseWeak(password, [account.email ?? '', account.phone?.slice(3) ?? ''])
  const used: Compilable[] = linkUsed(ports, link, account.id, { answer: null, note: null })
  await ports.database.commit(...used, ...next(ports, account, 'account.password-reset'), removeSessions(ports.database, account.id, null))
  await storePassword(auth, account, password)
}

async function storePassword(auth: Auth, { id, hasPassword }: Account, password: string): Promise<void> {
  const { internalAdapter, password: hashing } = await auth.$context
  const hash = await hashing.hash(password)
  if (hasPassword) await internalAdapter.updatePassword(id, hash)
  else await internalAdapter.linkAccount({ userId: id, providerId: 'credential', accountId: id, password: hash })
}

function refuseWeak(password: string, known: readonly string[]): void {
  if (isWeak(password, known)) throw fault('/password', 'weak-password')
}

const about = (purpose: 'verify-email' | 'reset-password', { id }: Account, contact: string) => ({
  purpose,
  objectId: id,
  actorId: id,
  contact,
})
const EmailAndPassword = z.object({ email: Email, password: z.string().min(passwordLength.minimum).max(passwordLength.maximum) })
const fault = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })
