import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import { attachmentsOf } from '../../attachments/store.ts'
import { demandRelations, demandView, findFor, mayWord } from '../../demands/actions.ts'
import type { Demand, DemandView } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { brokers, enterprises } from '../../directory/store.ts'
import { contacts, engagements, interests, invitations, shortlists } from '../../engagements/store.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { twinsOf } from '../store.ts'
import { closerOf, defaultOf, MergeField, saysNothing, saysSame, stayingOf } from '../twins.ts'
import { distinctTwins, findPair, type Likely, likelyTwins } from './find.ts'
import { obstacleBetween, unreadFields } from './merge.ts'
import { mayUnmerge } from './unmerge.ts'

/** What hangs on a demand, in numbers. */
export interface Belongings {
  interests: number
  invitations: number
  shortlists: number
  engagements: number
  contacts: number
  documents: number
  /** Of these, those that are confidential. */
  secrets: number
}

/** One of two demands beside the other. */
export interface Side {
  demand: DemandView
  enterprise: string
  broker: string | null
  belongings: Belongings
}

export interface Comparison {
  sides: [Side, Side]
  /** Of the two the one that is to stay, and for each field that differs the one that it is taken from, unless somebody chooses otherwise. */
  stays: string
  differing: { field: MergeField; pick: string }[]
  /** How many fields say the same. */
  same: number
  /** The fields of which the actor may not read both, and which of the two says something there: it is told what becomes of it. */
  unread: { field: MergeField; says: [boolean, boolean] }[]
  /** Who may read what they become. */
  becomes: ReturnType<typeof closerOf>
  /** Why the two cannot be merged; null where they can. */
  obstacle: Awaited<ReturnType<typeof obstacleBetween>>
  /** Whether words of the one are the owner's to accept where the other stays. */
  isProposed: boolean
}

/** Two demands field by field, for whoever may merge them. 401, 403, 404. */
export async function compareTwins(ports: Ports, actor: Actor, id: string, withId: string): Promise<Comparison> {
  const [a, b] = await findPair(ports, actor, [id, withId], 'demand.merge')
  if (a.id === b.id) throw new Problem('not-found', { id: withId })
  const unread = unreadFields(actor, a, b)
  const stated = MergeField.options.filter((field) => !unread.includes(field) && !(saysNothing(a, field) && saysNothing(b, field)))
  const differing = stated.filter((field) => !saysSame(a, b, field))
  return {
    sides: [await sideOf(ports, actor, a), await sideOf(ports, actor, b)],
    stays: stayingOf(a, b).id,
    differing: differing.map((field) => ({ field, pick: defaultOf(a, b, field).id })),
    same: stated.length - differing.length,
    unread: unread
      .filter((field) => field !== 'brokerId' && !(saysNothing(a, field) && saysNothing(b, field)))
      .map((field) => ({ field, says: [!saysNothing(a, field), !saysNothing(b, field)] })),
    becomes: closerOf(a, b),
    obstacle: await obstacleBetween(ports, a, b),
    isProposed: !mayWord(actor, a) || !mayWord(actor, b),
  }
}

async function sideOf(ports: Ports, actor: Actor, demand: Demand): Promise<Side> {
  const { database } = ports
  const of = { demand_id: demand.id }
  const [documents, enterprise, broker] = await Promise.all([
    attachmentsOf(database, demand.id),
    enterprises.find(database, demand.enterpriseId),
    demand.brokerId === null ? undefined : brokers.find(database, demand.brokerId),
  ])
  return {
    demand: demandView(actor, demand),
    enterprise: enterprise?.name ?? '',
    broker: broker?.name ?? null,
    belongings: {
      interests: await interests.count(database, of),
      invitations: await invitations.count(database, of),
      shortlists: await shortlists.count(database, of),
      engagements: await engagements.count(database, of),
      contacts: await contacts.count(database, { subject_id: demand.id }),
      documents: documents.length,
      secrets: documents.filter(({ group }) => group === 'confidential').length,
    },
  }
}

/** A demand that was merged into another. */
export interface MergedIn {
  demand: DemandView
  mayUndo: boolean
}

/** The demands that one goes on for, as far as the actor may read them. 401, 403, 404. */
export async function mergedInto(ports: Ports, actor: Actor, id: string): Promise<MergedIn[]> {
  const kept = await findFor(ports, actor, id, 'demand.read-whole')
  const others = (await twinsOf(ports.database, kept.id, 'merged')).map(({ otherId }) => otherId)
  const merged = (await demands.findMany(ports.database, others)).filter(
    (each) => each.mergedIntoId === kept.id && may(actor, 'demand.read-whole', demandRelations(actor, each)),
  )
  return Promise.all(merged.map(async (each) => ({ demand: demandView(actor, each), mayUndo: await mayUnmerge(ports, actor, each.id) })))
}

/** What a page shows of a demand's twins, of which its reader may know. */
export interface ShownTwins {
  likely: Likely[]
  distinct: Demand[]
  merged: MergedIn[]
}

/** The same for whoever looks at a demand: nothing where he neither decides nor looks after it. */
export async function shownTwins(ports: Ports, actor: Actor, id: string): Promise<ShownTwins> {
  const demand = await demands.find(ports.database, id)
  const relations = demand === undefined ? [] : demandRelations(actor, demand)
  const [decides, reads] = [may(actor, 'demand.read-twins', relations), may(actor, 'demand.read-whole', relations)]
  return {
    likely: decides ? await likelyTwins(ports, actor, id) : [],
    distinct: decides ? await distinctTwins(ports, actor, id) : [],
    merged: reads ? await mergedInto(ports, actor, id) : [],
  }
}
