import type { DemandDraft } from '../demands/demand.ts'
import type { LineMember } from './intake.ts'
import type { LineContent } from './line.ts'

/** In place of a name, where a line has a number alone. */
export const unnamed = '未写姓名'

/** What a line says of a demand, as its draft has it. A day that has passed by `today` is nobody's deadline. */
export function draftOf(content: LineContent, today: string): Pick<DemandDraft, LineMember> {
  const { title, problem, currentState, tried, ownConditions, constraints, classification, keywords, region, modes, ipExpectation } =
    content
  const { budgetMinFen, budgetMaxFen, deadlineOn, contact } = content
  return {
    ...{ title, problem, currentState, tried, ownConditions, constraints, classification, keywords, region, modes, ipExpectation },
    indicators: content.indicators.map((text) => ({ text, need: 'must' as const })),
    budgetMinFen,
    budgetMaxFen,
    deadlineOn: deadlineOn !== null && deadlineOn < today ? null : deadlineOn,
    businessContact: contact && { ...contact, name: contact.name ?? unnamed },
  }
}
