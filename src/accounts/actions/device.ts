import type { Ports } from '../../platform/ports.ts'
import type { Session } from '../account.ts'
import { removeSessions } from '../store.ts'
import { next } from './factor.ts'

/** Signs one device of one's own out; the id of anybody else's ends nothing. */
export async function endDevice({ database }: Pick<Ports, 'database'>, { account }: Session, id: string): Promise<void> {
  await database.commit(removeSessions(database, account.id, id))
}

/** Signs out everywhere, here too. */
export async function endAllDevices(ports: Ports, { account }: Session): Promise<void> {
  await ports.database.commit(removeSessions(ports.database, account.id, null), ...next(ports, account, 'account.signed-out-everywhere'))
}
