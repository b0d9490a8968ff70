import fc from 'fast-check'
import { actingAs } from '../../src/accounts/actor.ts'
import {
  amendDemand,
  draftDemand,
  expireDemands,
  publishDemand,
  requestDemandPublication,
  returnDemand,
  solveDemand,
  withdrawDemand,
} from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { enterpriseActions, expertActions, institutionActions } from '../../src/directory/actions.ts'
import { evidence, experts, institutions } from '../../src/directory/store.ts'
import { amendEvidence, registerEvidence, removeEvidence } from '../../src/evidence/actions.ts'
import { killedAfter } from '../../src/imports/fixtures.ts'
import { type Load, loadBatch, undoImport } from '../../src/imports/load.ts'
import { listBatches } from '../../src/imports/store.ts'
import { catchUp, embedPending } from '../../src/matching/catch-up.ts'
import {
  amendOffering,
  draftOffering,
  expireOfferings,
  publishOffering,
  requestOfferingPublication,
  withdrawOffering,
} from '../../src/offerings/actions.ts'
import { offerings } from '../../src/offerings/store.ts'
import type { Database } from '../../src/platform/database/database.ts'
import type { Conditions, StoredNoun } from '../../src/platform/database/listings.ts'
import { Problem } from '../../src/platform/problem.ts'
import { aDemand, anEvidence, anExpert, anOffering } from '../nouns.ts'
import { countingIds, memoryDatabase, testPorts } from '../worlds.ts'
import { common, operator, passed, type Writing, writing } from './writings.ts'

/** One thing that happens in the market; `which` chooses among what is there. What the rules refuse does not happen. */
export const step = fc.record({
  does: fc.constantFrom(
    ...([
      'draft demand',
      'amend demand',
      'publish demand',
      'close demand',
      'draft offering',
      'amend offering',
      'publish offering',
      'withdraw offering',
    ] as const),
    ...([
      'register expert',
      'amend expert',
      'amend expert',
      'register evidence',
      'amend evidence',
      'remove evidence',
      'amend directory',
      'import',
      'import',
      'import',
      'killed import',
      'resume',
      'undo',
      'killed undo',
      'expire',
    ] as const),
    ...(['catch up', 'catch up', 'embed'] as const),
  ),
  which: fc.nat({ max: 30 }),
  writing,
})
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A market of one enterprise, two institutions and one expert, in which steps happen. */
export async function openMarket(series = '') {
  const ports = testPorts(await memoryDatabase(), { newId: countingIds(series) })
  const enterprise = await enterpriseActions.register(ports, operator, { name: '砺州恒砺机械有限公司' })
  const owner = await institutionActions.register(ports, operator, { name: '岭江理工大学', kind: 'university' })
  await expertActions.register(ports, operator, {
    name: '沈砚秋',
    source: 'institution',
    field: '热障涂层',
    affiliations: [{ institutionId: owner.id, department: null, post: null }],
  })
  let interrupted: Load | null = null
  let files = 0

  const load = (killed: Database, load: Load) => loadBatch({ ...ports, database: killed }, operator, load)
  const happenings: Record<Step['does'], (which: number, writing: Writing) => Promise<unknown>> = {
    'draft demand': (_, writing) =>
      draftDemand(ports, operator, { ...common(writing), problem: writing.text, enterpriseId: enterprise.id }),
    'amend demand': async (which, writing) => {
      const { id, version } = await chosen(demands, which)
      await amendDemand(ports, operator, id, version, { ...common(writing), problem: writing.text })
    },
    'publish demand': async (which) => {
      const { id } = await chosen(demands, which, { state: 'draft' })
      await requestDemandPublication(ports, operator, id)
      if (which % 5 === 4) await returnDemand(ports, operator, id, '请补充指标', [])
      else await publishDemand(ports, operator, id, passed)
    },
    'close demand': async (which) =>
      (which % 2 === 0 ? withdrawDemand : solveDemand)(
        ports,
        operator,
        (await chosen(demands, which, { state: ['published', 'vetting'] })).id,
      ),
    'draft offering': (_, writing) =>
      draftOffering(ports, operator, { ...common(writing), abstract: writing.text, kind: 'result', ownerId: owner.id }),
    'amend offering': async (which, writing) => {
      const { id, version } = await chosen(offerings, which)
      await amendOffering(ports, operator, id, version, { ...common(writing), abstract: writing.text })
    },
    'publish offering': async (which) => {
      const { id } = await chosen(offerings, which, { state: 'draft' })
      await requestOfferingPublication(ports, operator, id)
      await publishOffering(ports, operator, id, passed)
    },
    'withdraw offering': async (which) => withdrawOffering(ports, operator, (await chosen(offerings, which)).id),
    'register expert': (which, { title, text, visibility }) =>
      expertActions.register(ports, which % 2 === 0 ? actingAs('operator', operator.id) : operator, {
        name: title.slice(0, 20),
        field: text,
        source: 'institution',
        visibility,
      }),
    'amend expert': async (which, { text, visibility, place }) => {
      const { id, version } = await chosen(experts, which)
      await expertActions.amend(ports, operator, id, version, {
        field: text,
        visibility,
        consent: place === null ? null : place === '990102',
      })
    },
    'register evidence': async (which, { title, text }) => {
      const { id } = await chosen(experts, which)
      const offeringId = which % 3 === 0 ? (await chosen(offerings, which)).id : null
      await registerEvidence(
        ports,
        operator,
        id,
        offeringId === null ? { kind: 'paper', title, abstract: text } : { kind: 'result', offeringId },
      )
    },
    'amend evidence': async (which, { title, text }) => {
      const { id, version, offeringId } = await chosen(evidence, which)
      await amendEvidence(ports, operator, id, version, offeringId === null ? { title, abstract: text } : { role: 'lead' })
    },
    'remove evidence': async (which) => {
      const { id, version } = await chosen(evidence, which)
      await removeEvidence(ports, operator, id, version)
    },
    'amend directory': async (which, { text, visibility }) => {
      if (which % 2 === 0) {
        const { id, version } = await chosen(institutions, which)
        await institutionActions.amend(ports, operator, id, version, { summary: text, visibility })
      } else {
        const { version } = await enterpriseActions.read(ports, operator, enterprise.id)
        await enterpriseActions.amend(ports, operator, enterprise.id, version, { summary: text, visibility })
      }
    },
    import: async (which, writing) => load(ports.database, await fileOf(which, writing)),
    'killed import': async (which, writing) => {
      if (interrupted === null) interrupted = await fileOf(which, writing)
      await load(killedAfter(ports.database, 1 + (which % 4)), interrupted)
    },
    resume: async () => {
      if (interrupted === null) return
      const again = interrupted
      interrupted = null
      await load(ports.database, again)
    },
    undo: async (which) => undoImport(ports, operator, (await batch(which)).id),
    'killed undo': async (which) =>
      undoImport({ ...ports, database: killedAfter(ports.database, 1 + (which % 2)) }, operator, (await batch(which)).id),
    expire: async () => {
      const nextYear = { ...ports, now: () => '2027-01-02T01:00:00.000Z' }
      await expireDemands(nextYear)
      await expireOfferings(nextYear)
    },
    'catch up': () => catchUp(ports),
    embed: () => embedPending(ports, 3),
  }

  async function chosen<Noun extends StoredNoun>(
    rows: { page(database: Database, conditions: Conditions, page: { after: string; limit: number }): Promise<Noun[]> },
    which: number,
    conditions: Conditions = {},
  ): Promise<Noun> {
    const all = await rows.page(ports.database, conditions, { after: '', limit: 1000 })
    if (all.length === 0) throw new Problem('not-found')
    return all[which % all.length]!
  }
  async function batch(which: number) {
    const all = await listBatches(ports.database, 100)
    if (all.length === 0) throw new Problem('not-found')
    return all[which % all.length]!
  }
  /** A file with a person, what the person did, a result that he completed, and a demand; every fourth stands on the expert who is there. */
  async function fileOf(which: number, writing: Writing): Promise<Load> {
    const known = which % 4 === 0 ? await chosen(experts, which) : null
    const origin = `kjj/${++files}`
    const fields = common(writing)
    const expert = anExpert(ports, owner.id, {
      originId: origin,
      field: writing.text,
      visibility: writing.visibility,
      claimed: which % 2 === 0,
    })
    const offering = anOffering(ports, owner.id, { ...fields, originId: origin, abstract: writing.text })
    const expertId = known?.id ?? expert.id
    const paper = anEvidence(ports, expertId, { originId: `${origin}-1`, title: writing.title, abstract: writing.text })
    const completed = anEvidence(ports, expertId, { originId: `${origin}-2`, offeringId: offering.id, title: null, abstract: null })
    const demand = aDemand(ports, enterprise.id, { ...fields, originId: origin, problem: writing.text })
    return {
      kind: 'seed',
      name: '批量导入',
      fileSha256: `file ${files}`,
      sections: [
        ...(known === null ? [{ kind: 'expert' as const, nouns: [expert] }] : []),
        { kind: 'offering', nouns: [offering] },
        { kind: 'evidence', nouns: [paper, completed] },
        { kind: 'demand', nouns: [demand] },
      ],
    }
  }

  return {
    ports,
    async happen({ does, which, writing }: Step) {
      try {
        await happenings[does](which, writing)
      } catch (error) {
        if (!(error instanceof Problem) && !isKilled(error)) throw error
      }
    },
  }
}

const isKilled = (error: unknown) => error instanceof Error && error.message === 'killed'
