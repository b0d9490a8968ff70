import type { Compilable } from 'kysely'
import type { Identity } from '../../platform/identity/provider.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { text } from '../../platform/schema.ts'
import { type Account, Phone, type Session } from '../account.ts'
import { findIdentity, insertIdentity } from '../store/identity.ts'
import { findAccount, insertAccount } from '../store.ts'
import type { Auth } from './auth.ts'
import { next } from './factor.ts'
import { accountOf, beginSession, type WithCookies } from './session.ts'

/**
 * Begins a session for somebody whom another party vouches for: in the account that is linked to him; else in that of the mobile number
 * which the party is trusted to have verified, and which is linked from then on; else in a new account.
 */
export async function signInByIdentity(
  ports: Ports,
  auth: Auth,
  identity: Identity,
  { phoneClaim, headers }: { phoneClaim: string | null; headers: Headers },
): Promise<WithCookies<Account>> {
  const account = (await linkedTo(ports, identity)) ?? (await ofPhone(ports, identity, phoneClaim)) ?? (await registered(ports, identity))
  return { result: account, cookies: await beginSession(auth, account, headers) }
}

/** Lets an account be signed in to by that identity from now on. 409 where another account is. */
export async function linkIdentity(ports: Ports, { account }: Session, identity: Identity): Promise<void> {
  const linked = await linkedTo(ports, identity)
  if (linked?.id === account.id) return
  if (linked !== undefined) throw new Problem('already-exists', { reason: 'identity' })
  await ports.database.commit(...linking(ports, account, identity))
}

async function linkedTo({ database }: Ports, identity: Identity): Promise<Account | undefined> {
  const accountId = await findIdentity(database, identity)
  return accountId === undefined ? undefined : findAccount(database, { id: accountId })
}

async function ofPhone(ports: Ports, identity: Identity, phoneClaim: string | null): Promise<Account | undefined> {
  const phone = phoneClaim === null ? undefined : verifiedPhone(identity, phoneClaim)
  if (phone === undefined) return undefined
  const account = await accountOf(ports, phone)
  await ports.database.commit(...linking(ports, account, identity))
  return account
}

/** The claim of the standard says besides whether the number was verified; of another one the configuration says that it was. */
function verifiedPhone({ claims }: Identity, claim: string): string | undefined {
  if (claim === 'phone_number' && claims.phone_number_verified !== true) return undefined
  return Phone.safeParse(claims[claim]).data
}

async function registered(ports: Ports, identity: Identity): Promise<Account> {
  const { database } = ports
  const [id, at, name] = [ports.newId('account'), ports.now(), text(1, 60).safeParse(identity.claims.name).data ?? null]
  const entry = { subjectId: id, subjectVersion: 1, kind: 'account.registered', actorId: id, at, facts: { by: 'identity' } } as const
  try {
    await database.commit(
      record(database, entry),
      insertAccount(database, { id, phone: null, name }, at),
      insertIdentity(database, { id: ports.newId('credential'), accountId: id, identity, at }),
    )
  } catch (error) {
    // Two windows at the same moment: an identity is linked once.
    const other = await linkedTo(ports, identity)
    if (other === undefined) throw error
    return other
  }
  return { id, version: 1, phone: null, email: null, name, hasPassword: false, hasSecondFactor: false }
}

function linking(ports: Ports, account: Account, identity: Identity): Compilable[] {
  const { database } = ports
  return [
    ...next(ports, account, 'account.identity-linked'),
    insertIdentity(database, { id: ports.newId('credential'), accountId: account.id, identity, at: ports.now() }),
  ]
}
