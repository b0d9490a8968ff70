import type { Account, Session } from '../../accounts/account.ts'
import { limited, type Trier, trialsOfOwnPassword } from '../../accounts/actions/attempts.ts'
import type { Auth } from '../../accounts/actions/auth.ts'
import { sendCode, takeCode } from '../../accounts/actions/code.ts'
import { isFresh, isPasswordOf } from '../../accounts/actions/password.ts'
import { findCode } from '../../accounts/store.ts'
import type { Locale } from '../../platform/i18n/words.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'

/** What shows, beside a session that somebody else may have got hold of, that it is the owner who asks. */
export type Proof = { kind: 'code'; id: string; code: string } | { kind: 'password'; password: string } | { kind: 'session' }

const purpose = 'erasure'
const wrong = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })
/** Whoever is signed in is known where he is; what he tries counts for his account, wherever he is. */
const ownDevice = ({ id }: Account): Trier => ({ address: null, knownAccountId: id })

/** Sends a code that is good for the erasure alone to the account's own number. 422 where there is none, or a minute has not passed. */
export async function sendProof(ports: Ports, { account }: Pick<Session, 'account'>, locale: Locale): Promise<{ id: string }> {
  const { phone } = account
  if (phone === null) throw wrong('/phone', 'no-proof')
  const { id } = await sendCode(ports, ownDevice(account), { phone, locale, purpose })
  return { id }
}

/**
 * Takes a fresh code that was sent to the account's own number, or its password; whoever comes from another party and has neither has
 * signed in just now. 422, 429.
 */
export async function proveOneself(ports: Ports, auth: Auth, session: Session, proof: Proof): Promise<void> {
  const { account } = session
  if (proof.kind === 'code') {
    const { id, code } = proof
    // What was sent to somebody else is not used up by this.
    if ((await findCode(ports.database, id))?.phone !== account.phone) throw wrong('/code', 'wrong-code')
    await takeCode(ports, ownDevice(account), { id, code, purpose })
  } else if (proof.kind === 'password') {
    await limited(ports, trialsOfOwnPassword(account.id), async () => {
      if (!(await isPasswordOf(auth, account, proof.password))) throw wrong('/password', 'wrong-password')
    })
  } else if (hasOther(account)) throw wrong('/phone', 'no-proof')
  else if (!isFresh(ports, session)) throw wrong('/kind', 'sign-in-again')
}

const hasOther = ({ phone, hasPassword }: Account) => phone !== null || hasPassword
