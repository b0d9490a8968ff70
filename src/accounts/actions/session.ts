import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { needsAgreement } from '../../privacy/store.ts'
import type { Account, Membership, Session } from '../account.ts'
import { type Actor, actingAs, visitor } from '../actor.ts'
import { findAccount, insertAccount, membershipsOf } from '../store.ts'
import { seen, type Trier } from './attempts.ts'
import type { Auth } from './auth.ts'
import { takeCode } from './code.ts'
import { knownActor } from './known-actor.ts'
import { secretOf } from './secret.ts'

/** Sessions of one kind of request: over https their cookies are for https only. */
export type OpenAuth = (isSecure: boolean) => Promise<Auth>

/** Loads the library when somebody first signs in or comes with a cookie: it takes longer than all the rest of the program. */
export function openAuth(ports: Ports): OpenAuth {
  const opened = new Map<boolean, Promise<Auth>>()
  const library = async () => {
    const { hashingInTurn, makeAuth } = await import('./auth.ts')
    return { hashing: hashingInTurn(), makeAuth }
  }
  let loaded: ReturnType<typeof library> | undefined
  return (isSecure) => {
    loaded ??= library()
    const auth = opened.get(isSecure) ?? loaded.then(({ hashing, makeAuth }) => makeAuth(ports, secretOf(ports), isSecure, hashing))
    opened.set(isSecure, auth)
    return auth
  }
}

/** What a request is answered with beside its page: cookies to set or to take away. */
export interface WithCookies<Result> {
  result: Result
  cookies: string[]
}

/** How long a session lasts at most, however it is used. */
const longestDays = 90

/** The session that the request's cookie names, or null. */
export async function sessionOf(ports: Ports, auth: Auth, headers: Headers): Promise<WithCookies<Session | null>> {
  const answer = await auth.api.getSession({ headers, returnHeaders: true })
  const cookies = answer.headers.getSetCookie()
  if (answer.response === null) return { result: null, cookies }
  const { id, userId, membershipId, secondFactorAt, signedInAt, createdAt, updatedAt } = answer.response.session
  // Use keeps a session alive, but not for ever. Both instants are of the library's clock.
  const days = (new Date(updatedAt).getTime() - new Date(createdAt).getTime()) / 86_400_000
  if (days > longestDays) return { result: null, cookies }
  const [account, memberships, needsConsent] = await Promise.all([
    findAccount(ports.database, { id: userId }),
    membershipsOf(ports.database, userId),
    needsAgreement(ports.database, userId),
  ])
  if (account === undefined) return { result: null, cookies }
  const isBound = account.hasSecondFactor || memberships.some(({ role }) => role === 'operator')
  const result = {
    id,
    account,
    memberships,
    membership: chosen(memberships, membershipId ?? null),
    needsSecondFactor: isBound && !secondFactorAt,
    needsAgreement: needsConsent,
    signedInAt: signedInAt ?? null,
  }
  return { result, cookies }
}

function chosen(memberships: Membership[], id: string | null): Membership | null {
  return memberships.find((membership) => membership.id === id) ?? (memberships.length === 1 ? memberships[0]! : null)
}

/** Whom a session acts for; before the second factor and the agreement, or while there is nobody, it may what a visitor may. */
export async function actorIn(ports: Pick<Ports, 'database' | 'now'>, session: Session): Promise<Actor> {
  const { account, membership, needsSecondFactor, needsAgreement } = session
  if (needsSecondFactor || needsAgreement) return visitor
  // Nobody yet: he may read what a visitor may, and claim what is his.
  if (membership === null) return actingAs('visitor', 'visitor', { accountId: account.id })
  const { role, subjectId, rank } = membership
  return knownActor(ports, role, subjectId ?? account.id, { accountId: account.id, rank })
}

/** Begins a session for whoever has the code that was sent; a number that is new here gets an account. */
export async function signInByCode(
  ports: Ports,
  auth: Auth,
  trier: Trier,
  { id, code, headers }: { id: string; code: string; headers: Headers },
): Promise<WithCookies<Account>> {
  const account = await accountOf(ports, await seen(ports, trier, 'code', () => takeCode(ports, trier, { id, code })))
  return { result: account, cookies: await beginSession(auth, account, headers) }
}

/** The account of a number, made if there is none. */
export async function accountOf(ports: Ports, phone: string): Promise<Account> {
  const { database } = ports
  const found = await findAccount(database, { phone })
  if (found !== undefined) return found
  const [id, at] = [ports.newId('account'), ports.now()]
  const entry = { subjectId: id, subjectVersion: 1, kind: 'account.registered', actorId: id, at, facts: {} } as const
  try {
    await database.commit(insertAccount(database, { id, phone, name: null }, at), record(database, entry))
  } catch (error) {
    // Two devices at the same moment: the number is unique, and the other one was first.
    const other = await findAccount(database, { phone })
    if (other === undefined) throw error
    return other
  }
  return { id, version: 1, phone, email: null, name: null, hasPassword: false, hasSecondFactor: false }
}

/** The cookies of a new session; `secondFactorAt` where the second factor was shown or is not asked for. */
export async function beginSession(auth: Auth, { id }: Account, headers: Headers, secondFactorAt: string | null = null): Promise<string[]> {
  const begun = await auth.api.beginSession({ body: { accountId: id, secondFactorAt }, headers, returnHeaders: true })
  return begun.headers.getSetCookie()
}

/** Ends the session and takes its cookie away. */
export async function signOut(auth: Auth, headers: Headers): Promise<string[]> {
  const answer = await auth.api.signOut({ headers, returnHeaders: true })
  return answer.headers.getSetCookie()
}
