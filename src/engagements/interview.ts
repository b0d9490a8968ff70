import type { DemandDraft, Wording } from '../demands/demand.ts'
import { day, fen, text, texts, z } from '../platform/schema.ts'

/** What a broker asks an enterprise about its demand; null, or no line, for what was not answered. 诊断访谈 */
export const Interview = z
  .strictObject({
    /** What happens, where and how often. */
    happens: text(1, 2000).nullable(),
    since: text(1, 500).nullable(),
    /** How large the loss is. */
    loss: text(1, 500).nullable(),
    /** What was tried, and why it did not work. */
    tried: text(1, 2000).nullable(),
    /** The values that are wanted, one each. */
    wanted: texts(20, 300),
    /** What is measured today. */
    measured: text(1, 1000).nullable(),
    /** Under which conditions: temperature, medium, takt. */
    conditions: text(1, 1000).nullable(),
    /** What may not change, one each. */
    fixed: texts(20, 300),
    budgetMinFen: fen.nullable(),
    budgetMaxFen: fen.nullable(),
    /** By when it is needed. */
    neededOn: day.nullable(),
    /** Who decides. Personal data: it stays with the interview. */
    decider: text(1, 120).nullable(),
    /** Whether an expert may come and look. */
    expertVisit: z.enum(['yes', 'after-nda', 'no']).nullable(),
  })
  .openapi('Interview')
export type Interview = z.infer<typeof Interview>

/** Questions in the order in which they are asked; the two ends of a budget are one. */
export const questions = [
  'happens',
  'since',
  'loss',
  'tried',
  'wanted',
  'measured',
  'conditions',
  'fixed',
  'budget',
  'neededOn',
  'decider',
  'expertVisit',
] as const
export type Question = (typeof questions)[number]

/** Which field of a demand says it already; the others stand in interviews alone. */
export const answeredBy: Partial<Record<Question, keyof DemandDraft>> = {
  happens: 'problem',
  tried: 'tried',
  wanted: 'indicators',
  measured: 'currentState',
  fixed: 'constraints',
  budget: 'budgetMaxFen',
  neededOn: 'deadlineOn',
}

export const isAnswered = (answer: unknown): boolean => answer !== null && !(Array.isArray(answer) && answer.length === 0)

/** Fields of a demand that are no words of its owner's. */
export type Terms = Partial<Pick<DemandDraft, 'constraints' | 'budgetMinFen' | 'budgetMaxFen' | 'deadlineOn'>>
type Known = Pick<DemandDraft, 'problem' | 'currentState' | 'tried' | 'indicators' | 'constraints'>

/** What the answers add to a demand: texts and lines go below what stands there, and terms are as they were said last. */
export function intoDemand(known: Known, answers: Interview): { words: Wording; terms: Terms } {
  const { happens, since, loss, tried, wanted, measured, conditions, fixed, budgetMinFen, budgetMaxFen, neededOn } = answers
  const isHeard = (...all: unknown[]) => all.some(isAnswered)
  const indicators = wanted.filter((text) => !known.indicators.some((each) => each.text === text))
  const constraints = fixed.filter((text) => !known.constraints.includes(text))
  return {
    words: {
      ...(isHeard(happens, since, loss) && { problem: below(known.problem, [happens, since, loss]) }),
      ...(isHeard(measured, conditions) && { currentState: below(known.currentState, [measured, conditions]) }),
      ...(isHeard(tried) && { tried: below(known.tried, [tried]) }),
      ...(indicators.length > 0 && {
        indicators: [...known.indicators.map(bare), ...indicators.map((text) => ({ text, need: 'must' as const }))],
      }),
    },
    terms: {
      ...(constraints.length > 0 && { constraints: [...known.constraints, ...constraints] }),
      ...(isHeard(budgetMinFen, budgetMaxFen) && { budgetMinFen, budgetMaxFen }),
      ...(neededOn !== null && { deadlineOn: neededOn }),
    },
  }
}

const below = (before: string | null, added: readonly (string | null)[]) =>
  [before, ...added].filter((text): text is string => text !== null).join('\n')
/** Without what was read out of it. */
const bare = ({ text, need }: DemandDraft['indicators'][number]) => ({ text, need })
