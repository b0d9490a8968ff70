import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Account, Session } from '../account.ts'
import { removeSecondFactor, removeSessions } from '../store.ts'
import { limited, trialsOfFactor, trialsOfOwnPassword } from './attempts.ts'
import type { Auth } from './auth.ts'
import { isFirstShown, next, refusedAs } from './factor.ts'
import { isPasswordOf } from './password.ts'

/** What is brought to change a second factor: a code of it, or a recovery code. */
interface Shown {
  code: string
  isRecovery: boolean
  headers: Headers
}

/** Whether the account may do without a second factor. */
export const mayTurnOff = ({ memberships }: Session): boolean => !memberships.some(({ role }) => role === 'operator')

/** Does away with the second factor. 403 for an operator, 409 where there is none, 422 for a wrong code. */
export async function turnFactorOff(ports: Ports, auth: Auth, session: Session, shown: Shown): Promise<void> {
  const { account } = session
  if (!mayTurnOff(session)) throw new Problem('not-permitted', { reason: 'mandatory' })
  if (!account.hasSecondFactor) throw new Problem('not-allowed-now', { state: null })
  await showAgain(ports, auth, session, shown)
  await ports.database.commit(
    ...next(ports, account, 'account.second-factor-turned-off', { two_factor_enabled: 0 }),
    removeSecondFactor(ports.database, account.id),
  )
}

/** Takes an account's second factor away for the operator of the machine, who has no code of it. 409 where there is none. */
export async function dropSecondFactor(ports: Ports, actorId: string, account: Account): Promise<void> {
  if (!account.hasSecondFactor) throw new Problem('not-allowed-now', { state: null })
  await ports.database.commit(
    ...next(ports, account, 'account.second-factor-dropped', { two_factor_enabled: 0 }, actorId),
    removeSecondFactor(ports.database, account.id),
    removeSessions(ports.database, account.id, null),
  )
}

/** New recovery codes in place of the old ones, shown this once. 422 for a wrong code, or a wrong password where there is one. */
export async function renewRecoveryCodes(
  ports: Ports,
  auth: Auth,
  session: Session,
  { password, ...shown }: Shown & { password: string },
): Promise<string[]> {
  const { account } = session
  if (!account.hasSecondFactor) throw new Problem('not-allowed-now', { state: null })
  await limited(ports, trialsOfOwnPassword(account.id), async () => {
    if (account.hasPassword && !(await isPasswordOf(auth, account, password)))
      throw new Problem('invalid-input', { errors: [{ pointer: '/password', code: 'wrong-current-password' }] })
  })
  await showAgain(ports, auth, session, shown)
  const body = account.hasPassword ? { password } : {}
  const { backupCodes } = await auth.api.generateBackupCodes({ headers: shown.headers, body })
  await ports.database.commit(...next(ports, account, 'account.recovery-codes-renewed'))
  return backupCodes
}

async function showAgain(ports: Ports, auth: Auth, { account }: Session, { code, isRecovery, headers }: Shown): Promise<void> {
  await limited(ports, trialsOfFactor(account.id), async () => {
    await refusedAs('/code', 'wrong-code', async () => {
      const request = { headers, body: { code } }
      return isRecovery ? auth.api.verifyBackupCode(request) : auth.api.verifyTOTP(request)
    })
    if (!isRecovery && !(await isFirstShown(ports, account.id, code)))
      throw new Problem('invalid-input', { errors: [{ pointer: '/code', code: 'wrong-code' }] })
  })
}
