import { Problem } from './problem.ts'

/** State → verb → next state: actions, buttons, tests and documentation read the same table. */
export type Lifecycle = Record<string, Record<string, string>>

export type StateOf<Table extends Lifecycle> = keyof Table & string
/** Every verb of a table. */
export type VerbOf<Table extends Lifecycle> = { [State in keyof Table]: keyof Table[State] }[keyof Table] & string

/** The verbs in the past, as the journal and timelines name them. */
export const pastOf = {
  request: 'publication-requested',
  publish: 'published',
  return: 'returned',
  route: 'routed',
  withdraw: 'withdrawn',
  expire: 'expired',
  solve: 'solved',
  grant: 'granted',
  refuse: 'refused',
  revoke: 'revoked',
  accept: 'accepted',
  decline: 'declined',
  refer: 'referred',
  end: 'ended',
  take: 'taken',
  drop: 'dropped',
  draft: 'drafted',
  merge: 'merged',
  leave: 'left',
  send: 'sent',
  reopen: 'reopened',
} as const

/** The state that a verb leads to; 409 with the current state where it leads nowhere. */
export function nextState<Table extends Lifecycle>(table: Table, state: StateOf<Table>, verb: VerbOf<Table>): StateOf<Table> {
  const next = table[state]?.[verb]
  if (next === undefined) throw new Problem('not-allowed-now', { state, verb })
  return next
}
