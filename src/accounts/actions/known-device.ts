import type { Ports } from '../../platform/ports.ts'
import { sealed } from '../../platform/secrets.ts'
import { secretOf } from './secret.ts'

/** How long a device stays known after somebody signed in on it. */
export const knownDays = 180

/**
 * What a browser keeps after somebody signed in there. It lets nobody in: its bearer merely has tries of his own, so that whoever guesses
 * from elsewhere cannot use up those of the owner.
 */
export async function sealDevice(ports: Pick<Ports, 'secret' | 'now'>, accountId: string): Promise<string> {
  const content = `${accountId}.${Date.parse(ports.now()).toString(36)}`
  return `${content}.${await sealed(secretOf(ports), `device ${content}`)}`
}

/** Whose device it is; null for what we have not sealed, or too long ago. */
export async function readDevice(ports: Pick<Ports, 'secret' | 'now'>, value: string): Promise<string | null> {
  const [, accountId, at, seal] = /^(acc_[a-z2-7]{20})\.([0-9a-z]{1,9})\.([0-9a-f]{64})$/.exec(value) ?? []
  if (accountId === undefined || at === undefined || ports.secret === null) return null
  const isOurs = seal === (await sealed(ports.secret, `device ${accountId}.${at}`))
  const days = (Date.parse(ports.now()) - Number.parseInt(at, 36)) / 86_400_000
  return isOurs && days < knownDays ? accountId : null
}
