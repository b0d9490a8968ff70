import { ConcurrentChange } from '../../platform/database/database.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Membership, maskedEmail, maskedPhone, type Rank } from '../account.ts'
import { refuseOtherRanks } from '../actions.ts'
import { type Actor, subjectIdOf } from '../actor.ts'
import type { Member } from '../member.ts'
import { permit, type Verb } from '../permissions.ts'
import { keepAManager, managing, membersOf, type NamedMember } from '../store/member.ts'
import { findMembership, updateMembership } from '../store.ts'

/** The members of the organisation that the actor acts for; of the bureau, for an operator. */
export async function listMembers(ports: Pick<Ports, 'database'>, actor: Actor): Promise<Member[]> {
  permit(actor, 'member.read', ['organisation'])
  return (await membersFor(ports, actor)).map((member) => memberView(actor, member))
}

/** Gives a member another rank. 409 where nobody would be left who can manage the organisation, 412 for another version, 422. */
export async function amendMember(ports: Ports, actor: Actor, id: string, version: number, rank: Rank): Promise<Member> {
  const member = await findFor(ports, actor, id, 'member.amend')
  refuseOtherRanks(member.role, rank)
  if (member.version !== version) throw new Problem('version-differs', { current: member.version })
  if (member.rank === rank) return memberView(actor, member)
  const changed = { ...member, rank, version: version + 1 }
  try {
    await commitChange(ports, actor, changed, 'membership.amended', { fields: ['rank'], rank })
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('version-differs', { current: (await findMembership(ports.database, id))?.version ?? null })
  }
  return memberView(actor, changed)
}

/** From now on the member does not act for the organisation, in no session and by no key. 409 for the last one who can manage it. */
export async function endMember(ports: Ports, actor: Actor, id: string): Promise<Member> {
  const member = await findFor(ports, actor, id, 'member.end')
  const ended = { ...member, version: member.version + 1, endedAt: ports.now() }
  await commitChange(ports, actor, ended, 'membership.ended', {})
  return memberView(actor, ended)
}

async function commitChange(ports: Ports, actor: Actor, changed: Membership, kind: `membership.${string}`, facts: object): Promise<void> {
  const { database } = ports
  const entry = { subjectId: changed.id, subjectVersion: changed.version, kind, actorId: actor.id, at: ports.now(), facts: { ...facts } }
  try {
    await database.commit(record(database, entry), updateMembership(database, changed), keepAManager(database, changed))
  } catch (error) {
    if (error instanceof ConcurrentChange) throw error
    const others = (await membersFor(ports, actor)).filter(({ id, rank }) => id !== changed.id && managing.includes(rank))
    if (others.length === 0) throw new Problem('not-allowed-now', { state: null, reason: 'last-manager' }, { cause: error })
    throw error
  }
}

function membersFor({ database }: Pick<Ports, 'database'>, actor: Actor): Promise<NamedMember[]> {
  return membersOf(database, actor.role, subjectIdOf(actor))
}

/** 404 for somebody who is no member of the organisation, or was one. */
async function findFor(ports: Ports, actor: Actor, id: string, verb: Verb): Promise<NamedMember> {
  const member = (await membersFor(ports, actor)).find((each) => each.id === id)
  if (member === undefined) throw new Problem('not-found', { id })
  permit(actor, verb, ['organisation'])
  return member
}

function memberView(actor: Actor, { id, version, rank, accountId, account, createdAt, endedAt }: NamedMember): Member {
  const { name, phone, email } = account
  return {
    id,
    version,
    rank,
    name,
    phone: phone && maskedPhone(phone),
    email: email && maskedEmail(email),
    createdAt,
    endedAt,
    isOneself: accountId === actor.accountId,
  }
}
