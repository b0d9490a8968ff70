import { amountBetween, codeNames, modeNames } from '../../platform/web/parts/labels.ts'
import { Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { IntakeLine } from '../intake.ts'
import type { LineContent } from '../line.ts'

export const lineTitle = (view: View, { content }: IntakeLine) => content?.title || view.words.intake.noTitle

export function lineContact({ contact }: LineContent): string {
  return contact === null ? '' : [contact.name, contact.phone, contact.email].filter((each) => each !== null).join(' · ')
}

export const lineBudget = ({ words }: View, { budgetMinFen, budgetMaxFen }: LineContent) =>
  amountBetween(budgetMinFen, budgetMaxFen, words) ?? ''

/** All that was read of a line, name beside value. */
export function lineRows(view: View, content: LineContent): [string, ReturnType<typeof Written> | string][] {
  const { intake: words, units } = view.words
  const written = (text: string | null) => (text ? <Written text={text} locale={view.locale} /> : '')
  const several = (texts: readonly string[]) => written(texts.join('；'))
  return [
    [words.fields.enterprise, written(content.enterprise)],
    [words.fields.creditCode, content.creditCode ?? ''],
    [words.fields.region, content.region === null ? '' : codeNames([content.region], view)],
    [words.fields.industry, content.classification.length === 0 ? '' : codeNames(content.classification, view)],
    [words.fields.title, written(content.title)],
    [words.fields.problem, written(content.problem)],
    [words.fields.indicators, several(content.indicators)],
    [words.fields.currentState, written(content.currentState)],
    [words.fields.tried, written(content.tried)],
    [words.fields.ownConditions, written(content.ownConditions)],
    [words.fields.constraints, several(content.constraints)],
    [words.fields.budget, lineBudget(view, content)],
    [words.fields.deadline, content.deadlineOn === null ? '' : units.day(content.deadlineOn)],
    [words.fields.modes, modeNames(content.modes, view)],
    [words.fields.ipExpectation, written(content.ipExpectation)],
    [words.fields.keywords, several(content.keywords)],
    [words.fields.contact, written(lineContact(content))],
    [words.line.notes, several(content.notes)],
  ]
}
