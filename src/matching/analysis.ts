import { DemandDraft, IndicatorDraft, ParsedIndicator } from '../demands/demand.ts'
import { Code } from '../platform/codes/codes.ts'
import { text, z } from '../platform/schema.ts'
import { Engine, Match } from './match.ts'

/** What a demand asks to be better at, each as somebody would describe it; the model finds the nearest. */
export const problemKinds = {
  precision: '精度、尺寸偏差、变形、一致性和质量稳定性达不到要求',
  durability: '强度不够、磨损、腐蚀、老化、寿命短、容易损坏',
  throughput: '效率低、速度慢、产能不足、工序多、人工多、节拍长',
  energy: '能耗高、耗电耗气、余热浪费、散热和温度控制',
  cost: '成本高、原料贵、用量大、依赖进口、需要国产替代',
  environment: '废水、废气、固废、异味、噪声和排放的处理与回收利用',
  safety: '安全隐患、火灾爆炸、毒性、泄漏、事故预防和应急',
  detection: '检测、监测、识别、测量、诊断、分析方法和在线检验',
  control: '自动化、数字化、智能控制、算法、软件、数据和系统集成',
  formulation: '配方、新材料、新产品、新品种、提取、合成和性能改进',
} as const
export const ProblemKind = z.enum(Object.keys(problemKinds) as [keyof typeof problemKinds, ...(keyof typeof problemKinds)[]])

/** A code that the nearest listings have, and which share of their votes. */
export const DetectedCode = z.strictObject({ code: Code, share: z.number().min(0).max(1) }).openapi('DetectedCode')
export type DetectedCode = z.infer<typeof DetectedCode>

export const WantedField = z.enum(['modes', 'budget', 'deadlineOn', 'region', 'readinessFrom'])
export type WantedField = z.infer<typeof WantedField>

/** What is written of a demand so far; nothing of it is kept. */
export const DemandAnalysisRequest = z
  .strictObject({ ...DemandDraft.partial().shape, title: text(1, 120).optional() })
  .openapi('DemandAnalysisRequest')
export type DemandAnalysisRequest = z.infer<typeof DemandAnalysisRequest>

export const DemandAnalysis = z
  .strictObject({
    /** Each null where the nearest listings do not agree, or say nothing. */
    detected: z.strictObject({
      industry: DetectedCode.nullable(),
      discipline: DetectedCode.nullable(),
      problemKind: ProblemKind.nullable(),
    }),
    /** Figures that the text asks for and that are no indicator yet, to be looked over and added. */
    indicators: z.array(z.strictObject({ ...IndicatorDraft.shape, parsed: ParsedIndicator, sentence: z.string() })),
    completeness: z.strictObject({
      /** So many of the terms by which results are compared are stated. */
      stated: z.number().int(),
      of: z.number().int(),
      /** The others: of how many of the considered results more would be known; most first. */
      wanted: z.array(z.strictObject({ field: WantedField, candidates: z.number().int() })),
      considered: z.number().int(),
    }),
    /** The same enterprise's open demands that seem to ask for the same, at most three. */
    duplicates: z.array(z.strictObject({ id: z.string(), title: z.string() })),
    /** The best results, at most five. */
    offerings: z.array(Match),
    /** Of the nearest experts, how many have said themselves that they can be asked. */
    experts: z.strictObject({ near: z.number().int(), reachable: z.number().int() }),
    engine: Engine,
  })
  .openapi('DemandAnalysis')
export type DemandAnalysis = z.infer<typeof DemandAnalysis>
