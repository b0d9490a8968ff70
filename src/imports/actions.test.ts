import { writeXlsx } from 'hucre/xlsx'
import { beforeEach, describe, expect, it } from 'vitest'
import { actingAs } from '../accounts/actor.ts'
import { demands } from '../demands/store.ts'
import { enterprises, experts, institutions } from '../directory/store.ts'
import { offerings } from '../offerings/store.ts'
import type { Database } from '../platform/database/database.ts'
import { migrate } from '../platform/database/migrate.ts'
import { openSqlite } from '../platform/database/sqlite.ts'
import { idFromOrigin } from '../platform/ids.ts'
import type { Ports } from '../platform/ports.ts'
import { type ImportOptions, type ImportOutcome, importFile } from './actions.ts'
import { bytesOf, gbk, importText, jsonl, operator, portsOn, someEnterprise } from './fixtures.ts'

let database: Database
let ports: Ports
let enterpriseId: string

beforeEach(async () => {
  database = openSqlite(':memory:')
  await migrate(database)
  ports = portsOn(database)
  enterpriseId = await someEnterprise(ports)
  return () => database.close()
})

const demandRows = (rows: readonly object[], options: Partial<ImportOptions> = {}) =>
  importText(ports, 'demand', '需求.jsonl', jsonl(rows.map((row) => ({ enterpriseId, ...row }))), options)
const all = (rows: typeof demands) => rows.page(database, {}, { after: '', limit: 100 })
const rules = ({ errors }: ImportOutcome) => errors.map(({ line, column, rule }) => [line, column, rule])

describe('a collection form of enterprises', () => {
  const header =
    '编号,题目*,难题描述,技术指标,所属行业,产业链,关键词,所在地,预算（万元）,截止日期,合作方式,联系人,联系电话,是否匿名,企业,备注'
  const line = (enterprise: string) =>
    `XQ-001,高压油管总成脉冲寿命提升,接头处早期开裂,"脉冲寿命≥100万次；期望：成本增加≤5%",通用设备制造业,高端装备与智能制造,高压油管；脉冲试验、扣压,铸东区,30-50,2026年12月31日,联合开发、委托开发,冯志远,13800000000,否,${enterprise},请尽快`.replace(
      '联合开发',
      '合作开发',
    )

  it('becomes drafts of demands, whatever the headers are called', async () => {
    const outcome = await importText(ports, 'demand', '征集表.csv', `${header}\n${line(enterpriseId)}\n`)
    expect(outcome.errors).toEqual([])
    expect(outcome.warnings).toEqual([
      {
        line: 2,
        column: '备注',
        value: '',
        rule: 'unknown-column',
        count: 1,
        fix: '没有与这一列对应的字段，已忽略；如需导入，请改用模板中的列名。',
      },
    ])
    const [demand] = await all(demands)
    expect(demand).toMatchObject({
      id: await idFromOrigin('demand', 'kjj/XQ-001'),
      originId: 'kjj/XQ-001',
      state: 'draft',
      title: '高压油管总成脉冲寿命提升',
      problem: '接头处早期开裂',
      indicators: [
        { text: '脉冲寿命≥100万次', need: 'must' },
        { text: '成本增加≤5%', need: 'want', parsed: { name: '成本增加', operator: 'le', target: 5, unit: '%' } },
      ],
      classification: [
        { scheme: 'gbt4754', edition: '2017', code: '34' },
        { scheme: 'chain', edition: '2026', code: 'equipment' },
      ],
      keywords: ['高压油管', '脉冲试验', '扣压'],
      region: { scheme: 'region', edition: '2021', code: '990103' },
      budgetMinFen: 30_000_000,
      budgetMaxFen: 50_000_000,
      deadlineOn: '2026-12-31',
      modes: ['joint-development', 'commissioned-development'],
      businessContact: { name: '冯志远', phone: '13800000000', email: null },
      isAnonymous: false,
      enterpriseId,
      enteredBy: operator.id,
      onBehalfOf: enterpriseId,
      publishedAt: null,
      vetting: [],
    })
  })

  it('may come in GBK, and as a sheet of a workbook with dates of Excel', async () => {
    const bytes = gbk(`${header}\n${line(enterpriseId).replace('≥', '不低于').replace('≤', '不超过')}\n`)
    const options = { kind: 'demand', source: 'kjj', locale: 'zh-CN' } as const
    expect((await importFile(ports, operator, { ...options, fileName: '征集表.csv', bytes })).counts.written).toBe(1)
    const rows = [
      ['题目', '截止日期', '最高预算（元）', '企业'],
      ['油缸缸筒内孔珩磨效率低', new Date(Date.UTC(2027, 0, 15)), 200000, enterpriseId],
    ]
    const workbook = new Uint8Array(
      await writeXlsx({
        sheets: [
          { name: '说明', rows: [['说明']] },
          { name: '需求', rows },
        ],
      }),
    )
    const outcome = await importFile(ports, operator, { ...options, fileName: '征集表.xlsx', bytes: workbook, sheet: '需求' })
    expect(outcome.errors).toEqual([])
    const found = (await all(demands)).find(({ title }) => title === '油缸缸筒内孔珩磨效率低')
    expect(found).toMatchObject({ deadlineOn: '2027-01-15', budgetMinFen: null, budgetMaxFen: 20_000_000 })
    expect(found!.originId).toMatch(/^kjj\/[0-9a-f]{20}$/)
  })

  it('tells in the operator’s language what is wrong where, and writes nothing', async () => {
    const text = `题目,所属行业,最高预算（万元）,截止日期,所在地,合作方式,是否匿名,企业
油缸密封件耐高温,蒸汽机制造业,五十万,明年春天,朝阳区,入股分红,也许,@nobody
液压阀块清洗,通用设备制造业,-5,2026-11-21,铸东区,技术服务,是,${enterpriseId}
`
    const outcome = await importText(ports, 'demand', '征集表.csv', text)
    expect(rules(outcome)).toEqual([
      [2, '所属行业', 'unknown-code'],
      [2, '最高预算（万元）', 'not-an-amount'],
      [2, '截止日期', 'not-a-day'],
      [2, '所在地', 'ambiguous-name'],
      [2, '合作方式', 'unknown-choice'],
      [2, '是否匿名', 'not-yes-or-no'],
      [2, '企业', 'unknown-reference'],
      [3, '最高预算（万元）', 'too-small'],
    ])
    expect(outcome.errors[0]).toMatchObject({ value: '蒸汽机制造业', fix: expect.stringContaining('代码表中没有“蒸汽机制造业”') })
    expect(outcome.errors[3]!.fix).toMatch(/region:\d{6}、/)
    expect(outcome).toMatchObject({ batch: null, counts: { read: 2, valid: 0, wrong: 2, written: 0 } })
    expect(await all(demands)).toEqual([])
    const english = await importText(ports, 'demand', '征集表.csv', text, { locale: 'en' })
    expect(english.errors.map(({ fix }) => fix)).toContainEqual('Write 是 or 否 (yes or no).')
  })
})

describe('what a row may not say', () => {
  it.each([
    ['a deadline that has passed', { deadlineOn: '2026-11-21' }, 'deadlineOn', 'past-day'],
    ['a negative budget', { budgetMaxFen: -1 }, 'budgetMaxFen', 'too-small'],
    ['a lowest budget above the highest', { budgetMinFen: 200, budgetMaxFen: 100 }, 'budgetMaxFen', 'below-minimum'],
    ['a code that is in no list', { classification: ['gbt4754:34', 'gbt4754:ZZ'] }, 'classification', 'unknown-code'],
    ['a code object that is in no list', { region: { scheme: 'region', edition: '2021', code: '000000' } }, 'region', 'unknown-code'],
    ['an enterprise that is not there', { enterpriseId: 'ent_aaaaaaaaaaaaaaaaaaaa' }, 'enterpriseId', 'unknown-reference'],
    ['no enterprise', { enterpriseId: '' }, 'enterpriseId', 'required'],
    ['a title that is too short', { title: '油管' }, 'title', 'too-small'],
    ['a field that does not exist', { titel: '高压油管' }, 'titel', 'unknown-field'],
    ['half of a contact', { businessContact: { phone: '8210000' } }, 'businessContact', 'required'],
    ['NUL', { problem: '开裂\0' }, 'problem', 'unstorable-text'],
    ['an origin id that is no text', { originId: { id: 1 } }, 'originId', 'not-an-origin'],
  ])('%s', async (_, row, column, rule) => {
    expect(rules(await demandRows([{ title: '高压油管接头密封失效', ...row }]))).toEqual([[1, column, rule]])
    expect(await all(demands)).toEqual([])
  })

  it('nothing of the enterprise: the column that is missing is named, not one that brought other members', async () => {
    const outcome = await importText(ports, 'demand', '需求.csv', '需求名称,问题描述,预算（万元）\n薄板焊接后翘曲变形大,校平费时,50\n')
    expect(rules(outcome)).toEqual([[2, '企业编号', 'required']])
  })

  it('that it is a lead, without saying where it was published', async () => {
    const header = '成果名称,类型,文献出处,许可\n'
    const lead = '镍基单晶高温合金定向凝固工艺研究,文献线索'
    expect(rules(await importText(ports, 'offering', '线索.csv', `${header}${lead},,\n`))).toEqual([[2, '文献出处及许可', 'required']])
    expect(rules(await importText(ports, 'offering', '线索.csv', `${header}${lead},铸造 2024(3),\n`))).toEqual([
      [2, '文献许可', 'required'],
    ])
    const outcome = await importText(ports, 'offering', '线索.csv', `${header}${lead},铸造 2024(3),CC BY 4.0\n`)
    expect(outcome.errors).toEqual([])
    const [offering] = await offerings.page(database, {}, { after: '', limit: 1 })
    expect(offering).toMatchObject({ kind: 'lead', citation: { source: '铸造 2024(3)', licence: 'CC BY 4.0' }, ownerId: null })
  })

  it('the same as another row, or as what is there', async () => {
    const row = { title: '轴承钢夹杂物控制' }
    const twice = await demandRows([{ ...row, originId: 'a/1' }, row, { ...row, originId: 'a/1', title: '轴承钢夹杂物检测' }, row])
    expect(twice.errors.map(({ line, rule, fix }) => [line, rule, fix])).toEqual([
      [3, 'duplicate-origin', '来源编号与第 1 行重复，请保留一行。'],
      [4, 'duplicate-row', '内容与第 2 行完全相同，请保留一行。'],
    ])
    await demandRows([{ ...row, originId: 'a/1' }, row])
    const again = await demandRows([{ ...row, originId: 'a/1' }, row, { title: '轴承钢疲劳寿命' }])
    expect(again.errors.map(({ line, rule }) => [line, rule])).toEqual([
      [1, 'duplicate-origin'],
      [2, 'duplicate-row'],
    ])
    expect(again.errors[0]!.fix).toContain(await idFromOrigin('demand', 'a/1'))
  })

  it('is only doubted where a credit code has a wrong check digit', async () => {
    const outcome = await importText(
      ports,
      'enterprise',
      '企业.csv',
      '企业名称,统一社会信用代码\n砺州锐荆数控机床有限公司,9199 0100 MA0R J207 8X\n',
    )
    expect(outcome.counts.written).toBe(1)
    expect(outcome.warnings).toMatchObject([{ line: 2, column: '统一社会信用代码', rule: 'wrong-check-digit' }])
  })
})

describe('an import', () => {
  const mixed = [{ title: '高压油管接头密封失效' }, { title: '短' }, { title: '铸件砂眼在线检测' }]

  it('writes the valid rows only when it is asked to', async () => {
    expect(await demandRows(mixed)).toMatchObject({ batch: null, counts: { read: 3, valid: 2, wrong: 1, written: 0 } })
    expect(await all(demands)).toEqual([])
    expect(await demandRows(mixed, { validOnly: true })).toMatchObject({
      batch: { rowCount: 2, state: 'complete' },
      counts: { written: 2 },
      errors: [{ line: 2 }],
    })
    expect(await all(demands)).toHaveLength(2)
  })

  it('writes nothing in a dry run', async () => {
    const before = await database.query.selectFrom('journal').selectAll().execute()
    const outcome = await demandRows([mixed[0]!], { dryRun: true, publish: true })
    expect(outcome).toMatchObject({ batch: null, counts: { read: 1, valid: 1, wrong: 0, written: 0 }, errors: [] })
    expect(await database.query.selectFrom('journal').selectAll().execute()).toEqual(before)
    expect(await database.query.selectFrom('import_batch').selectAll().execute()).toEqual([])
  })

  it('publishes with the three checks of the operator when it is asked to', async () => {
    await demandRows([mixed[0]!], { publish: true })
    const [demand] = await all(demands)
    expect(demand).toMatchObject({ state: 'published', publishedAt: demand!.createdAt })
    expect(demand!.vetting).toEqual(
      ['authenticity', 'secrecy', 'wording'].map((check) => ({
        check,
        result: 'passed',
        reason: null,
        by: operator.id,
        at: demand!.createdAt,
      })),
    )
  })

  it('never makes visible what its row calls withdrawn, nor publishes unasked', async () => {
    const rows = [
      { title: '油缸活塞杆镀铬替代', state: 'withdrawn' },
      { title: '油缸活塞杆激光熔覆', state: 'published' },
      { title: '油缸活塞杆校直', state: 'solved', deadlineOn: '2025-03-01' },
    ]
    const outcome = await demandRows(rows)
    expect(outcome.warnings).toMatchObject([{ line: 3, column: 'deadlineOn', rule: 'past-day' }])
    expect((await all(demands)).map(({ title, state }) => [title, state]).sort()).toEqual(
      [
        ['油缸活塞杆校直', 'draft'],
        ['油缸活塞杆激光熔覆', 'draft'],
        ['油缸活塞杆镀铬替代', 'withdrawn'],
      ].sort(),
    )
  })

  it('follows references by origin id, inside the file too, and refuses what refers to a wrong row', async () => {
    const rows = [
      { originId: 'demo/mech', name: '机械与动力工程学院', kind: '学院', parentId: '@demo/ligong' },
      { originId: 'demo/ligong', name: '岭江理工大学', kind: 'university' },
    ]
    const outcome = await importText(ports, 'institution', '机构.jsonl', jsonl(rows))
    expect(outcome.errors).toEqual([])
    const ligong = await idFromOrigin('institution', 'demo/ligong')
    expect(await institutions.findByOrigin(database, 'demo/mech')).toMatchObject({ parentId: ligong, kind: 'school' })
    await importText(ports, 'expert', '专家.csv', '姓名,来源,所在单位,院系,合作方式\n沈怀远,公开网页,@demo/mech,铸造系,技术咨询；挂职\n')
    const [expert] = await experts.page(database, {}, { after: '', limit: 1 })
    expect(expert).toMatchObject({
      affiliations: [{ institutionId: await idFromOrigin('institution', 'demo/mech'), department: '铸造系', post: null }],
      modes: ['advisory', 'secondment'],
      source: 'public-web',
      claimed: false,
    })
    const broken = [
      { originId: 'x/1', name: '材料学院', kind: 'school', parentId: '@x/2' },
      { originId: 'x/2', name: '岭江大学', kind: 'school', parentId: '@x/3' },
      { originId: 'x/3', name: '大', kind: 'university' },
    ]
    expect(rules(await importText(ports, 'institution', '机构.jsonl', jsonl(broken), { validOnly: true }))).toEqual([
      [1, 'parentId', 'unknown-reference'],
      [2, 'parentId', 'unknown-reference'],
      [3, 'name', 'too-small'],
    ])
  })

  it('takes an offering of an enterprise, with price, advantages and rights in single cells', async () => {
    const header = '成果名称,类型,持有单位,价格,技术成熟度,技术优势,知识产权,成果阶段\n'
    const row = `高压油管扣压在线检测装置,科技成果,${enterpriseId},30-50万元,TRL 7,检测节拍|3秒|30秒|秒|常温||field,发明专利|ZL202310000001.0|授权；技术秘密||授权,中试\n`
    const outcome = await importText(ports, 'offering', '成果.csv', header + row.replace('||field', ''))
    expect(rules(outcome)).toEqual([[2, '技术优势', 'required']])
    const right = await importText(ports, 'offering', '成果.csv', header + row)
    expect(right.errors).toEqual([])
    const [offering] = await offerings.page(database, {}, { after: '', limit: 1 })
    expect(offering).toMatchObject({
      ownerId: enterpriseId,
      price: { kind: 'range', minFen: 30_000_000, maxFen: 50_000_000 },
      readiness: { scale: 'trl', level: 7 },
      stage: 'pilot',
      ip: [
        { kind: 'invention-patent', number: 'ZL202310000001.0', status: 'granted' },
        { kind: 'technical-secret', number: null, status: 'granted' },
      ],
    })
  })

  it('is for operators', async () => {
    const options = { kind: 'enterprise', fileName: '企业.csv', bytes: bytesOf('名称\n恒砺机械'), source: 'kjj', locale: 'zh-CN' } as const
    await expect(importFile(ports, actingAs('park', 'prk_aaaaaaaaaaaaaaaaaaaa'), options)).rejects.toMatchObject({
      kind: 'not-permitted',
    })
    await expect(importFile(ports, actingAs('visitor', 'visitor'), options)).rejects.toMatchObject({ kind: 'not-signed-in' })
    expect(await enterprises.count(database, {})).toBe(1)
  })
})
