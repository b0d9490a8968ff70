import type { DemandDraft } from '../demands/demand.ts'
import type { BrokerDraft } from '../directory/broker.ts'
import type { EnterpriseDraft } from '../directory/enterprise.ts'
import type { EvidenceDraft } from '../directory/evidence.ts'
import type { ExpertDraft } from '../directory/expert.ts'
import type { InstitutionDraft } from '../directory/institution.ts'
import type { ParkDraft } from '../directory/park.ts'
import type { OfferingDraft } from '../offerings/offering.ts'
import { normaliseCreditCode } from '../platform/codes/credit-code.ts'
import { normaliseOrcid } from '../platform/codes/orcid.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { type Cell, cell, list, sentences } from './cells/cell.ts'
import { code, codes } from './cells/codes.ts'
import { indicator, price, readiness, record, records } from './cells/composed.ts'
import { day, dayOrYear, integer, money, oneOfList, text, yesNo } from './cells/plain.ts'
import {
  conflictKind,
  contactSharing,
  evidenceKind,
  evidenceRole,
  institutionKind,
  offeringKind,
  pricing,
  size,
  source,
  state,
  visibility,
} from './choices.ts'

/** A column that a flat file may have. It is found by its field's own name or any label; the first Chinese label is the one we write. */
export interface Column {
  cell: Cell
  en: string
  zh: readonly [string, ...string[]]
}
const column = (cell: Cell, en: string, ...zh: [string, ...string[]]): Column => ({ cell, en, zh })

const contact = record({ name: text, phone: text, email: text })
const regions = code('region')
const fields = codes('gbt4754', 'chain', 'hightech', 'sei', 'gbt13745')
const modes = column(list(oneOfList('mode')), 'Modes of cooperation', '合作方式', '合作模式', '转化方式')
const keywords = column(list(text), 'Keywords', '关键词', '关键字')
const region = column(regions, 'Region', '所在地区', '所在地', '地区', '区县', '所在区县')
const classification = column(fields, 'Classification', '分类', '领域', '技术领域')
const summary = column(text, 'Summary', '简介', '概况', '单位简介', '企业简介', '个人简介')
const shown = column(visibility, 'Visibility', '公开范围', '可见范围')
const creditCode = column(cell(normaliseCreditCode), 'Unified social credit code', '统一社会信用代码', '信用代码')
const until = column(day, 'Valid until', '有效期至', '有效期', '到期日')
const stated = column(state, 'State', '状态')

/** A column for each field that people write, and for what else an import may bring (`state`, `brokerId` …). */
export const columns = {
  demand: {
    title: column(text, 'Title', '难题名称', '题目', '名称', '标题', '需求名称', '技术需求名称', '项目名称'),
    teaser: column(text, 'Teaser', '公开摘要', '一句话简介', '摘要'),
    problem: column(text, 'Problem', '问题描述', '难题描述', '需求描述', '主要内容', '需求内容', '技术需求'),
    currentState: column(text, 'Present state', '现状', '技术现状'),
    tried: column(text, 'Tried so far', '已尝试的办法', '已做的尝试'),
    ownConditions: column(text, 'Conditions at hand', '自有条件', '现有条件', '现有基础'),
    confidential: column(text, 'Confidential', '保密内容', '保密信息'),
    indicators: column(sentences(indicator), 'Indicators', '技术指标', '主要技术指标', '考核指标', '指标要求'),
    constraints: column(sentences(text), 'Constraints', '约束条件', '限制条件'),
    classification,
    keywords,
    region,
    readinessFrom: column(integer, 'Readiness from', '起始成熟度', '现有成熟度'),
    readinessTo: column(integer, 'Readiness to', '目标成熟度', '期望成熟度'),
    modes,
    ipExpectation: column(text, 'Expectation on IP', '知识产权要求', '知识产权约定'),
    isExclusive: column(yesNo, 'Exclusive', '是否独占', '独占'),
    budgetMinFen: column(money, 'Budget from', '最低预算', '预算下限'),
    budgetMaxFen: column(money, 'Budget to', '最高预算', '预算上限'),
    deadlineOn: column(day, 'Deadline', '截止日期', '需求截止日期', '完成期限'),
    expectedStartOn: column(day, 'Expected start', '期望开始日期', '计划开始日期'),
    expiresOn: until,
    businessContact: column(contact, 'Business contact', '商务联系人及方式'),
    technicalContact: column(contact, 'Technical contact', '技术联系人及方式'),
    isAnonymous: column(yesNo, 'Anonymous', '是否匿名', '匿名'),
    visibility: shown,
    channel: column(oneOfList('intake-channel'), 'Channel', '来源渠道', '征集渠道'),
    enterpriseId: column(text, 'Enterprise', '企业编号', '所属企业编号', '企业'),
    brokerId: column(text, 'Broker', '技术经理人编号', '技术经理人'),
    state: stated,
  } satisfies Record<keyof DemandDraft | 'brokerId' | 'state', Column>,
  offering: {
    title: column(text, 'Title', '成果名称', '名称', '题目', '标题', '项目名称'),
    kind: column(offeringKind, 'Kind', '类型', '类别', '成果类别'),
    ownerId: column(text, 'Owner', '持有单位编号', '单位编号', '持有单位'),
    teaser: column(text, 'Teaser', '公开摘要', '一句话简介'),
    problemSolved: column(text, 'Problem solved', '解决的问题', '解决问题', '应用场景'),
    confidential: column(text, 'Confidential', '保密内容', '保密信息'),
    abstract: column(text, 'Abstract', '成果简介', '摘要', '简介', '成果介绍', '技术简介'),
    keywords,
    classification,
    region,
    stage: column(oneOfList('offering-stage'), 'Stage', '成果阶段', '所处阶段', '阶段'),
    readiness: column(readiness, 'Readiness', '技术成熟度', '成熟度', 'TRL'),
    advantages: column(
      records({
        name: text,
        ours: text,
        incumbent: text,
        unit: text,
        condition: text,
        evidence: text,
        evidenceLevel: oneOfList('evidence-level'),
      }),
      'Advantages',
      '技术优势',
      '优势指标',
    ),
    ip: column(
      records({ kind: oneOfList('ip-kind'), number: text, status: oneOfList('ip-status') }),
      'Intellectual property',
      '知识产权',
      '知识产权情况',
    ),
    modes,
    price: column(price, 'Price', '价格', '转让价格', '意向价格'),
    pricing: column(pricing, 'Pricing', '定价方式'),
    territory: column(codes('region'), 'Territory', '许可地域', '适用地域'),
    availableFrom: column(day, 'Available from', '可开始日期', '可合作日期'),
    registrationNo: column(text, 'Registration number', '登记号', '成果登记号'),
    registeredOn: column(day, 'Registered on', '登记日期'),
    isSecrecyReviewed: column(yesNo, 'Reviewed for secrecy', '是否已保密审查', '保密审查'),
    citation: column(record({ source: text, licence: text }), 'Citation', '文献出处及许可'),
    visibility: shown,
    expiresOn: until,
    state: stated,
  } satisfies Record<keyof OfferingDraft | 'state', Column>,
  enterprise: {
    name: column(text, 'Name', '企业名称', '名称', '单位名称'),
    creditCode,
    size: column(size, 'Size', '企业规模', '规模'),
    region,
    parkId: column(text, 'Park', '园区编号', '所属园区'),
    classification,
    summary,
    products: column(list(text), 'Products', '主要产品', '主营产品', '产品'),
    visibility: shown,
  } satisfies Record<keyof EnterpriseDraft, Column>,
  park: {
    name: column(text, 'Name', '园区名称', '名称'),
    region,
    classification,
    summary,
    visibility: shown,
  } satisfies Record<keyof ParkDraft, Column>,
  institution: {
    name: column(text, 'Name', '机构名称', '名称', '单位名称'),
    kind: column(institutionKind, 'Kind', '机构类型', '类型', '单位类型'),
    parentId: column(text, 'Parent', '上级机构编号', '上级单位'),
    creditCode,
    region,
    classification,
    summary,
    transferOffice: column(text, 'Transfer office', '成果转化部门', '转化机构'),
    visibility: shown,
    hasStandingTrust: column(yesNo, 'Standing trust', '自行审核'),
  } satisfies Record<keyof InstitutionDraft | 'hasStandingTrust', Column>,
  expert: {
    name: column(text, 'Name', '姓名', '专家姓名', '名称'),
    nameEn: column(text, 'Name in English', '英文姓名'),
    orcid: column(cell(normaliseOrcid), 'ORCID', 'ORCID号'),
    affiliations: column(records({ institutionId: text, department: text, post: text }), 'Affiliations', '任职情况'),
    titleLevel: column(oneOfList('title-level'), 'Title level', '职称级别', '职称等级'),
    title: column(text, 'Title', '职称'),
    degree: column(oneOfList('degree'), 'Degree', '学位'),
    region,
    classification,
    field: column(text, 'Field', '研究方向', '研究领域'),
    summary,
    methods: column(list(text), 'Methods', '方法', '技术方法'),
    materials: column(list(text), 'Materials', '材料', '研究对象'),
    instruments: column(list(text), 'Instruments', '仪器设备', '设备'),
    keywords,
    modes,
    capacity: column(record({ daysPerYear: integer, maxParallel: integer, freeFrom: day }), 'Capacity', '可用时间'),
    minFeeFen: column(money, 'Lowest fee', '最低报酬', '最低费用'),
    travelRadiusKm: column(integer, 'Travel radius', '出差半径', '服务半径'),
    hostConsent: column(yesNo, 'Host consents', '单位是否同意兼职', '单位同意'),
    consent: column(yesNo, 'Consent', '本人是否同意推荐', '本人同意'),
    source: column(source, 'Source', '信息来源', '来源'),
    visibility: shown,
    shown: column(record({ name: visibility, works: visibility, contact: contactSharing }), 'Shown', '本人展示选择'),
    mutedTopics: column(list(text), 'Muted topics', '静音话题', '不想收到的话题'),
    conflicts: column(records({ kind: conflictKind, name: text }), 'Conflicts of interest', '利益关系'),
    claimed: column(yesNo, 'Claimed', '本人已认领'),
  } satisfies Record<keyof ExpertDraft | 'claimed', Column>,
  broker: {
    name: column(text, 'Name', '姓名', '经理人姓名', '名称'),
    organisation: column(text, 'Organisation', '所在机构', '单位', '工作单位'),
    grade: column(oneOfList('broker-grade'), 'Grade', '级别', '等级'),
    certificateNo: column(text, 'Certificate number', '证书编号', '证书号'),
    region,
    classification,
    summary,
    visibility: shown,
  } satisfies Record<keyof BrokerDraft, Column>,
  evidence: {
    expertId: column(text, 'Expert', '专家编号', '专家'),
    kind: column(evidenceKind, 'Kind', '类型', '类别'),
    role: column(evidenceRole, 'Role', '角色', '本人角色'),
    offeringId: column(text, 'Offering', '成果编号', '成果'),
    title: column(text, 'Title', '名称', '题目', '标题'),
    abstract: column(text, 'Abstract', '摘要', '简介'),
    on: column(dayOrYear, 'Day', '日期', '发表日期', '取得日期', '年份'),
    source: column(text, 'Source', '出处', '文献来源', '刊名', '授予单位'),
    number: column(text, 'Number', '文献编号', 'DOI', '专利号', '标准号', '项目号'),
    link: column(text, 'Link', '链接', '网址'),
    position: column(integer, 'Position', '排名', '名次'),
  } satisfies Record<keyof EvidenceDraft | 'position', Column>,
} as const satisfies Record<ImportKind, Record<string, Column>>

/** Where an object's own id at its source stands; read by every kind. */
export const originColumn = column(text, 'Origin id', '来源编号', '原编号', '编号')
