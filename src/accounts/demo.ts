import type { Account } from './account.ts'
import type { Actor, Role } from './actor.ts'

/** What the demonstration's database lets everybody do: look as one of its enterprises, see the codes that are sent, sign in as anybody here. */
export interface Demo {
  visitor: Actor
  /** Of the enterprise that visitors look around as. */
  visitorName: string
  accounts: { role: Role; account: Account }[]
}
