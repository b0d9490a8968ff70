import type { Compilable } from 'kysely'
import { parseInput } from '../../platform/input.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { sha256 } from '../../platform/secrets.ts'
import { type Account, Email, type Session } from '../account.ts'
import { passwordLength } from '../password.ts'
import { type AccountChanges, updateAccount, updateSessionOfToken } from '../store.ts'
import { limited } from './attempts.ts'
import type { Auth } from './auth.ts'
import type { WithCookies } from './session.ts'

const triesAllowed = 5

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
  const drawn = await limited(ports, `second-factor ${account.id}`, triesAllowed, () =>
    refusedAs('/password', 'wrong-password', () => auth.api.enableTwoFactor({ headers, body })),
  )
  if (drawn.method !== 'totp') throw new Error('The library drew another kind of second factor')
  const url = new URL(drawn.totpURI)
  // The library writes the account's address, which may be one that we made up.
  url.pathname = url.pathname.replace(/:.*$/, `:${account.phone ?? account.email ?? account.id}`)
  return { uri: url.href, key: url.searchParams.get('secret') ?? '', recoveryCodes: drawn.backupCodes }
}

/**
 * Shows a code of the app, or one of the recovery codes, each of which counts once. Without a session it is the second half of signing in
 * by password. 422 for a wrong code, 429 after five within a quarter of an hour.
 */
export async function showSecondFactor(
  ports: Ports,
  auth: Auth,
  session: Session | null,
  { code, isRecovery, headers }: { code: string; isRecovery: boolean; headers: Headers },
): Promise<string[]> {
  const show = () =>
    refusedAs('/code', 'wrong-code', async () => {
      const request = { headers, body: { code }, returnHeaders: true } as const
      return isRecovery ? auth.api.verifyBackupCode(request) : auth.api.verifyTOTP(request)
    })
  const shown = session === null ? await show() : await limited(ports, `second-factor ${session.account.id}`, triesAllowed, show)
  const cookies = shown.headers.getSetCookie()
  // Setting it up has made the session a new one, of which the answer does not tell.
  const token = tokenIn(cookies) ?? shown.response.token
  const first = session !== null && !session.account.hasSecondFactor ? next(ports, session.account, 'account.second-factor-set-up') : []
  if (token) await ports.database.commit(updateSessionOfToken(ports.database, token, ports.now()), ...first)
  return cookies
}

/** Begins a session for whoever has the password. Whoever has a second factor too is asked for it next: then there is no session yet. */
export async function signInByPassword(
  ports: Ports,
  auth: Auth,
  { email, password, headers }: { email: string; password: string; headers: Headers },
): Promise<WithCookies<{ accountId: string } | 'second-factor'>> {
  const given = parseInput(z.object({ email: Email, password: z.string().min(1).max(passwordLength.maximum) }), { email, password })
  const key = `password ${await sha256(given.email)}`
  const answer = await limited(ports, key, triesAllowed, () =>
    refusedAs('/password', 'wrong-password', () => auth.api.signInEmail({ body: given, headers, returnHeaders: true })),
  )
  const { response } = answer
  const result = 'twoFactorRedirect' in response ? 'second-factor' : { accountId: response.user.id }
  return { result, cookies: answer.headers.getSetCookie() }
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
    if (status >= 400 && status < 500) throw new Problem('invalid-input', { errors: [{ pointer, code }] }, { cause: error })
    throw error
  }
}

/** The account's next version with its journal entry. */
export function next(ports: Ports, account: Account, kind: `account.${string}`, changes: AccountChanges = {}): Compilable[] {
  const { database } = ports
  const [version, at] = [account.version + 1, ports.now()]
  const entry = { subjectId: account.id, subjectVersion: version, kind, actorId: account.id, at, facts: { fields: Object.keys(changes) } }
  return [record(database, entry), updateAccount(database, { ...account, version }, changes, at)]
}
