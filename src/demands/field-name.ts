import type { Words } from '../platform/i18n/words.ts'

/** What people call the field that a pointer leads to. */
export function fieldName(pointer: string, { demand, demandForm }: Words): string {
  const [, member = ''] = pointer.split('/')
  const names: Record<string, string> = {
    title: demandForm.fields.title.label,
    teaser: demandForm.fields.teaser.label,
    confidential: demandForm.fields.confidential.label,
    problem: demand.problem,
    currentState: demand.currentState,
    tried: demand.tried,
    ownConditions: demand.ownConditions,
    indicators: demand.indicators,
    constraints: demand.constraints,
    keywords: demand.keywords,
    ipExpectation: demand.ip,
  }
  return names[member] ?? member
}
