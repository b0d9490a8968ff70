import type { Account, Session } from '../../accounts/account.ts'
import { limited, type Trial, type Trier } from '../../accounts/actions/attempts.ts'
import type { Auth } from '../../accounts/actions/auth.ts'
import { takeCode } from '../../accounts/actions/code.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'

/** What shows, beside a session that somebody else may have got hold of, that it is the owner who asks. */
export type Proof = { kind: 'code'; id: string; code: string } | { kind: 'password'; password: string }

/** Whoever is signed in is known where he is; what he tries counts for his account, wherever he is. */
export const ownDevice = ({ id }: Pick<Account, 'id'>): Trier => ({ address: null, knownAccountId: id })

/** Takes a fresh code that was sent to the account's own number, or its password. 422, 429. */
export async function proveOneself(ports: Ports, auth: Auth, { account }: Session, proof: Proof): Promise<void> {
  const wrong = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })
  if (proof.kind === 'code') {
    if ((await takeCode(ports, ownDevice(account), proof.id, proof.code)) !== account.phone) throw wrong('/code', 'wrong-code')
    return
  }
  const trials: Trial[] = [{ name: 'password-pair', of: `proof ${account.id}`, onSuccess: 'everything' }]
  await limited(ports, trials, async () => {
    const { internalAdapter, password } = await auth.$context
    const credential = (await internalAdapter.findAccounts(account.id)).find(({ providerId }) => providerId === 'credential')
    const isRight = credential?.password != null && (await password.verify({ hash: credential.password, password: proof.password }))
    if (!isRight) throw wrong('/password', 'wrong-password')
  })
}
