import type { Compilable } from 'kysely'
import { parseInput } from '../../platform/input.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { type Account, Email, type Session } from '../account.ts'
import { passwordLength } from '../password.ts'
import { type AccountChanges, findAccount, removeSessionOfToken, updateAccount, updateSessionOfToken } from '../store.ts'
import { isFirstUse, limited, seen, type Trial, type Trier, trialsOfFactor } from './attempts.ts'
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
  const body = account.hasPassword ? { password } : {}
  const drawn = await limited(ports, trialsOfFactor(account.id), () =>
    refusedAs('/password', 'wrong-current-password', () => auth.api.enableTwoFactor({ headers, body })),
  )
  if (drawn.method !== 'totp') throw new Error('The library drew another kind of second factor')
  const url = new URL(drawn.totpURI)
  // The library writes the account's address, which may be one that we made up.
  url.pathname = `${url.pathname.split(':', 1)[0]}:${account.phone ?? account.email ?? account.id}`
  return { uri: url.href, key: url.searchParams.get('secret') ?? '', recoveryCodes: drawn.backupCodes }
}

/** An authenticator's code is good for half a minute, and the library takes the one before and the one after as well. */
const codeSeconds = 90

/** Whether an authenticator's code has not been shown before. */
export const isFirstShown = (ports: Ports, accountId: string, code: string) =>
  isFirstUse(ports, `second-factor ${accountId} ${code}`, codeSeconds)

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
    if (!isRecovery && !(await isFirstShown(ports, shown.accountId, code))) {
      if (session === null && shown.token) await ports.database.commit(removeSessionOfToken(ports.database, shown.token))
      throw new Problem('invalid-input', { errors: [{ pointer: '/code', code: 'wrong-code' }] })
    }
    return shown
  }
  const { accountId, cookies, token } = await seen(ports, trier, 'second-factor', async () =>
    session === null ? show() : limited(ports, trialsOfFactor(session.account.id), show),
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

function tokenIn(cookies: readonly string[]): string | undefined {
  const value = cookies.map((cookie) => /sunmao\.session_token=([^;]+)/.exec(cookie)?.[1]).find((found) => found !== undefined)
  return value === undefined ? undefined : decodeURIComponent(value).split('.')[0]
}

/** What the library refuses is a fault of one field; anything else it throws is a bug. */
export async function refusedAs<Result>(pointer: string, code: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 429) throw new Problem('too-many-requests', {}, { cause: error })
    // Sealed with another secret: the library cannot open it, and says nothing of its own.
    if (error instanceof Error && /invalid tag|decrypt/i.test(error.message))
      throw new Problem('not-ready', { missing: ['second-factor'] }, { cause: error })
    if (status >= 400 && status < 500) throw new Problem('invalid-input', { errors: [{ pointer, code }] }, { cause: error })
    throw error
  }
}

/** The account's next version with its journal entry. */
export function next(
  ports: Ports,
  account: Account,
  kind: `account.${string}`,
  changes: AccountChanges = {},
  actorId = account.id,
): Compilable[] {
  const { database } = ports
  const [version, at] = [account.version + 1, ports.now()]
  const entry = { subjectId: account.id, subjectVersion: version, kind, actorId, at, facts: { fields: Object.keys(changes) } }
  return [record(database, entry), updateAccount(database, { ...account, version }, changes, at)]
}
