import { parseInput } from '../../platform/input.ts'
import type { Ports } from '../../platform/ports.ts'
import { text, z } from '../../platform/schema.ts'
import type { Session } from '../account.ts'
import { next } from './factor.ts'

/** What the other members of one's organisation call one; an empty name takes it away. */
export async function setName(ports: Ports, { account }: Session, written: string): Promise<{ name: string }> {
  const { name } = parseInput(z.object({ name: text(0, 60) }), { name: written })
  if (name !== (account.name ?? '')) await ports.database.commit(...next(ports, account, 'account.named', { name }))
  return { name }
}
