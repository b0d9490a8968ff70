import type { EvidenceLevel } from '../platform/codes/enums.ts'

/** Words by which a text says how a figure came about, the least first. */
const signs: [EvidenceLevel, RegExp][] = [
  [
    'simulated',
    /仿真|模拟|有限元|数值计算|数值分析|理论计算|理论分析|计算结果|预测值|simulat|finite[- ]element|numerical(?:ly)?|theoretical/i,
  ],
  [
    'laboratory',
    /实验室|实验(?!中学)|试验|小试|试件|试样|台架|样机|实测|经?测试|测得|测量结果|laborator|experiment|bench test|prototype|specimen|measured/i,
  ],
  ['pilot', /中试|扩大试验|半工业|示范线|试生产|试制|pilot[- ](?:scale|plant|line|test)/i],
  [
    'field',
    /现场(?!总线|可编程)|工业(?:应用|试验|运行)|工程(?:应用|实践|实测)|生产线|产线|投入(?:使用|运行|生产)|投产|投运|在线运行|实际(?:应用|生产|工程|运行)|挂网|批量(?:生产|应用)|大田|临床|in (?:production|service)|field (?:test|trial|use)|on[- ]site|industrial (?:use|application)/i,
  ],
  [
    'third-party',
    /检测报告|检验报告|测试报告|第三方(?:检测|测试|检验|机构)|检测(?:中心|机构|院|所)(?:的)?(?:检测|检验|测定|认定|出具|报告)|(?:经|由)[^，。；]{0,20}(?:检测|检验)(?:中心|机构|院|所)|CNAS|\bCMA\b|test report|third[- ]party|accredited/i,
  ],
]
/** What a text says it is not, or not yet. */
const denied = /(?:未|没有|尚未|无|缺|not|without|no)[^，。；,.;]{0,8}$/i

/**
 * How a figure is backed, by the words of its own clause, else of its sentence, else, where the whole text tells of nothing but calculation,
 * by that. Of several the least, except that a report or a test on site says of itself that it goes beyond what was calculated. A figure of which
 * nothing is said is `unstated`.
 */
export function evidenceLevelOf({ clause, sentence }: { clause: string; sentence: string }, text: string): EvidenceLevel {
  for (const part of [clause, sentence]) {
    const said = levelsIn(part)
    if (said.length > 0) return decided(said)
  }
  const said = levelsIn(text)
  return said.length === 1 && said[0] === 'simulated' ? 'simulated' : 'unstated'
}

function levelsIn(text: string): EvidenceLevel[] {
  return signs.flatMap(([level, sign]) => {
    const found = sign.exec(text)
    return found !== null && !denied.test(text.slice(0, found.index)) ? [level] : []
  })
}

function decided(said: EvidenceLevel[]): EvidenceLevel {
  if (said.includes('third-party')) return 'third-party'
  // "工业试验" and "现场实测" are tests as well; what is simulated beside them was compared with them.
  if (said.includes('field') || said.includes('pilot')) return said.includes('field') ? 'field' : 'pilot'
  return said[0]!
}
