import { checkCreditCode, normaliseCreditCode } from '../../platform/codes/credit-code.ts'
import type { IntakeField } from '../fields.ts'
import { oneLine } from '../grid.ts'
import { tickedIn } from '../values/boxes.ts'
import { budgetIn, unitIn } from '../values/budget.ts'
import { deadlineIn } from '../values/deadline.ts'
import { modesIn } from '../values/modes.ts'
import { doubt, fitting, type LineDraft, note } from './draft.ts'
import { type Entry, saysSomething } from './entry.ts'
import { itemsOf } from './items.ts'
import { industriesIn, regionIn } from './places.ts'

/** Reads what stands in one column of a line. Whatever it cannot take goes to the notes. */
type FieldReader = (draft: LineDraft, entry: Entry) => void

/** The fields that are read by themselves; the problem and the person to talk to are read from several columns together. */
export const fieldReaders: Partial<Record<IntakeField, FieldReader>> = {
  // A number says where a line stood, no more.
  number: () => {},
  enterprise: once('enterprise', (draft, entry) => fitting(draft, { ...entry, text: oneLine(entry.text) }, 120)),
  creditCode: readCreditCode,
  region: readRegion,
  industry: readIndustry,
  indicators: listed('indicators', 300, 40),
  constraints: listed('constraints', 300, 20),
  keywords: readKeywords,
  currentState: appended('currentState'),
  tried: appended('tried'),
  ownConditions: appended('ownConditions'),
  ipExpectation: once('ipExpectation', (draft, entry) => fitting(draft, choice(entry), 500)),
  modes: readModes,
  budget: readBudget,
  deadline: readDeadline,
  kind: (draft, entry) => noteSaid(draft, choice(entry)),
}

/** What is ticked where there are boxes, else the text. */
export const choice = (entry: Entry): Entry => ({ ...entry, text: tickedIn(entry.text)?.join('、') ?? entry.text })

function noteSaid(draft: LineDraft, entry: Entry): void {
  if (saysSomething(entry.text)) note(draft, entry)
}

/** A second one of what there is only one is noted. */
function once(field: 'enterprise' | 'ipExpectation', read: (draft: LineDraft, entry: Entry) => string): FieldReader {
  return (draft, entry) => {
    if (draft.content[field] !== null) note(draft, entry)
    else draft.content[field] = read(draft, entry) || null
  }
}

function appended(field: 'currentState' | 'tried' | 'ownConditions'): FieldReader {
  return (draft, entry) => {
    const before = draft.content[field]
    draft.content[field] = fitting(draft, { ...entry, text: before === null ? entry.text : `${before}\n${entry.text}` }, 4_000)
  }
}

function listed(field: 'indicators' | 'constraints', longest: number, atMost: number): FieldReader {
  return (draft, entry) => {
    for (const text of itemsOf(entry.text)) {
      if (draft.content[field].length < atMost) draft.content[field].push(fitting(draft, { ...entry, text }, longest))
      else noteCut(draft, { ...entry, text })
    }
  }
}

function noteCut(draft: LineDraft, entry: Entry): void {
  doubt(draft, 'cut')
  note(draft, entry)
}

function readKeywords(draft: LineDraft, entry: Entry): void {
  const words = entry.text.split(/[、，,;；\n]/).map((word) => word.trim())
  for (const text of words.filter(saysSomething)) {
    if (text.length <= 60 && draft.content.keywords.length < 20) draft.content.keywords.push(text)
    else noteCut(draft, { ...entry, text })
  }
}

function readCreditCode(draft: LineDraft, entry: Entry): void {
  const code = normaliseCreditCode(entry.text)
  const isCode = /^[\dA-Z]{18}$/.test(code)
  if (isNothingFixed(entry.text) || draft.content.creditCode !== null) {
    note(draft, entry)
    return
  }
  if (isCode) draft.content.creditCode = code
  else note(draft, entry)
  if (!checkCreditCode(code).ok) doubt(draft, 'credit-code')
}

function readRegion(draft: LineDraft, entry: Entry): void {
  const { text } = choice(entry)
  const region = draft.content.region === null ? regionIn(text) : null
  if (region !== null) draft.content.region = region
  else {
    note(draft, entry)
    if (draft.content.region === null) doubt(draft, 'region-unknown')
  }
}

function readIndustry(draft: LineDraft, entry: Entry): void {
  const codes = industriesIn(choice(entry).text)
  const { classification } = draft.content
  const fresh = (codes ?? []).filter(({ code, scheme }) => !classification.some((each) => each.code === code && each.scheme === scheme))
  if (codes === null || classification.length + fresh.length > 5) note(draft, entry)
  else classification.push(...fresh)
}

function readModes(draft: LineDraft, entry: Entry): void {
  const chosen = choice(entry)
  if (!saysSomething(chosen.text)) return
  const { modes, rest } = modesIn(chosen.text)
  draft.content.modes = [...new Set([...draft.content.modes, ...modes])]
  if (rest !== '') note(draft, chosen)
}

/** What is written where nothing is fixed yet: known, and no value. */
const nothingFixed =
  /^[\s/\\—–-]*$|^(?:面议|待定|另议|无|暂无|没有|不限|不详|长期|尽快|未定|暂未确定|视情况(?:而定)?|协商|(?:双方)?(?:协商|商议)(?:确定)?|可面谈|n\/?a|tbd|none|open|negotiable)[。.]?$/i
const isNothingFixed = (text: string) => nothingFixed.test(text.trim())

/** Words around an amount that add nothing. */
const isSaid = (rest: string) => rest.replaceAll(/以内|之内|以上|左右|不超过|约|内|[\s，,。.；;、()]/g, '') === ''

function readBudget(draft: LineDraft, entry: Entry): void {
  const { content } = draft
  const chosen = choice(entry)
  if (!saysSomething(chosen.text)) return
  const isFirst = content.budgetMinFen === null && content.budgetMaxFen === null
  const found = isFirst ? budgetIn(chosen.text, unitIn(entry.label)) : null
  if (found === null) {
    note(draft, chosen)
    if (isFirst && !isNothingFixed(chosen.text)) doubt(draft, 'budget-unread')
    return
  }
  Object.assign(content, { budgetMinFen: found.minFen, budgetMaxFen: found.maxFen })
  if (found.isUnitAssumed) doubt(draft, 'unit-assumed')
  const rest = entry.also.includes('deadline') ? withoutDeadline(draft, found.rest) : found.rest
  if (!isSaid(rest)) note(draft, chosen)
}

/** 100万元以内，2027年6月前完成: the day behind the amount, and what is left. */
function withoutDeadline(draft: LineDraft, text: string): string {
  const found = draft.content.deadlineOn === null ? deadlineIn(text, draft.today) : null
  if (found === null) return text
  takeDeadline(draft, found)
  return found.rest
}

function readDeadline(draft: LineDraft, entry: Entry): void {
  const chosen = choice(entry)
  if (!saysSomething(chosen.text)) return
  const found = draft.content.deadlineOn === null ? deadlineIn(chosen.text, draft.today) : null
  if (found === null) {
    note(draft, chosen)
    if (draft.content.deadlineOn === null && !isNothingFixed(chosen.text)) doubt(draft, 'deadline-unread')
    return
  }
  takeDeadline(draft, found)
  // 一年内 is kept beside the day that it makes.
  if (found.isReckoned || found.rest !== '') note(draft, chosen)
}

function takeDeadline(draft: LineDraft, { on, isReckoned }: { on: string; isReckoned: boolean }): void {
  draft.content.deadlineOn = on
  if (isReckoned) doubt(draft, 'deadline-reckoned')
  if (on < draft.today) doubt(draft, 'deadline-past')
}
