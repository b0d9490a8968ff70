import { Converter } from 'opencc-js/cn2t'
import type { DemandInput } from '../../../src/demands/actions.ts'
import { type Firm, type Pick, some } from './city.ts'

export const groups = ['anonymous', 'nda'] as const
export type Group = (typeof groups)[number]

/** A demand as its owner writes it, with what must never be seen outside. */
export interface Planted {
  draft: DemandInput
  owner: Firm
  group: Group
  /** In how its owner tries to say who he is; null where he does not try. */
  device: string | null
  /** Words that nobody but its owner may ever read, and those that the signed in may. */
  canaries: string[]
  forSignedIn: string[]
}

/** Words that occur nowhere else: characters that hardly any text has. */
export function canary(kind: 'confidential' | 'contact' | 'detail', number: number): string {
  const digits = [...String(number).padStart(4, '0')].map((digit, place) => String.fromCodePoint(0x3500 + 10 * place + Number(digit)))
  return `${{ confidential: '龘', contact: '靐', detail: '麤' }[kind]}${digits.join('')}`
}

/** What a plant manager writes of a problem; half of the texts name the goods that the firm also names in public. */
export function writeDemand(owner: Firm, group: Group, at: number, device: string | null, { next, from }: Pick): Planted {
  const { trade } = owner
  const object = next() < 0.5 ? from(owner.goods) : from(['关键零件', '主要产品', '半成品', '工件', '大件'])
  const [process, material] = [from(trade.processes), from(trade.materials)]
  const [fault, other] = some(trade.faults, 2, next)
  const teaser = from([
    `${object}${fault}，求解决办法`,
    `${process}后${fault}，希望找到稳定的工艺`,
    `${material}${object}${fault}`,
    `改进${process}，减少${fault}`,
  ])
  const problem = from([
    `我们在${process}时发现${object}${fault}，${other}，用户多次反映，返工比例接近${Math.floor(next() * 9) + 2}%。`,
    `${object}采用${material}，${process}之后${fault}。调整参数后${other}，仍不稳定。`,
    `现有工艺为${process}，${object}${fault}，每班要挑出${Math.floor(next() * 40) + 5}件，希望从材料和工艺两方面解决。`,
  ])
  const visible = {
    title: `${object}${fault}问题`,
    teaser,
    problem,
    currentState: `已试过调整${process}参数和更换${material}供应商，效果不明显。`,
    indicators: [{ text: `不合格率≤${Math.floor(next() * 3) + 1}%`, need: 'must' as const }],
    keywords: [process, fault!],
  }
  const said = device === null ? null : devices[device]!(owner, object)
  const [own, contact, detail] = [canary('confidential', at), canary('contact', at), canary('detail', at)]
  const isAnonymous = group === 'anonymous'
  const visibility = isAnonymous ? (next() < 0.8 ? ('public' as const) : ('registered' as const)) : ('nda' as const)
  const draft: DemandInput = {
    ...visible,
    ...(said !== null && (isAnonymous && next() < 0.6 ? { problem: `${problem}${said}。` } : { teaser: `${teaser}，${said}` })),
    confidential: `图号与配方见${own}，由${owner.draft.name}所有`,
    businessContact: { name: contact, phone: owner.phone, email: `${String(at)}@${'zhuangyuan'}.example` },
    ...(owner.draft.region && { region: owner.draft.region }),
    classification: owner.draft.classification ?? [],
    modes: some(['commissioned-development', 'service', 'licence'] as const, 1, next) as DemandInput['modes'] & object,
    isAnonymous,
    visibility,
    channel: from(['enterprise', 'park', 'bureau'] as const),
    ...(next() < 0.5 && { budgetMaxFen: (Math.floor(next() * 90) + 5) * 1_000_000 }),
    ...(!isAnonymous && nda(owner, detail, visible.problem)),
    ...(visibility === 'registered' && { tried: `已试过的办法见${detail}` }),
  }
  return {
    draft,
    owner,
    group,
    device,
    canaries: [own, contact, ...(isAnonymous ? [] : [detail])],
    forSignedIn: visibility === 'registered' ? [detail] : [],
  }
}

/** Behind the terms an owner says who he is, and everything else. */
function nda(owner: Firm, detail: string, problem: string): Partial<DemandInput> {
  const { draft, machine, capacity } = owner
  return {
    title: `${draft.name}的${detail}攻关`,
    problem: `${draft.name}（${capacity}，${machine}）：${problem}${detail}`,
    currentState: `${detail}的现状`,
    tried: `${detail}试验`,
    ownConditions: `${detail}产线`,
    indicators: [{ text: `${detail}≤1%`, need: 'must' }],
    constraints: [`${detail}不外协`],
    keywords: [detail],
    ipExpectation: `${detail}归企业`,
  }
}

const traditional = Converter({ from: 'cn', to: 't' })
const wide = (text: string) => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
const chinese = (text: string) =>
  text.replace(/\d+/, (digits) => [...digits].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('十'))

/** How owners give themselves away, on purpose or without thinking of it. */
export const devices: Record<string, (firm: Firm, object: string) => string> = {
  'the whole name': ({ draft }) => `${draft.name}求助`,
  'what people call it': ({ brand }) => `${brand}诚意合作`,
  'its name, spaced': ({ brand }) => `${[...brand].join(' ')}诚意合作`,
  'its name with dots': ({ brand }) => `${[...brand].join('·')}期待来函`,
  'its name in traditional characters': ({ draft }) => traditional(`${draft.name.replace('有限公司', '')}期待来函`),
  'a brand': ({ brand, goods }) => `系${brand}牌${goods[0]}所用`,
  'its goods': ({ goods }) => `用于${goods.join('、')}`,
  'its goods, spaced': ({ goods }) => `用于${[...goods[0]!].join(' ')}`,
  'its machine': ({ machine }) => `设备为${machine}`,
  'its machine, wide': ({ machine }) => `设备为${wide(machine)}`,
  'its machine in small letters': ({ machine }) => `设备为${machine.toLowerCase()}`,
  'its capacity': ({ capacity }) => `我厂${capacity}`,
  'its capacity in characters': ({ capacity }) => `我厂${chinese(capacity)}`,
  'its place': ({ county }) => `地点在${county}`,
  'its place in short': ({ county }) => `${county.replace(/[区县]$/, '')}本地企业优先`,
  'its telephone': ({ phone }) => `电话${phone}`,
  'its telephone, wide and spaced': ({ phone }) => `电话${wide(phone.replace(/(...)(....)(....)/, '$1 $2 $3'))}`,
  'that it is the only one': ({ trade }) => `我们是全县唯一做${trade.goods[0]}的厂`,
  'what it says of itself': ({ draft }) => draft.summary.split('，')[0]!.slice(0, 40),
  'how it works': ({ draft }) => draft.summary.split('，').at(-1)!.slice(0, 50),
}
