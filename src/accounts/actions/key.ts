import type { Ports } from '../../platform/ports.ts'
import { type FieldError, Problem } from '../../platform/problem.ts'
import { isRankOf, lowerRank } from '../account.ts'
import { createToken, revokeToken } from '../actions.ts'
import { type Actor, type Role, subjectIdOf } from '../actor.ts'
import { permit, type Relation } from '../permissions.ts'
import { findToken, tokensFor } from '../store/token.ts'
import { type Key, type KeyDraft, keyOf, type MadeKey, type Token } from '../token.ts'

const theirs: Relation[] = ['organisation', 'own']

/** Makes a key for the subject that the actor acts for; its secret is shown this once. 422 for a key that would reach further than he does. */
export async function makeKey(ports: Ports, actor: Actor, draft: KeyDraft): Promise<MadeKey> {
  permit(actor, 'key.create', theirs)
  // The table lets nobody make a key but those who have a role.
  const role = actor.role as Role
  const rank = draft.rank ?? (isRankOf(role, actor.rank) ? actor.rank : null)
  refuseFurther(actor, role, draft)
  const { token, secret } = await createToken(ports, actor.id, {
    ...draft,
    scopes: draft.scopes ?? actor.scopes,
    rank,
    role,
    subjectId: subjectIdOf(actor),
    accountId: actor.accountId,
    madeWith: actor.key?.id ?? null,
  })
  return { ...keyOf(token), secret }
}

/** Keys that act for the actor's subject, whoever made them, newest first. */
export async function keysFor(ports: Ports, actor: Actor): Promise<Key[]> {
  permit(actor, 'key.read', theirs)
  return (await tokensFor(ports.database, actor.role, subjectIdOf(actor))).map(keyOf)
}

/** Takes a key's power away for good. 404 for the key of somebody else. */
export async function revokeKey(ports: Ports, actor: Actor, id: string): Promise<Key> {
  const token = await findToken(ports.database, id)
  if (token === undefined || !isTheirs(actor, token)) throw new Problem('not-found', { id })
  permit(actor, 'key.revoke', theirs)
  return keyOf(await revokeToken(ports, actor.id, id))
}

function isTheirs(actor: Actor, { role, subjectId }: Token): boolean {
  return role === actor.role && subjectId === subjectIdOf(actor)
}

function refuseFurther({ rank, scopes }: Actor, role: Role, draft: KeyDraft): void {
  const errors: FieldError[] = []
  if (draft.rank !== null && isRankOf(role, draft.rank) && lowerRank(role, draft.rank, rank) !== draft.rank)
    errors.push({ pointer: '/rank', code: 'beyond-own' })
  if (scopes !== null && draft.scopes?.some((scope) => !scopes.includes(scope))) errors.push({ pointer: '/scopes', code: 'beyond-own' })
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}
