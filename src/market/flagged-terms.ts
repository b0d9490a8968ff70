import { text, z } from '../platform/schema.ts'

/** Why a term is flagged: state secrets, military matter, export control, wording that advertising law forbids. */
export const FlaggedKind = z.enum(['secrecy', 'military', 'export', 'advertising'])
export type FlaggedKind = z.infer<typeof FlaggedKind>

const terms = z.array(text(2, 30)).max(500)
/** Terms at which the operator looks twice before a listing is published. They point at a place and decide nothing. */
export const FlaggedTerms = z.strictObject({ secrecy: terms, military: terms, export: terms, advertising: terms }).openapi('FlaggedTerms')
export type FlaggedTerms = z.infer<typeof FlaggedTerms>

/** What a market begins with; each changes it as it sees fit. */
export const defaultFlaggedTerms: FlaggedTerms = {
  secrecy: ['涉密', '绝密', '机密', '秘密级', '国家秘密', '密级', '定密', '保密资格', '内部资料', '内部文件', '不得外传', '未公开数据'],
  military: [
    '军品',
    '军工',
    '军用',
    '军方',
    '部队',
    '武器',
    '弹药',
    '导弹',
    '火炮',
    '鱼雷',
    '装甲车',
    '战斗机',
    '军舰',
    '国防',
    '装备承制',
  ],
  export: ['出口管制', '两用物项', '军民两用', '禁止出口', '限制出口', '管制物项', '最终用户', '浓缩铀', '惯性导航', '稀土分离'],
  advertising: [
    ...['国家级', '最高级', '最佳', '最好', '最先进', '第一', '唯一', '独家', '顶级', '极致', '万能', '绝无仅有', '史无前例'],
    ...['世界领先', '国际领先', '国内首创', '填补空白', '填补国内空白', '零风险', '保证成功', '包治'],
  ],
}

/** Every kind's terms once each, as they are kept. */
export function tidied(terms: FlaggedTerms): FlaggedTerms {
  return {
    secrecy: [...new Set(terms.secrecy)],
    military: [...new Set(terms.military)],
    export: [...new Set(terms.export)],
    advertising: [...new Set(terms.advertising)],
  }
}

/** What a change of the list adds and takes away. */
export function differenceOf(before: FlaggedTerms, after: FlaggedTerms): { added: string[]; removed: string[] } {
  const all = (terms: FlaggedTerms) => new Set(FlaggedKind.options.flatMap((kind) => terms[kind]))
  const [old, next] = [all(before), all(after)]
  return { added: [...next.difference(old)], removed: [...old.difference(next)] }
}
