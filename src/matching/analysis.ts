import { DemandDraft, IndicatorDraft, ParsedIndicator } from '../demands/demand.ts'
import { Code } from '../platform/codes/codes.ts'
import { text, z } from '../platform/schema.ts'
import { Engine, Match } from './match.ts'
import { ProblemKind } from './problem-kind.ts'

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
