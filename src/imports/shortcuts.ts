import type { ImportKind } from '../platform/database/tables.ts'
import type { Cell } from './cells/cell.ts'
import { codes } from './cells/codes.ts'
import { budget } from './cells/composed.ts'
import { day, integer, text } from './cells/plain.ts'
import type { Column } from './columns.ts'

/** A column that holds a part of a field, or fills two of them, as collection forms have it. Read, never written. */
export interface Shortcut extends Column {
  /** The members that lead to the value, `0` for the first of a list; none: the value's members are the draft's. */
  path: readonly string[]
}
const into = (path: readonly string[], cell: Cell, en: string, ...zh: [string, ...string[]]): Shortcut => ({ path, cell, en, zh })

const industry = into(['classification'], codes('gbt4754'), 'Industry', '所属行业', '行业', '国民经济行业')
const everywhere = {
  industry,
  chain: into(['classification'], codes('chain'), 'Industry chain', '产业链', '重点产业链', '所属产业链'),
  discipline: into(['classification'], codes('gbt13745'), 'Discipline', '学科', '所属学科', '学科分类'),
  hightech: into(['classification'], codes('hightech'), 'High-technology field', '高新技术领域'),
}

export const shortcuts: Record<ImportKind, Record<string, Shortcut>> = {
  demand: {
    ...everywhere,
    budget: into([], budget, 'Budget', '预算', '经费预算', '拟投入资金', '投入预算'),
    businessContactName: into(['businessContact', 'name'], text, 'Contact', '联系人', '商务联系人'),
    businessContactPhone: into(['businessContact', 'phone'], text, 'Phone', '联系电话', '电话', '手机', '联系方式'),
    businessContactEmail: into(['businessContact', 'email'], text, 'E-mail', '邮箱', '电子邮箱'),
    technicalContactName: into(['technicalContact', 'name'], text, 'Technical contact', '技术联系人'),
    technicalContactPhone: into(['technicalContact', 'phone'], text, 'Technical contact, phone', '技术联系电话'),
    technicalContactEmail: into(['technicalContact', 'email'], text, 'Technical contact, e-mail', '技术联系邮箱'),
  },
  offering: {
    ...everywhere,
    citationSource: into(['citation', 'source'], text, 'Source', '文献出处', '出处', '来源'),
    citationLicence: into(['citation', 'licence'], text, 'Licence', '文献许可', '许可协议', '许可'),
  },
  enterprise: everywhere,
  park: everywhere,
  institution: everywhere,
  expert: {
    ...everywhere,
    institutionId: into(['affiliations', '0', 'institutionId'], text, 'Institution', '单位编号', '所在单位'),
    department: into(['affiliations', '0', 'department'], text, 'Department', '院系', '部门'),
    post: into(['affiliations', '0', 'post'], text, 'Post', '职务', '岗位'),
    daysPerYear: into(['capacity', 'daysPerYear'], integer, 'Days a year', '每年可用天数'),
    maxParallel: into(['capacity', 'maxParallel'], integer, 'Engagements at a time', '同时承接项目数'),
    freeFrom: into(['capacity', 'freeFrom'], day, 'Free from', '可开始日期'),
  },
  broker: everywhere,
  evidence: {},
}
