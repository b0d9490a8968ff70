import { Indicator } from '../demands/demand.ts'
import { Enrolled } from '../directory/expert.ts'
import { Code } from '../platform/codes/codes.ts'
import { EvidenceLevel } from '../platform/codes/enums.ts'
import { z } from '../platform/schema.ts'
import { Conflict } from './conflict.ts'
import { ProblemKind } from './problem-kind.ts'

/** The version of ranking and explanation; raised whenever the same input may be ordered differently. */
export const engineVersion = '5'

export const MatchSubject = z.object({
  kind: z.enum(['demand', 'offering', 'expert', 'institution']),
  id: z.string(),
  /** As the reader may see it: an unclaimed expert is a field at an institution. */
  title: z.string(),
  /** Of an expert who entered the market himself, whether anybody has verified him; null for all others. */
  enrolled: Enrolled.nullable(),
})

/** Why: one signal's share of one side. Numbers are null where the reader may not see them; the order of matches remains. */
export const Reason = z
  .object({
    key: z.string(),
    side: z.enum(['demandSide', 'supplySide']),
    /** 0…1; null also where nothing is known, and then the neutral value counts. */
    value: z.number().nullable(),
    weight: z.number().nullable(),
    contribution: z.number().nullable(),
    /** The codes and public values it was made of; `unknown: true` where a side does not say. */
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])),
  })
  .openapi('Reason')
export type Reason = z.infer<typeof Reason>

/** A sentence of the supply beside the need that it answers; only from what the reader may see. */
export const MatchEvidence = z
  .object({
    source: z.object({ kind: z.enum(['demand', 'offering', 'evidence', 'expert', 'institution']), id: z.string(), title: z.string() }),
    need: z.string(),
    sentence: z.string(),
  })
  .openapi('MatchEvidence')
export type MatchEvidence = z.infer<typeof MatchEvidence>

/** A figure of the supply that was held against an indicator. */
export const StatedValue = z
  .object({
    /** As it stands in the text. */
    figure: z.string(),
    /** In `unit`, the indicator's. */
    value: z.number(),
    unit: z.string(),
    sentence: z.string(),
    source: MatchEvidence.shape.source,
    /** How it is backed, as far as its text says. */
    level: EvidenceLevel,
  })
  .openapi('StatedValue')
export type StatedValue = z.infer<typeof StatedValue>

/** What the supply's own figures say of one indicator. Unknown is never no. */
export const IndicatorVerdict = z
  .object({
    text: z.string(),
    need: Indicator.shape.need,
    verdict: z.enum(['met', 'short', 'unknown']),
    /** The figure that decided; also where its text and a stated advantage contradict each other, which decides nothing. */
    found: StatedValue.nullable(),
    /** How far short, in percent of the target, one decimal. */
    shortfallPct: z.number().nullable(),
    /** The stated advantage that says otherwise than the text. */
    contrary: StatedValue.nullable(),
  })
  .openapi('IndicatorVerdict')
export type IndicatorVerdict = z.infer<typeof IndicatorVerdict>

/** How sure it is that a candidate, or any of them, answers: 值得一谈, 仅领域相关, 暂未找到. */
export const Fit = z.enum(['worthwhile', 'related', 'none']).openapi('Fit')
export type Fit = z.infer<typeof Fit>

/** What is known of whether the supply would take it: 已确认愿意接洽, 已联系等答复, 未联系过, 推测 (nobody has confirmed even the facts). */
export const Willingness = z.enum(['willing', 'asked', 'not-contacted', 'inferred']).openapi('Willingness')
export type Willingness = z.infer<typeof Willingness>

/** A pairing with score, two sides and reasons: computed, never stored as truth. */
export const Match = z
  .object({
    subject: MatchSubject,
    /** Null where the question is a supply's: only answers to demands are calibrated. */
    fit: Fit.nullable(),
    score: z.number().nullable(),
    sides: z.object({ demandSide: z.number().nullable(), supplySide: z.number().nullable() }),
    reasons: z.array(Reason),
    /** For the demand's own side and who carries it; null for all others, and for a demand. */
    willingness: Willingness.nullable(),
    /** The day on which the person, or the owner, last confirmed the supply's facts (本人确认); null: they are inferred (推测). */
    confirmedOn: z.string().nullable(),
    /** What ties the two sides, or the broker to both, where the market's rules say that it is disclosed; for both sides and who carries the demand. */
    conflicts: z.array(Conflict),
    evidence: z.array(MatchEvidence),
    /** The demand's indicators against the supply's own figures, as far as the reader may see both. */
    indicators: z.array(IndicatorVerdict),
  })
  .openapi('Match')
export type Match = z.infer<typeof Match>

/** What an answer is based on, so that it can be reproduced. */
export const Engine = z
  .object({
    version: z.string(),
    /** The embedding model; null: text alone. */
    embedder: z.string().nullable(),
    mode: z.enum(['hybrid', 'text']),
    /** The journal number that the index has reached. */
    position: z.number().int(),
    /** Texts that still wait for a vector. */
    pending: z.number().int(),
  })
  .openapi('Engine')
export type Engine = z.infer<typeof Engine>

/** Why nothing fits, as far as the texts tell, and what there is instead. */
export const Gap = z
  .object({
    /** What the nearest results are classified as, the most frequent first. */
    nearestFields: z.array(z.object({ code: Code, count: z.number().int() })),
    /** Words of the demand's title that none of the nearest mentions. */
    missingTerms: z.array(z.string()),
    /** Indicators to which none of the nearest states a value. */
    unansweredIndicators: z.array(z.string()),
    /** Of the nearest, how many are leads from the literature. */
    leads: z.number().int(),
    /** Whole institutions that come closest, at most three. */
    institutions: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .openapi('Gap')
export type Gap = z.infer<typeof Gap>

/** A result from a distant field that is good at the same kind of problem: to think of, not in the list. 换个思路 */
export const Suggestion = z.object({ match: Match, fields: z.array(Code), kind: ProblemKind }).openapi('Suggestion')
export type Suggestion = z.infer<typeof Suggestion>

export const Matches = z
  .object({
    items: z.array(Match),
    /** Of the best candidate there is, on whatever page it stands; null where the question is a supply's. */
    fit: Fit.nullable(),
    /** Whose judged pairs the words come from; null where the question is a supply's. */
    fitFrom: z.enum(['demonstration', 'own']).nullable(),
    /** Of results for a demand where none is worth a talk; null otherwise. */
    gap: Gap.nullable(),
    /** Of results for a demand, where the list begins; at most three, none where nothing qualifies. */
    elsewhere: z.array(Suggestion),
    next: z.string().nullable(),
    engine: Engine,
    /** By which this page can be looked up as it was shown (`/api/match-lists/{id}`); null where nothing is. */
    listId: z.string().nullable(),
  })
  .openapi('Matches')
export type Matches = z.infer<typeof Matches>
