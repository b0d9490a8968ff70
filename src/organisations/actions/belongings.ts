import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { membersOf, updateMembership } from '../../accounts/store.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { evidence, evidenceOf, experts, institutions } from '../../directory/store.ts'
import { offerings } from '../../offerings/store.ts'
import type { StoredNoun } from '../../platform/database/listings.ts'
import { nextOf, type WritableRows } from '../../platform/journal/change.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import type { mergedKinds } from '../merger.ts'

/** What belongs to a subject, as statements that give it to another. */
export interface Moving {
  ids: string[]
  statements: Compilable[]
}

interface Handover {
  kind: (typeof mergedKinds)[number]
  from: string
  to: string
  /** Only these; null for all. */
  only: readonly string[] | null
}

/** Everything that belongs to `from`, given to `to`: demands, results, people, units, works, members. */
export async function moving(ports: Ports, actor: Actor, { kind, from, to, only }: Handover): Promise<Moving> {
  const moved: Moving = { ids: [], statements: [] }
  const isMoved = (id: string) => only === null || only.includes(id)
  const move = <Noun extends StoredNoun>(rows: WritableRows<Noun>, table: string, noun: Noun, changes: Partial<Noun>) => {
    if (!isMoved(noun.id)) return
    moved.ids.push(noun.id)
    moved.statements.push(
      ...nextOf(ports, rows, noun, changes, { kind: `${table}.moved`, actorId: actor.id, facts: { from, to } }).statements,
    )
  }
  const { database } = ports
  if (kind === 'enterprise')
    for await (const demand of demands.each(database, { enterprise_id: from })) move(demands, 'demand', demand, demandOf(demand, from, to))
  if (kind !== 'expert')
    for await (const offering of offerings.each(database, { owner_id: from })) move(offerings, 'offering', offering, { ownerId: to })
  if (kind === 'institution') {
    for await (const unit of institutions.each(database, { parent_id: from })) move(institutions, 'institution', unit, { parentId: to })
    for await (const expert of experts.each(database, {})) {
      if (!expert.affiliations.some(({ institutionId }) => institutionId === from)) continue
      const affiliations = expert.affiliations.map((each) => (each.institutionId === from ? { ...each, institutionId: to } : each))
      move(experts, 'expert', expert, { affiliations })
    }
  }
  if (kind === 'expert') {
    // Who completed an offering twice, under both names, keeps one row for it.
    const completed = new Set((await evidenceOf(database, { expertId: to })).flatMap(({ offeringId }) => offeringId ?? []))
    for (const row of await evidenceOf(database, { expertId: from }))
      if (row.offeringId === null || !completed.has(row.offeringId)) move(evidence, 'evidence', row, { expertId: to })
  }
  const there = new Set((await membersOf(database, to)).map(({ accountId }) => accountId))
  for (const member of await membersOf(database, from)) {
    if (!isMoved(member.id) || there.has(member.accountId)) continue
    const next = { ...member, subjectId: to, version: member.version + 1 }
    const entry = {
      subjectId: member.id,
      subjectVersion: next.version,
      kind: 'membership.moved',
      actorId: actor.id,
      at: ports.now(),
    } as const
    moved.ids.push(member.id)
    moved.statements.push(updateMembership(database, next), record(database, { ...entry, facts: { from, to } }))
  }
  return moved
}

function demandOf({ enteredBy, onBehalfOf }: Demand, from: string, to: string): Partial<Demand> {
  const moved = (id: string) => (id === from ? to : id)
  return { enterpriseId: to, enteredBy: moved(enteredBy), onBehalfOf: onBehalfOf === null ? null : moved(onBehalfOf) }
}
