import { endsWithProperty, inFirstNames } from './synonyms.ts'

/** Nouns that say what kind of measure it is and nothing of what is measured; a name ends with one of them. */
const head =
  /(?:强度|硬度|精度|误差|偏差|效率|速度|速率|温度|时间|时长|寿命|含量|浓度|成本|能耗|功率|厚度|宽度|长度|高度|深度|直径|尺寸|系数|面积|体积|压力|电压|电流|频率|周期|距离|范围|次数|用量|消耗量|消耗|损失|损耗|水平|能力|指标|产量|数量|性能|幅度|比例|占比|率|度|量|值|数|力|性|比|角|accuracy|error|rate|ratio|time|efficiency|temperature|speed|strength|cost|content|level|power|capacity|number|size|thickness|diameter|width|length|height|current|voltage|pressure|density|life|value|loss|yield|consumption)$/
/** 加标回收率 tells how well was measured, and nothing of how much was won. */
const analytical = /加标|加样回收|标准?回收|方法回收|spiked? recover/i
/** Small words that make another property of a name: 重复定位精度 is not 定位精度, 不合格率 not 合格率. */
const altering =
  /(?:重复|绝对|真|松装|振实|堆积|重复性|非|不|未|误|相对|残余|残留|瞬时|单位面积|体积|面积|比|反|负|副|半|次|再|二次|一次|首次|临界|峰值|过载|疲劳|蠕变|高温|低温|湿态|冷态|热态|动态|静态|接触|弯曲|扭转|剪切|层间|界面|压缩|反射|损失|下降|衰减|变化|降低|增加|波动|去除|脱除|repeat|relative|residual|false)$/
/** Words of which only one can be true: a cell is no module, an inlet no outlet. */
const contrasts: string[][] = [
  ['进水|进口浓度|入口|进气|原水|进料|进口端|inlet|influent', '出水|出口|出气|排放|产水|出料|outlet|effluent|外排'],
  ['电芯|单体|小面积|电池片|纽扣|扣式|小电池|cell(?! viab)', '模组|组件|电池组|电池包|系统|大面积|module|pack'],
  ['小试|实验室|烧瓶|克级|微反|模型|bench|jar test|lab', '中试|工业|量产|吨级|产线|生产线|实船|现场|pilot|industrial|full-scale|plant'],
  ['模块|单元|部件|零件|单片|单机|单台|module|component', '整套|整窗|整线|全线|端到端|整厂|全厂|end-to-end|whole'],
  ['空载|unloaded', '满载|额定|负载|loaded'],
  ['人体|临床|患者|human|clinical', '大鼠|小鼠|动物|体外|兔|猪模型|in vitro|rat|mice'],
  ['大田|田间|露天|field', '盆栽|温室|室内|pot|greenhouse'],
  ['老化前|处理前|改性前|改造前|优化前|试验前|before', '老化后|处理后|改性后|改造后|优化后|试验后|after'],
  ['粉末|粉体|原料药|颗粒', '片剂|胶囊|成品'],
  ['春|秋', '夏', '冬|winter'],
  ['正极|cathode', '负极|anode'],
  ['横向|transverse', '纵向|longitudinal'],
  ['径向|radial', '轴向|axial'],
  ['静态|static', '动态|dynamic'],
  ['干态|干法', '湿态|湿法'],
  ['充电|charge', '放电|discharge'],
  ['白天|日间', '夜间'],
  ['最大|峰值|最高(?=车速|温度|压力|转速)|maximum|peak', '最小|额定|持续|minimum|rated'],
  ['上行|升', '下行'],
  ['氨氮', '总氮', '硝氮', '凯氏氮'],
  ['总成本|综合成本', '药剂费|材料费|人工费|药剂成本|材料成本|人工成本'],
  ['初凝', '终凝'],
  ['邵氏a|shore a', '邵氏d|shore d'],
  ['样件|试样|试片|coupon', '整机|整车|成品|整件'],
  ['灵敏|sensitiv', '特异|specific'],
]
/** Circumstances in words: what is required of them is not shown without them. */
const circumstance = /雨天|湿滑|冰雪|夜间|满载|高湿|高原|高海拔|逆光|强光|水下|带载|盐雾|rain|night|wet|underwater/i
/** What says how a thing ran when it was measured, not what was measured. */
const running =
  /(?:行驶|运行|工作|作业|实际|总|整体|综合|单件|样机|整机|产品|系统|装置|设备|实测|测试|试验|本|该|其|的|nominal|overall|actual|measured)+$/

/** A property's name ready to compare: first names, without what says how it was counted or that it was measured. */
export function propertyName(text: string): string {
  return inFirstNames(text)
    .replaceAll(/\([^()]*\)/g, '')
    .replaceAll(
      /单位产品|每(?:吨|公斤|千克|亩|台|件|单位)?(?:产品|成品)?的?(?=[^\s]*[耗量成费能])|室温|常温|room[- ]temperature|ambient|实测|测得|检测到|平均值?|均值|average|mean|累计|最终|其中|用的|所用/g,
      '',
    )
    .replaceAll(/[\s的"“”'‘’<>《》、:：]|\b(?:the|of|a|an|its|our|and|with)\b/g, '')
}

/** Whether the words name a measure at all. */
export const namesMeasure = (text: string): boolean => {
  const name = propertyName(text)
  return head.test(name) || endsWithProperty(name)
}

export interface Named {
  /** As `propertyName` leaves it. */
  name: string
  /** What is said before the figure, and what after its clause, in first names. */
  approach?: string
  beyond?: string
  /** What else is said in its sentence, and in all of the offer, in first names. */
  context: string
  whole?: string
}

/** Whether a stated figure is one of the required property: the same measure, of the same kind of thing. */
export function isSameProperty(required: Named, stated: Named): boolean {
  if (analytical.test(stated.name) !== analytical.test(required.name)) return false
  if (required.name === '' || stated.name === '') return false
  if (isContrary(required, stated) || isElsewhere(required, stated)) return false
  const common = commonEnd(required.name, stated.name)
  const kind = head.exec(required.name)?.[0] ?? ''
  if (common.length === 0 || common.length < Math.min(kind.length, required.name.length)) return false
  const own = common.slice(0, common.length - kind.length)
  const rest = required.name.slice(0, required.name.length - common.length)
  const other = stated.name.slice(0, stated.name.length - common.length)
  const [alters] = altering.exec(rest) ?? []
  const [altersOther] = altering.exec(other) ?? []
  if (altersOther !== undefined && alters !== altersOther) return false
  if (alters !== undefined && !stated.context.includes(alters)) return false
  if (rest === '') return other === '' || own !== '' || endsWithProperty(common) || kind === '' || running.test(other)
  const isBare = own === '' && !endsWithProperty(common)
  // A bare 收率 is that of the substance that the offer is about.
  if (other === '' && share.test(common)) return mentions(stated.whole ?? stated.context, rest.replace(running, ''))
  if (other === '' || (isBare && other.replace(running, '') === '')) return !isBare ? true : mentions(stated.context, rest)
  if (isBare || (share.test(common) && !isOfOneThing(rest, other, stated.whole ?? stated.context))) return false
  // 水分含量, 灰分含量: one character in common is the end of another word.
  return own.length > 1 || endsWithProperty(common) || /^[a-z]/.test(own)
}

/** Of these the words in front name a substance, and each has its own. */
const share = /(?:收率|回收率|提取率|转化率|去除率|含量|纯度|残留量|选择性)$/
/** 铁回收率 and 锰回收率 are of two things: what stands before the property has something in common, or the sentence speaks of both. */
function isOfOneThing(wanted: string, said: string, context: string): boolean {
  const [one, other] = [wanted.replace(running, ''), said.replace(running, '')]
  if (one === '' || other === '' || !/\p{Script=Han}/u.test(one) || !/\p{Script=Han}/u.test(other)) return true
  return [...one].some((each) => other.includes(each)) || mentions(context, one)
}

function isContrary(required: Named, stated: Named): boolean {
  return contrasts.some((sides) => {
    const patterns = sides.map((side) => new RegExp(side))
    const wanted = patterns.findIndex((side) => side.test(required.name))
    if (wanted === -1) return false
    const said = patterns.some((side) => side.test(stated.name)) ? stated.name : (stated.approach ?? '')
    return patterns.some((side, at) => at !== wanted && side.test(said)) && !patterns[wanted]!.test(said)
  })
}

/** 芯片功耗7.5 W；整机尚未测试: what is named only after the figure is not what the figure is of. */
function isElsewhere(required: Named, { name, approach = '', beyond = '', context }: Named): boolean {
  const [needed] = circumstance.exec(required.name) ?? []
  if (needed !== undefined && !context.includes(needed)) return true
  const object = required.name.slice(0, required.name.length - commonEnd(required.name, name).length)
  if (object.length < 2) return false
  const pairs = Array.from({ length: object.length - 1 }, (_, at) => object.slice(at, at + 2))
  return pairs.some((pair) => beyond.includes(pair)) && !pairs.some((pair) => approach.includes(pair))
}

/** How much of the required name the stated one says: of several figures the nearest one answers. */
export const sharedLength = (required: string, stated: string): number => commonEnd(required, stated).length

function commonEnd(a: string, b: string): string {
  let length = 0
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++
  return length === 0 ? '' : a.slice(-length)
}

/** Whether at least half of the pairs of characters of the words stand in the text. */
function mentions(text: string, words: string): boolean {
  if (words.length < 2) return text.includes(words)
  const pairs = Array.from({ length: words.length - 1 }, (_, at) => words.slice(at, at + 2))
  return pairs.filter((pair) => text.includes(pair)).length * 2 >= pairs.length
}

/** Whether less of it is better: what 优于 means, and which end of a span is the worse. */
export function isBetterLower(name: string, isShare: boolean): boolean {
  const lower =
    /误差|偏差|公差|跳动|粗糙度|噪声|能耗|电耗|水耗|油耗|气耗|煤耗|成本|时间|周期|节拍|延迟|漏率|泄漏|损耗|损失|孔隙率|不合格|不良|废品|次品|报废|返修|返工|故障|停机|破损|断线|渗漏|漏电|误判|误检|跟丢|缺陷|误报|漏检|残留|排放|浊度|色差|翘曲|变形|波动|检出限|电阻(?!率)|摩擦系数|磨损|丢包|过氧化值|酸值|error|noise|time|cost|loss|roughness|deviation|latency|consumption/i
  if (lower.test(name)) return true
  return /精度|accuracy|分辨率|resolution|平面度|直线度|圆度|同轴度|垂直度|平行度/i.test(name) && !isShare
}
