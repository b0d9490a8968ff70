import type { Compilable } from 'kysely'
import { parseInput } from '../../platform/input.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import type { Account, Session } from '../account.ts'
import { isWeak, passwordLength } from '../password.ts'
import { findAccount, removeSessionOfToken, updateAccount, updateSessionOfToken } from '../store.ts'
import { isFirstUse, limited, seen, type Trial, type Trier } from './attempts.ts'
import type { Auth } from './auth.ts'
import { beginSession, type WithCookies } from './session.ts'

/** What an authenticator app is given, shown this once: the key, its address, and codes for the day the phone is lost. */
export interface SecondFactor {
  uri: string
  key: string
  recoveryCodes: string[]
}

/** Makes a second factor, which counts once a code of it has been shown. Whoever has a password brings it. 409 where there is one already. */
export async function drawSecondFactor(
  ports: Ports,
  auth: Auth,
  { account }: Session,
  { password, headers }: { password: string; headers: Headers },
): Promise<SecondFactor> {
  if (account.hasSecondFactor) throw new Problem('already-exists')
  const body = account.email === null ? {} : { password }
  const drawn = await limited(ports, trialsOfFactor(account), () =>
    refusedAs('/password', 'wrong-password', () => auth.api.enableTwoFactor({ headers, body })),
  )
  if (drawn.method !== 'totp') throw new Error('The library drew another kind of second factor')
  const url = new URL(drawn.totpURI)
  // The library writes the account's address, which may be one that we made up.
  url.pathname = `${url.pathname.split(':', 1)[0]}:${account.phone ?? account.email ?? account.id}`
  return { uri: url.href, key: url.searchParams.get('secret') ?? '', recoveryCodes: drawn.backupCodes }
}

/** An authenticator's code is good for half a minute, and the library takes the one before and the one after as well. */
const codeSeconds = 90

/**
 * Shows a code of the app, or one of the recovery codes; each counts once. Without a session it is the second half of signing in by
 * password; with one it begins a new one, so that whoever had the cookie of the old one has gained nothing. 422 for a wrong code, 429
 * after five within a quarter of an hour.
 */
export async function showSecondFactor(
  ports: Ports,
  auth: Auth,
  trier: Trier,
  session: Session | null,
  { code, isRecovery, headers }: { code: string; isRecovery: boolean; headers: Headers },
): Promise<WithCookies<{ accountId: string }>> {
  const show = async () => {
    const request = { headers, body: { code }, returnHeaders: true } as const
    const { headers: answered, response } = await refusedAs('/code', 'wrong-code', async () =>
      isRecovery ? auth.api.verifyBackupCode(request) : auth.api.verifyTOTP(request),
    )
    const cookies = answered.getSetCookie()
    // Setting it up has made the session a new one, of which the answer does not tell.
    const shown = { accountId: response.user.id, cookies, token: tokenIn(cookies) ?? response.token }
    if (!isRecovery && !(await isFirstUse(ports, `second-factor ${shown.accountId} ${code}`, codeSeconds))) {
      if (session === null && shown.token) await ports.database.commit(removeSessionOfToken(ports.database, shown.token))
      throw fault('/code', 'wrong-code')
    }
    return shown
  }
  const { accountId, cookies, token } = await seen(ports, trier, 'second-factor', async () =>
    session === null ? show() : limited(ports, trialsOfFactor(session.account), show),
  )
  const at = ports.now()
  if (session?.account.hasSecondFactor) {
    await ports.database.commit(removeSessionOfToken(ports.database, token!))
    return { result: { accountId }, cookies: await beginSession(auth, session.account, headers, at) }
  }
  const first = session === null ? [] : next(ports, session.account, 'account.second-factor-set-up')
  if (token) await ports.database.commit(updateSessionOfToken(ports.database, token, at), ...first)
  return { result: { accountId }, cookies }
}

const trialsOfFactor = ({ id }: Account): Trial[] => [{ name: 'second-factor', of: id, onSuccess: 'everything' }]

/**
 * Gives an account an e-mail address and a password to sign in with, in place of those it had, which whoever changes them has to bring;
 * every other session ends.
 */
export async function setPassword(
  ports: Ports,
  auth: Auth,
  { account }: Session,
  { current, ...wanted }: { email: string; password: string; current: string },
  headers: Headers,
): Promise<void> {
  const { database } = ports
  const { email, password } = parseInput(EmailAndPassword, wanted)
  if (isWeak(password, [email, account.phone?.slice(3) ?? ''])) throw fault('/password', 'weak-password')
  const other = await findAccount(database, { email })
  if (other !== undefined && other.id !== account.id) throw fault('/email', 'email-taken')
  const { internalAdapter, password: hashing } = await auth.$context
  const hash = await hashing.hash(password)
  const known = (await internalAdapter.findAccounts(account.id)).find(({ providerId }) => providerId === 'credential')
  await limited(ports, [{ name: 'second-factor', of: `password of ${account.id}`, onSuccess: 'everything' }], async () => {
    const isRight = !known?.password || (await hashing.verify({ hash: known.password, password: current }))
    if (!isRight) throw fault('/current', 'wrong-current-password')
  })
  if (known) await internalAdapter.updatePassword(account.id, hash)
  else await internalAdapter.linkAccount({ userId: account.id, providerId: 'credential', accountId: account.id, password: hash })
  await database.commit(...next(ports, account, 'account.password-set', { email }))
  await auth.api.revokeOtherSessions({ headers })
}

/**
 * Begins a session for whoever has the password. Whoever has a second factor too is asked for it next: then there is no session yet.
 * Guesses count by place and account together; those of all places count too, but not for a device that is known.
 */
export async function signInByPassword(
  ports: Ports,
  auth: Auth,
  trier: Trier,
  { email, password, headers }: { email: string; password: string; headers: Headers },
): Promise<WithCookies<{ accountId: string } | 'second-factor'>> {
  const given = parseInput(z.object({ email: Email, password: z.string().min(1).max(passwordLength.maximum) }), { email, password })
  const trials = await trialsOfPassword(ports, trier, given.email)
  const answer = await seen(ports, trier, 'password', () =>
    limited(ports, trials, () =>
      refusedAs('/password', 'wrong-password', () => auth.api.signInEmail({ body: given, headers, returnHeaders: true })),
    ),
  )
  const { response } = answer
  const result = 'twoFactorRedirect' in response ? 'second-factor' : { accountId: response.user.id }
  return { result, cookies: answer.headers.getSetCookie() }
}

async function trialsOfPassword(ports: Ports, { address, knownAccountId }: Trier, email: string): Promise<Trial[]> {
  const account = await findAccount(ports.database, { email })
  const isKnown = account !== undefined && account.id === knownAccountId
  return [
    ...(address === null ? [] : ([{ name: 'wrong-address', of: address, onSuccess: 'this' }] as const)),
    { name: 'password-pair', of: `${isKnown ? `device ${account.id}` : (address ?? 'nowhere')} ${email}`, onSuccess: 'everything' },
    ...(isKnown ? [] : ([{ name: 'password-account', of: email, onSuccess: 'this' }] as const)),
  ]
}

const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .refine((address) => z.email().safeParse(address).success, { error: 'not-an-email', params: { code: 'not-an-email' } })
const EmailAndPassword = z.object({ email: Email, password: z.string().min(passwordLength.minimum).max(passwordLength.maximum) })

function tokenIn(cookies: readonly string[]): string | undefined {
  const value = cookies.map((cookie) => /sunmao\.session_token=([^;]+)/.exec(cookie)?.[1]).find((found) => found !== undefined)
  return value === undefined ? undefined : decodeURIComponent(value).split('.')[0]
}

const fault = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })

/** What the library refuses is a fault of one field; anything else it throws is a bug. */
async function refusedAs<Result>(pointer: string, code: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 429) throw new Problem('too-many-requests', {}, { cause: error })
    if (status >= 400 && status < 500) throw new Problem('invalid-input', { errors: [{ pointer, code }] }, { cause: error })
    throw error
  }
}

/** The account's next version with its journal entry. */
export function next(ports: Ports, account: Account, kind: `account.${string}`, changes: { email?: string } = {}): Compilable[] {
  const { database } = ports
  const [version, at] = [account.version + 1, ports.now()]
  const entry = { subjectId: account.id, subjectVersion: version, kind, actorId: account.id, at, facts: { fields: Object.keys(changes) } }
  return [record(database, entry), updateAccount(database, { ...account, version }, changes, at)]
}
