import type { DemandState } from '../demands/lifecycle.ts'
import type { Enterprise } from '../directory/enterprise.ts'
import type { Evidence } from '../directory/evidence.ts'
import type { DeclaredConflict, Expert } from '../directory/expert.ts'
import type { InstitutionKind } from '../directory/institution.ts'
import type { OfferingState } from '../offerings/lifecycle.ts'
import type { OfferingDraft } from '../offerings/offering.ts'
import type { Visibility } from '../platform/schema.ts'
import { oneOf } from './cells/plain.ts'

/** What files call the values of fields that have no code list: the first name is the one we write. The types hold them to the schemas. */
type Names<Value extends string> = Record<Value, readonly [string, ...string[]]>

const visibilities: Names<Visibility> = {
  public: ['公开', '完全公开'],
  registered: ['登录可见', '注册可见', '会员可见'],
  nda: ['保密', '签署保密协议后可见', '不公开'],
}

const contactSharings: Names<Expert['shown']['contact']> = {
  'both-sides': ['双方', '告知对方'],
  broker: ['技术经理人', '经技术经理人联系'],
}

const conflictKinds: Names<DeclaredConflict['kind']> = {
  'same-unit': ['任职', '兼职'],
  equity: ['持股'],
  'joint-work': ['合作', '合作成果'],
  other: ['其他', '亲属'],
}

const institutionKinds: Names<InstitutionKind> = {
  university: ['高等院校', '高校', '大学', '本科院校'],
  'vocational-college': ['高职院校', '职业院校', '高职高专'],
  'research-institute': ['科研院所', '研究院', '研究所', '科研机构'],
  hospital: ['医院', '医疗机构'],
  'company-institute': ['企业研究院', '企业技术中心'],
  school: ['学院', '院系'],
  laboratory: ['实验室', '重点实验室'],
  team: ['团队', '课题组', '科研团队'],
}

const sizes: Names<NonNullable<Enterprise['size']>> = {
  micro: ['微型', '微型企业'],
  small: ['小型', '小型企业'],
  medium: ['中型', '中型企业'],
  large: ['大型', '大型企业'],
}

const sources: Names<Expert['source']> = {
  'self-registered': ['自行注册', '本人注册'],
  institution: ['单位导入', '单位推荐'],
  'public-web': ['公开网页', '公开信息'],
}

const evidenceKinds: Names<Evidence['kind']> = {
  result: ['成果', '科技成果'],
  paper: ['论文', '期刊论文'],
  patent: ['专利'],
  standard: ['标准'],
  project: ['项目', '科研项目'],
  contract: ['技术合同', '合同'],
  award: ['获奖', '奖励'],
  product: ['产品', '新产品'],
  'test-report': ['检测报告', '测试报告'],
}

const evidenceRoles: Names<NonNullable<Evidence['role']>> = {
  lead: ['负责人', '主持', '第一完成人'],
  member: ['参与', '成员', '完成人'],
  inventor: ['发明人'],
  author: ['作者', '第一作者'],
  'corresponding-author': ['通讯作者'],
  supervisor: ['导师', '指导'],
}

const offeringKinds: Names<OfferingDraft['kind']> = { result: ['成果', '科技成果'], lead: ['文献线索', '线索'] }

const pricings: Names<NonNullable<OfferingDraft['pricing']>> = {
  agreement: ['协议定价', '协议'],
  listing: ['挂牌', '挂牌交易'],
  auction: ['拍卖'],
}

const states: Names<Exclude<DemandState, 'merged'> | OfferingState> = {
  draft: ['草稿'],
  vetting: ['审核中'],
  published: ['已发布'],
  routed: ['已分流'],
  withdrawn: ['已撤回'],
  expired: ['已到期'],
  solved: ['已解决'],
}

export const visibility = oneOf(visibilities)
export const contactSharing = oneOf(contactSharings)
export const conflictKind = oneOf(conflictKinds)
export const institutionKind = oneOf(institutionKinds)
export const size = oneOf(sizes)
export const source = oneOf(sources)
export const evidenceKind = oneOf(evidenceKinds)
export const evidenceRole = oneOf(evidenceRoles)
export const offeringKind = oneOf(offeringKinds)
export const pricing = oneOf(pricings)
export const state = oneOf(states)
