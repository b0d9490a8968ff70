import { Demand, DemandView } from '../demands/demand.ts'
import { id, z } from '../platform/schema.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { distinguish, reconsider } from './actions/decide.ts'
import { distinctTwins, likelyTwins } from './actions/find.ts'
import { mergeDemands } from './actions/merge.ts'
import { compareTwins, mergedInto } from './actions/overview.ts'
import { unmergeDemand } from './actions/unmerge.ts'
import { MergeField, TwinReason, Twins } from './twins.ts'

const tag = 'Demands'
const Named = DemandView.pick({ id: true, title: true, state: true, channel: true })
export const TwinsOverview = z
  .object({
    /** Those that seem to be the same, likeliest first. */
    likely: z.array(
      Named.extend({
        enterpriseId: z.string(),
        enterprise: z.string(),
        score: z.number(),
        reasons: z.array(TwinReason),
        /** Whether both are of one enterprise, without which nothing can be merged. */
        isMergeable: z.boolean(),
      }),
    ),
    /** Those of which somebody said that they are not the same. */
    distinct: z.array(Named),
    /** Those that were merged into it, and whether that can still be undone. */
    merged: z.array(Named.extend({ mayUndo: z.boolean() })),
  })
  .openapi('TwinsOverview')
const Choosable = z.object({ field: MergeField })
/** What two demands would become. */
export const MergingPreview = z
  .object({
    /** The one that is to stay, unless somebody chooses otherwise. */
    stays: id('dem'),
    /** Why they cannot be merged; null where they can. */
    obstacle: z.enum(['two-enterprises', 'one-hidden']).nullable(),
    becomes: Demand.pick({ visibility: true, isAnonymous: true }),
    /** The fields that differ, and whose word is likely to be wanted. */
    differing: z.array(Choosable.extend({ pick: id('dem') })),
    /** The fields that one may not read of both, and so not choose: where this demand and where the other says something. */
    unread: z.array(Choosable.extend({ says: z.object({ this: z.boolean(), other: z.boolean() }) })),
  })
  .openapi('MergingPreview')
const With = z.strictObject({ withId: id('dem') })
const Merge = z
  .strictObject({
    withId: id('dem'),
    version: z.number().int().min(1),
    withVersion: z.number().int().min(1),
    /** What it says from now on as the other one did. */
    take: z.array(MergeField).max(MergeField.options.length),
  })
  .openapi('DemandMerge')

/** Demands that came by different doors and are one. */
export function twinsApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/twins',
      summary: 'List the demands that seem to be the same as one, that are not, and that were merged into it',
      tag,
      returns: [200, TwinsOverview],
      problems: ['not-found', 'not-permitted'],
    },
    async ({ ports, actor, params }) => {
      const likely = await likelyTwins(ports, actor, params.id!)
      return {
        likely: likely.map(({ demand, ...found }) => ({ ...named(demand), enterpriseId: demand.enterpriseId, ...found })),
        distinct: (await distinctTwins(ports, actor, params.id!)).map(named),
        merged: (await mergedInto(ports, actor, params.id!)).map(({ demand, mayUndo }) => ({ ...named(demand), mayUndo })),
      }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/demands/{id}/merging/{withId}',
      summary: 'Read what a demand and another one would become, field by field, also where something may not be read',
      tag,
      returns: [200, MergingPreview],
      problems: ['not-found', 'not-permitted'],
    },
    async ({ ports, actor, params }) => {
      const { stays, obstacle, becomes, differing, unread } = await compareTwins(ports, actor, params.id!, params.withId!)
      const told = unread.map(({ field, says }) => ({ field, says: { this: says[0], other: says[1] } }))
      return { stays, obstacle, becomes, differing, unread: told }
    },
  )
  const step = { method: 'post', tag, problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'] } as const
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/merging',
      summary: 'Merge another demand of the same enterprise into this one',
      body: Merge,
      returns: [200, Demand],
      problems: [...step.problems, 'telling-words'],
    },
    ({ ports, actor, params, body }) => mergeDemands(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/merging/undoing',
      summary: 'Make a demand that was merged one of its own again, while nothing has happened since',
      returns: [200, Demand],
    },
    ({ ports, actor, params }) => unmergeDemand(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/distinction',
      summary: 'Say that another demand is not the same',
      body: With,
      returns: [200, Twins],
    },
    ({ ports, actor, params, body }) => distinguish(ports, actor, params.id!, body.withId),
  )
  endpoint(
    api,
    {
      ...step,
      path: '/api/demands/{id}/distinction/undoing',
      summary: 'Take back that another demand is not the same',
      body: With,
      returns: [200, Twins],
    },
    ({ ports, actor, params, body }) => reconsider(ports, actor, params.id!, body.withId),
  )
  return api
}

const named = ({ id, title, state, channel }: Pick<DemandView, 'id' | 'title' | 'state' | 'channel'>) => ({ id, title, state, channel })
