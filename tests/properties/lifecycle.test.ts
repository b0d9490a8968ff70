import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actingAs } from '../../src/accounts/actor.ts'
import {
  amendDemand,
  assignDemand,
  confirmDemand,
  draftDemand,
  expireDemands,
  publishDemand,
  requestDemandPublication,
  returnDemand,
  routeDemand,
  solveDemand,
  withdrawDemand,
} from '../../src/demands/actions.ts'
import { demandLifecycle } from '../../src/demands/lifecycle.ts'
import { demands } from '../../src/demands/store.ts'
import { VettingCheck } from '../../src/demands/vetting.ts'
import { brokerActions, enterpriseActions, institutionActions, trustInstitution } from '../../src/directory/actions.ts'
import { importLifecycle } from '../../src/imports/batch.ts'
import {
  amendOffering,
  draftOffering,
  expireOfferings,
  publishOffering,
  requestOfferingPublication,
  returnOffering,
  withdrawOffering,
} from '../../src/offerings/actions.ts'
import { offeringLifecycle } from '../../src/offerings/lifecycle.ts'
import { offerings } from '../../src/offerings/store.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { type Lifecycle, nextState, pastOf } from '../../src/platform/lifecycle.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { Problem } from '../../src/platform/problem.ts'
import { mergeDemands } from '../../src/twins/actions/merge.ts'
import { memoryDatabase, testPorts } from '../worlds.ts'
import { runs } from './runs.ts'

const operator = actingAs('operator', 'tok_operator')
const passed = VettingCheck.options.map((check) => ({ check, result: 'passed' as const, reason: null }))

interface Listing {
  id: string
  state: string
  version: number
}

/** A lifecycle with what moves a listing along it. */
interface Case {
  table: Lifecycle
  draft(): Promise<Listing>
  find(id: string): Promise<Listing | undefined>
  /** The table's verbs, and what must move nothing (`null` as verb). */
  deeds: Record<string, { verb: keyof typeof pastOf | null; do(listing: Listing): Promise<unknown> }>
}

const lifecycles: Record<string, (ports: Ports) => Promise<Case>> = {
  async demand(ports) {
    const { id: enterpriseId } = await enterpriseActions.register(ports, operator, { name: '砺州恒砺机械有限公司' })
    const { id: brokerId } = await brokerActions.register(ports, operator, { name: '顾明远' })
    const nextYear = { ...ports, now: () => '2027-02-01T01:00:00.000Z' }
    return {
      table: demandLifecycle,
      draft: () => draftDemand(ports, operator, { title: '高温合金涂层抗氧化寿命不足', enterpriseId, expiresOn: '2026-12-31' }),
      find: (id) => demands.find(ports.database, id),
      deeds: {
        request: { verb: 'request', do: ({ id }) => requestDemandPublication(ports, operator, id) },
        publish: { verb: 'publish', do: ({ id }) => publishDemand(ports, operator, id, passed) },
        return: { verb: 'return', do: ({ id }) => returnDemand(ports, operator, id, '请补充指标', [passed[0]!]) },
        route: { verb: 'route', do: ({ id }) => routeDemand(ports, operator, id, { to: 'finance', reason: '属于融资需求' }) },
        withdraw: { verb: 'withdraw', do: ({ id }) => withdrawDemand(ports, operator, id) },
        solve: { verb: 'solve', do: ({ id }) => solveDemand(ports, operator, id) },
        expire: { verb: 'expire', do: () => expireDemands(nextYear) },
        // Into one that went as far.
        merge: {
          verb: 'merge',
          do: async ({ id }) => {
            const withVersion = (await demands.find(ports.database, id))!.version
            const into = await draftDemand(ports, operator, { title: '涂层寿命不足', enterpriseId })
            await requestDemandPublication(ports, operator, into.id)
            const { version } = await publishDemand(ports, operator, into.id, passed)
            return mergeDemands(ports, operator, into.id, { withId: id, version, withVersion, take: [] })
          },
        },
        amend: { verb: null, do: ({ id, version }) => amendDemand(ports, operator, id, version, { keywords: [`第 ${version} 稿`] }) },
        assign: { verb: null, do: ({ id }) => assignDemand(ports, operator, id, brokerId) },
        confirm: { verb: null, do: ({ id }) => confirmDemand(ports, operator, id, { how: 'phone', by: '陈工' }) },
      },
    }
  },
  async offering(ports) {
    const { id: ownerId } = await institutionActions.register(ports, operator, { name: '岭江理工大学', kind: 'university' })
    const nextYear = { ...ports, now: () => '2027-02-01T01:00:00.000Z' }
    return {
      table: offeringLifecycle,
      draft: () =>
        draftOffering(ports, operator, {
          title: '高温合金叶片长寿命热障涂层',
          kind: 'result',
          ownerId,
          expiresOn: '2026-12-31',
          isSecrecyReviewed: true,
        }),
      find: (id) => offerings.find(ports.database, id),
      deeds: {
        request: { verb: 'request', do: ({ id }) => requestOfferingPublication(ports, operator, id) },
        publish: { verb: 'publish', do: ({ id }) => publishOffering(ports, operator, id, passed) },
        return: { verb: 'return', do: ({ id }) => returnOffering(ports, operator, id, '请补充检测报告', [passed[0]!]) },
        withdraw: { verb: 'withdraw', do: ({ id }) => withdrawOffering(ports, operator, id) },
        expire: { verb: 'expire', do: () => expireOfferings(nextYear) },
        amend: { verb: null, do: ({ id, version }) => amendOffering(ports, operator, id, version, { keywords: [`第 ${version} 稿`] }) },
      },
    }
  },
}

for (const [name, open] of Object.entries(lifecycles)) {
  describe(`the lifecycle of ${name}s`, () => {
    let ports: Ports
    let own: Case
    beforeAll(async () => {
      ports = testPorts(await memoryDatabase())
      own = await open(ports)
    })
    afterAll(() => ports.database.close())

    const now = async ({ id }: Listing) => (await own.find(id))!
    /** The state that a verb leads to by deed: publication without vetting is for institutions with standing trust. */
    const nextOf = (state: string, verb: string) =>
      name === 'offering' && state === 'draft' && verb === 'publish' ? undefined : own.table[state]?.[verb]

    it('is never left, whatever is done in whatever order; what the table does not allow is 409 and changes nothing', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(own.deeds)), { minLength: 1, maxLength: 12 }), async (names) => {
          const listing = await own.draft()
          expect(listing.state).toBe('draft')
          const kinds = [`${name}.drafted`]
          for (const deed of names) {
            const { verb, do: act } = own.deeds[deed]!
            const before = await now(listing)
            const outcome = await act(before).then(
              () => 'done',
              (error: unknown) => error,
            )
            const after = await now(listing)
            const expected = verb === null ? before.state : nextOf(before.state, verb)
            if (outcome === 'done' && (verb !== 'expire' || expected !== undefined)) {
              expect(after).toMatchObject({ state: expected, version: after.version })
              if (after.version > before.version) kinds.push(`${name}.${verb === null ? `${deed}ed` : pastOf[verb]}`)
              if (verb !== null) expect(after.version).toBe(before.version + 1)
            } else {
              // Expiry goes over all listings and passes over those that do not expire.
              if (outcome !== 'done')
                expect(outcome).toMatchObject({ kind: 'not-allowed-now', status: 409, facts: { state: before.state } })
              if (verb !== null) expect(expected).toBeUndefined()
              expect(after).toEqual(before)
            }
            expect(Object.keys(own.table)).toContain(after.state)
          }
          const recorded = (await entriesAbout(ports.database, listing.id)).map(({ kind }) => kind)
          expect(recorded).toEqual(kinds)
        }),
        { numRuns: runs(150) },
      )
    })

    it('is reached in every state by its deeds, and every verb is 409 wherever the table has no step', async () => {
      for (const [state, path] of paths(own.table, nextOf)) {
        for (const { verb, do: act } of Object.values(own.deeds)) {
          const listing = await own.draft()
          for (const step of path) await own.deeds[step]!.do(listing)
          expect((await now(listing)).state).toBe(state)
          if (verb === null || verb === 'expire') continue
          const next = nextOf(state, verb)
          if (next !== undefined) {
            await act(listing)
            expect((await now(listing)).state).toBe(next)
          } else {
            await expect(act(listing)).rejects.toMatchObject({ kind: 'not-allowed-now', status: 409, facts: { state, verb } })
            expect((await now(listing)).state).toBe(state)
          }
        }
      }
      expect([...paths(own.table, nextOf).keys()].toSorted()).toEqual(Object.keys(own.table).toSorted())
    })

    it('has a deed for each of its verbs', () => {
      const verbs = new Set(Object.values(own.table).flatMap((steps) => Object.keys(steps)))
      const done = Object.values(own.deeds).flatMap(({ verb }) => verb ?? [])
      expect(done.toSorted()).toEqual([...verbs].toSorted())
    })

    it('does not publish what has not passed its three checks, and says which are missing', async () => {
      for (const checks of [[], [passed[0]!], [passed[0]!, passed[1]!, { ...passed[2]!, result: 'failed' as const }]]) {
        const listing = await own.draft()
        await own.deeds.request!.do(listing)
        const publish = name === 'demand' ? publishDemand : publishOffering
        const missing = VettingCheck.options.filter((check) => !checks.some((each) => each.check === check && each.result === 'passed'))
        await expect(publish(ports, operator, listing.id, checks)).rejects.toMatchObject({
          kind: 'checks-missing',
          status: 409,
          facts: { missing },
        })
        expect((await now(listing)).state).toBe('vetting')
      }
    })

    it('lets one of two verbs through that come at the same time, and tells the other the new state', async () => {
      const listing = await own.draft()
      const outcomes = await Promise.allSettled([own.deeds.request!.do(listing), own.deeds.withdraw!.do(listing)])
      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
      expect(lost).toHaveLength(1)
      expect(lost[0]).toBeInstanceOf(Problem)
      expect(lost[0]).toMatchObject({ kind: 'changed-meanwhile', status: 409, facts: { state: (await now(listing)).state } })
      expect(await entriesAbout(ports.database, listing.id)).toHaveLength(2)
    })
  })
}

describe('an offering of an institution with standing trust', () => {
  it('is published at once from a draft, and goes through vetting once it has been sent there', async () => {
    const ports = testPorts(await memoryDatabase())
    const { id: ownerId } = await institutionActions.register(ports, operator, { name: '岭江理工大学', kind: 'university' })
    const draft = { title: '高温合金叶片长寿命热障涂层', kind: 'result' as const, ownerId, isSecrecyReviewed: true }
    const [vetted, trusted] = [await draftOffering(ports, operator, draft), await draftOffering(ports, operator, draft)]
    await requestOfferingPublication(ports, operator, vetted.id)
    await trustInstitution(ports, operator, ownerId, 1, true)
    expect(await requestOfferingPublication(ports, operator, trusted.id)).toMatchObject({ state: offeringLifecycle.draft.publish })
    await expect(requestOfferingPublication(ports, operator, trusted.id)).rejects.toMatchObject({ kind: 'not-allowed-now' })
    await expect(requestOfferingPublication(ports, operator, vetted.id)).rejects.toMatchObject({ kind: 'not-allowed-now' })
    await ports.database.close()
  })
})

describe.each(Object.entries<Lifecycle>({ demand: demandLifecycle, offering: offeringLifecycle, import: importLifecycle }))(
  'the table of %ss',
  (_, table) => {
    it('leads to every state from the first, and names only states that it has', () => {
      expect([...paths(table, (state, verb) => table[state]?.[verb]).keys()].toSorted()).toEqual(Object.keys(table).toSorted())
    })

    it('refuses every verb where it has no step', () => {
      const verbs = new Set(Object.values(table).flatMap((steps) => Object.keys(steps)))
      for (const [state, steps] of Object.entries(table)) {
        for (const verb of verbs) {
          if (verb in steps) expect(nextState(table, state, verb)).toBe(steps[verb])
          else expect(() => nextState(table, state, verb)).toThrow(new Problem('not-allowed-now', { state, verb }))
        }
      }
    })
  },
)

/** The shortest way to each state from the first one. */
function paths(table: Lifecycle, next: (state: string, verb: string) => string | undefined): Map<string, string[]> {
  const [first] = Object.keys(table)
  const found = new Map<string, string[]>([[first!, []]])
  for (const [state, path] of found) {
    for (const verb of Object.keys(table[state] ?? {})) {
      const reached = next(state, verb)
      if (reached !== undefined && !found.has(reached)) found.set(reached, [...path, verb])
    }
  }
  return found
}
