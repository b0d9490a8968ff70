import type { Quantity } from './quantities.ts'

/** A property that a sentence tells without its name: 经5×10^6次疲劳加载后未见裂纹 is a fatigue life. */
export interface Implied {
  name: string
  /** The trial ended there, the thing did not: good for a yes, never for a no. */
  isFloor: boolean
}

const lasting =
  /未见|未出现|未发生|无(?:明显|可见)?(?:裂纹|失效|衰减|变化|损伤|泄漏|脱落|松动)|仍|保持|完好|不低于|稳定|正常|without|no (?:crack|failure)|still|retain/i
const units = {
  temperature: '<kelvin>',
  duration: '<second>',
  times: 'time',
  pieces: 'piece',
}
const isOf = ({ unit }: Quantity, kind: string) => Object.keys(unit.dims).join() === kind

/** What the words around a figure say it measures; `lead` and `rest` reach to the ends of its clause, `after` on to the sentence's. */
export function impliedBy(quantity: Quantity, { lead, rest, after }: { lead: string; rest: string; after: string }): Implied[] {
  const found: Implied[] = []
  const isFloor = lasting.test(rest + after)
  if (
    isOf(quantity, units.temperature) &&
    /^\s*(?:的)?(?:高温|低温)?(?:环境|条件|工况)?(?:下|中|时)?[^，,;；。]{0,8}(?:工作|运行|服役|使用|operat|work)/i.test(rest)
  )
    found.push({ name: '工作温度', isFloor: false })
  if (isOf(quantity, units.times)) {
    if (/疲劳|fatigue/i.test(lead + rest)) found.push({ name: '疲劳寿命', isFloor })
    else if (/循环|充放|cycl/i.test(lead.slice(-16) + rest.slice(0, 12))) found.push({ name: '循环寿命', isFloor })
    else if (/弯折|折叠|插拔|开合|开关|启停|按压|使用|摩擦|水洗|洗涤/.test(lead + rest.slice(0, 8)))
      found.push({ name: `${/弯折|折叠|插拔|开合|开关|启停|按压|使用|摩擦|水洗|洗涤/.exec(lead + rest)![0]}寿命`, isFloor })
  }
  if (
    isOf(quantity, units.pieces) &&
    /每\s?(?:支|把|件|个|只|刃|副|套|模)[^，,;；。]{0,8}(?:加工|冲压|切削|生产|使用|压铸)了?\s*$/.test(lead)
  )
    found.push({ name: '刀具寿命', isFloor: false }, { name: '模具寿命', isFloor: false }, { name: '使用寿命', isFloor: false })
  if (isOf(quantity, units.duration)) {
    if (/连续(?:无故障|稳定|不间断|满负荷|正常)*(?:运行|运转|工作|作业|使用)[^，,;；。\d]{0,4}$/.test(lead))
      found.push({ name: '连续运行时间', isFloor: true }, { name: '使用寿命', isFloor: true })
    const [, doing] = /^\s*(?:之?内|以内)(?:即可|就能|便可|可|能)?(?:完成|实现|得到|给出|做出)?([\p{Script=Han}]{2,4})/u.exec(rest) ?? []
    if (doing !== undefined) found.push({ name: `${doing}时间`, isFloor: false }, { name: `${doing.slice(0, 2)}时间`, isFloor: false })
  }
  const [, verb] =
    /每(?:小时|分钟|天|日|年|班|台时|h|min)[^，,;；。\d]{0,4}?(处理|生产|加工|检测|分拣|采摘|灌装|焊接|作业|识别|打印|清洗|分选)[^，,;；。\d]{0,6}$/.exec(
      lead,
    ) ?? []
  if (verb !== undefined) for (const end of ['量', '能力', '效率', '速度']) found.push({ name: verb + end, isFloor: false })
  return found
}
