import { expect, it } from 'vitest'
import { handlers, nightly } from '../../src/jobs.ts'
import { Matches } from '../../src/matching/match.ts'
import { OfferingView } from '../../src/offerings/offering.ts'
import { runDueJobs } from '../../src/platform/jobs/jobs.ts'
import { fixture, vacuumCasting, welding } from './fixtures.ts'
import { openMarket } from './market.ts'

it('closes what has passed its last day, deletes vectors of texts that are gone, and no answer changes', async () => {
  const market = await openMarket()
  const { database } = market.ports
  const vectors = async () => (await database.query.selectFrom('vector').select('text_hash').execute()).length
  const enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  const institution = await market.institution({ name: '砺州理工大学' })
  const expert = await market.expert({ name: '沈岳', field: '焊接变形' })
  const result = await market.offer(institution, fixture)
  const { id: passing } = await market.offer(institution, { ...vacuumCasting, expiresOn: '2026-11-23' })
  const demand = await market.publish(enterprise, welding)
  const paper = await market.evidence({ expertId: expert.id, kind: 'paper', title: '箱形梁焊接旁弯的预测' })
  const path = `/api/demands/${demand.id}/matches`
  await market.settle()
  await enterprise.get(path)
  const live = await vectors()

  await institution.patch(`/api/offerings/${result.id}`, 3, { abstract: '用反变形胎具控制焊接变形。' })
  await market.operator.patch(`/api/evidence/${paper.id}`, 1, { title: '箱形梁焊接旁弯的测量' })
  market.passDays(2)
  await market.settle()
  const matches = (await enterprise.get(path)).as(Matches).items
  expect(await vectors()).toBe(live + 2)

  // What was published had questions to send.
  await runDueJobs(market.ports, handlers)
  await nightly(market.ports)
  expect(await runDueJobs(market.ports, handlers)).toBe(7)
  const jobs = await database.query.selectFrom('job').select(['kind', 'state', 'failure']).execute()
  for (const job of jobs) expect(job).toMatchObject({ state: 'done', failure: null })
  expect((await market.visitor.get(`/api/offerings/${passing}`)).as(OfferingView).state).toBe('expired')
  await nightly(market.ports)
  expect(await runDueJobs(market.ports, handlers)).toBe(7)

  // Two texts were written over and one offering has expired.
  expect(await vectors()).toBe(live - 1)
  expect((await enterprise.get(path)).as(Matches).items).toEqual(matches)
})
