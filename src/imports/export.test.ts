import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, actingAs, visitor } from '../accounts/actor.ts'
import { draftDemand, publishDemand, requestDemandPublication } from '../demands/actions.ts'
import type { Demand } from '../demands/demand.ts'
import { expertActions } from '../directory/actions.ts'
import { draftOffering } from '../offerings/actions.ts'
import type { Database } from '../platform/database/database.ts'
import type { StoredNoun } from '../platform/database/listings.ts'
import { migrate } from '../platform/database/migrate.ts'
import { openSqlite } from '../platform/database/sqlite.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import type { Ports } from '../platform/ports.ts'
import { exportFile } from './actions.ts'
import { importText, jsonl, offeringRows, operator, portsOn, someEnterprise, someInstitution } from './fixtures.ts'
import { importables } from './nouns.ts'
import { rowsOf } from './tables.ts'

async function emptyMarket(): Promise<Ports> {
  const database: Database = openSqlite(':memory:')
  await migrate(database)
  return portsOn(database)
}

async function exported(ports: Ports, actor: Actor, kind: ImportKind, format: 'jsonl' | 'csv' = 'jsonl'): Promise<string> {
  let text = ''
  for await (const part of exportFile(ports, actor, { kind, format })) text += part
  return text
}

const kinds = Object.keys(rowsOf) as ImportKind[]

/** Rows of every kind; some were imported, some entered. */
async function market(): Promise<Ports> {
  const ports = await emptyMarket()
  const put = async (kind: ImportKind, rows: object[]) => {
    const outcome = await importText(ports, kind, `${kind}.jsonl`, jsonl(rows), { publish: true })
    expect(outcome.errors).toEqual([])
  }
  const enterpriseId = await someEnterprise(ports)
  const institutionId = await someInstitution(ports)
  await put('park', [{ originId: 'demo/zhudong', name: '铸东高端装备产业园', region: '990103' }])
  await put('enterprise', [
    { originId: 'demo/hengli', name: '砺州恒力液压有限公司', parkId: '@demo/zhudong', size: 'small', products: ['油缸', '液压泵站'] },
  ])
  await put('institution', [
    { originId: 'demo/mech', name: '机械与动力工程学院', kind: 'school', parentId: institutionId, classification: ['gbt13745:460'] },
  ])
  await put('expert', [
    {
      originId: 'demo/shen',
      name: '沈怀远',
      source: 'institution',
      affiliations: [{ institutionId: '@demo/mech', post: '系主任' }, { institutionId }],
      minFeeFen: 500_000,
      capacity: { daysPerYear: 20 },
      claimed: true,
    },
  ])
  await put('broker', [{ originId: 'demo/broker', name: '周文斌', grade: '中级' }])
  await put('offering', offeringRows(120, institutionId))
  await put('offering', [{ title: '单晶叶片定向凝固研究进展', kind: 'lead', citation: { source: '铸造 2024(3)', licence: 'CC BY 4.0' } }])
  await put('evidence', [
    { originId: 'demo/ev-1', expertId: '@demo/shen', kind: 'result', role: 'lead', offeringId: '@ligong/7', position: 2 },
    { originId: 'demo/ev-2', expertId: '@demo/shen', kind: 'paper', title: '激光熔覆层的热循环', on: '2024-05-01' },
  ])
  await draftOffering(ports, operator, {
    title: '=HYPERLINK("http://x") 熔覆',
    kind: 'result',
    ownerId: enterpriseId,
    price: { kind: 'range', minFen: 1, maxFen: 2 },
  })
  await put('demand', [
    {
      originId: 'demo/dem-1',
      title: '高压油管总成脉冲寿命提升',
      enterpriseId: '@demo/hengli',
      brokerId: '@demo/broker',
      indicators: [{ text: '脉冲寿命≥100万次', need: 'must' }],
      businessContact: { name: '冯志远', phone: '13800000000' },
      deadlineOn: '2026-11-30',
    },
  ])
  await draftDemand(ports, operator, { title: '油缸内孔珩磨', enterpriseId })
  const listed = await draftDemand(ports, operator, { title: '主轴热误差补偿', enterpriseId })
  await requestDemandPublication(ports, operator, listed.id)
  const checks = (['authenticity', 'secrecy', 'wording'] as const).map((check) => ({ check, result: 'passed' as const, reason: null }))
  await publishDemand(ports, operator, listed.id, checks)
  return ports
}

describe('an export', () => {
  let ports: Ports
  beforeEach(async () => {
    ports = await market()
  })

  it('imports into an empty market as it was, but for ids, versions and times', async () => {
    const other = await emptyMarket()
    const monthsLater = { ...other, now: () => '2027-03-01T01:00:00.000Z' }
    const files = new Map<ImportKind, string>()
    for (const kind of kinds) files.set(kind, await exported(ports, operator, kind))
    for (const [kind, text] of files) {
      const outcome = await importText(monthsLater, kind, `${kind}.jsonl`, text, { publish: true })
      expect(outcome.errors).toEqual([])
      expect(outcome.counts.written).toBe(await rowsOf[kind].count(ports.database, {}))
    }
    for (const kind of kinds) {
      const lines = (text: string) => text.trim().split('\n').sort()
      expect(lines(await exported(monthsLater, operator, kind))).toEqual(lines(files.get(kind)!))
      expect(await comparable(monthsLater, kind)).toEqual(await comparable(ports, kind))
    }
  })

  it('is refused, row by row, by the market that it came from', async () => {
    const outcome = await importText(ports, 'demand', '需求.jsonl', await exported(ports, operator, 'demand'))
    expect(outcome.errors.map(({ rule }) => rule)).toEqual(['duplicate-origin', 'duplicate-origin', 'duplicate-origin'])
  })

  it('as csv opens in a spreadsheet without running anything, and imports again', async () => {
    const text = await exported(ports, operator, 'offering', 'csv')
    expect(text.startsWith('\uFEFF来源编号,成果名称,类型,')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK(""http://x"") 熔覆"`)
    const other = await emptyMarket()
    for (const kind of ['park', 'enterprise', 'institution', 'offering'] as const) {
      const outcome = await importText(other, kind, `${kind}.csv`, await exported(ports, operator, kind, 'csv'), { publish: true })
      expect(outcome.errors).toEqual([])
      expect(outcome.warnings).toEqual([])
      expect(await comparable(other, kind)).toEqual(await comparable(ports, kind))
    }
  })

  it('holds what the actor may read whole and nothing else', async () => {
    const count = async (actor: Actor, kind: ImportKind) => (await exported(ports, actor, kind)).split('\n').length - 1
    const hengli = (await rowsOf.enterprise.findByOrigin(ports.database, 'demo/hengli'))!
    const broker = (await rowsOf.broker.findByOrigin(ports.database, 'demo/broker'))!
    expect(await count(operator, 'demand')).toBe(3)
    expect(await count(actingAs('enterprise', hengli.id), 'demand')).toBe(1)
    expect(await count(visitor, 'demand')).toBe(0)
    expect(await count(visitor, 'offering')).toBe(0)
    expect(await exported(ports, actingAs('enterprise', hengli.id), 'demand')).toContain('13800000000')
    const seenByBroker = await exported(ports, actingAs('broker', broker.id), 'demand')
    expect(seenByBroker).toContain('高压油管总成脉冲寿命提升')
    expect(seenByBroker).not.toContain('13800000000')
  })

  it('leaves out experts who are shown masked, with their evidence', async () => {
    const masked = await expertActions.register(ports, operator, { name: '程雪梅', source: 'public-web' })
    await importText(ports, 'evidence', '论文.jsonl', jsonl([{ expertId: masked.id, kind: 'paper', title: '磨削烧伤的声发射监测' }]))
    const seen = `${await exported(ports, visitor, 'expert')}${await exported(ports, visitor, 'evidence')}`
    expect(seen).toContain('沈怀远')
    expect(seen).not.toMatch(/程雪梅|磨削烧伤/)
    expect(await exported(ports, operator, 'evidence')).toContain('磨削烧伤')
  })
})

/** Rows without what a market gives: ids (its own and others'), versions and times. */
async function comparable(ports: Ports, kind: ImportKind): Promise<string[]> {
  const nouns: StoredNoun[] = []
  for (let after = ''; ; after = nouns.at(-1)!.id) {
    const page = await rowsOf[kind].page(ports.database, {}, { after, limit: 100 })
    nouns.push(...page)
    if (page.length < 100) break
  }
  const names = Object.keys(importables[kind].schema.shape)
  const kept = (noun: Record<string, unknown>) =>
    names.map((name) => [name, name === 'indicators' ? (noun as unknown as Demand).indicators : noun[name]])
  return nouns.map((noun) => JSON.stringify(kept({ ...noun })).replaceAll(/"[a-z]{3}_[a-z2-7]{20}"/g, '"id"')).sort()
}
