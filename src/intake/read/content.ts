import { type Code, codesNamed } from '../../platform/codes/codes.ts'
import { checkCreditCode, normaliseCreditCode } from '../../platform/codes/credit-code.ts'
import { z } from '../../platform/schema.ts'
import type { IntakeField } from '../fields.ts'
import { oneLine } from '../grid.ts'
import type { Said } from '../layout/rows.ts'
import type { Doubt, LineContent } from '../line.ts'
import { tickedIn } from '../values/boxes.ts'
import { budgetIn, unitIn } from '../values/budget.ts'
import { contactIn } from '../values/contact.ts'
import { deadlineIn } from '../values/deadline.ts'
import { modesIn } from '../values/modes.ts'
import { routeOf } from '../values/routing.ts'
import { severalIn } from '../values/several.ts'
import { labelledIn, needsIn } from './problem.ts'
import { cutAt } from './title.ts'

/** What says that there is nothing to say. */
const nothing = /^(?:无|没有|暂无|\/|-+|—+|n\/?a|none)$/i
/** What is left open on purpose is no misreading. */
const open = /面议|待定|不限|长期|尽快|协商|未定|negotia|tbd|asap|open/i

/** What one line says, as needs: one, or as many as stand in it. `today` is the market's day. */
export function contentsOf(said: readonly Said[], { today, isHidden }: { today: string; isHidden: boolean }): LineContent[] {
  const reading = newReading()
  const texts = new Map<IntakeField, string>()
  for (const { field, label, text } of said) {
    if (oneLine(text) === '' || field === 'number') continue
    if (field === null || field === 'note') reading.notes.push(noteOf(label, text))
    else if (field in readers) readers[field]!(reading, { field, label, text }, today)
    else texts.set(field, [texts.get(field), text.trim()].filter(Boolean).join('\n'))
  }
  contacted(reading, said)
  const { rest, said: labelled } = labelledIn(texts.get('problem') ?? '')
  for (const { field, text } of labelled) texts.set(field, [texts.get(field), text].filter(Boolean).join('\n'))
  const kind = texts.get('kind') ?? ''
  const kinds = kind === '' ? [] : (tickedIn(kind) ?? [kind])
  const enterprise = oneLine(texts.get('enterprise') ?? '')
  return needsIn(oneLine2(texts.get('title') ?? ''), rest).map(({ title, problem, isSplit }) => {
    const doubts: Doubt[] = [...reading.doubts]
    const notes = [...reading.notes]
    const cut = (text: string | null | undefined, most: number, name: string): string | null => {
      if (!text) return null
      const whole = storable(text)
      if ([...whole].length <= most) return whole === '' ? null : whole
      doubts.push('cut')
      notes.push(noteOf(name, whole))
      return cutAt(whole, most)
    }
    if (kinds.length > 0) notes.push(noteOf('需求类别', kinds.join('、')))
    if (enterprise === '') doubts.push('no-enterprise')
    if (title === '') doubts.push('no-problem')
    if (isSplit) doubts.push('split')
    if (isHidden) doubts.push('hidden-row')
    // One character describes nothing.
    const isTold = [...(problem ?? '').trim()].length > 1
    if (problem !== null && !isTold && problem.trim() !== '') notes.push(noteOf('难题描述', problem))
    const indicators = indicatorsIn(texts.get('indicators') ?? '')
    const spoken = [title, problem ?? '', ...indicators].join('\n')
    const content: LineContent = {
      enterprise: cut(enterprise, 120, '企业名称'),
      creditCode: reading.creditCode,
      region: reading.region,
      classification: reading.classification,
      title: cut(title, 120, '需求名称') ?? '',
      problem: cut(isTold ? problem : null, 8_000, '难题描述'),
      indicators: indicators.slice(0, 40).flatMap((text) => cut(text, 300, '技术指标') ?? []),
      currentState: cut(texts.get('currentState'), 4_000, '现状'),
      tried: cut(texts.get('tried'), 4_000, '已做的尝试'),
      ownConditions: cut(texts.get('ownConditions'), 4_000, '自有条件'),
      constraints: listIn(texts.get('constraints') ?? '')
        .slice(0, 20)
        .flatMap((text) => cut(text, 300, '约束条件') ?? []),
      keywords: keywordsIn(texts.get('keywords') ?? '')
        .slice(0, 20)
        .flatMap((text) => cut(text, 60, '关键词') ?? []),
      modes: reading.modes,
      ipExpectation: cut(texts.get('ipExpectation'), 500, '知识产权要求'),
      budgetMinFen: reading.budgetMinFen,
      budgetMaxFen: reading.budgetMaxFen,
      deadlineOn: reading.deadlineOn,
      contact: reading.contact,
      notes: [],
      doubts: [],
      route: routeOf(spoken, kinds.join('、')),
    }
    return { ...content, notes: notes.map((text) => cutAt(storable(text), 4_000)).slice(0, 40), doubts: [...new Set(doubts)] }
  })
}

interface Reading
  extends Pick<LineContent, 'creditCode' | 'region' | 'modes' | 'budgetMinFen' | 'budgetMaxFen' | 'deadlineOn' | 'contact'> {
  classification: Code[]
  notes: string[]
  doubts: Doubt[]
}
const newReading = (): Reading => ({
  ...{ creditCode: null, region: null, budgetMinFen: null, budgetMaxFen: null, deadlineOn: null, contact: null },
  ...{ classification: [], modes: [], notes: [], doubts: [] },
})

const noteOf = (label: string, text: string) => `${label}：${oneLine(text)}`
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '').trim()
/** A name is one line, unless it is a list of names. */
const oneLine2 = (text: string) => (severalIn(text, { lines: true }) === null ? oneLine(text) : text)

/** The fields whose texts are values: what cannot be read stays as a note. */
const readers: Partial<Record<IntakeField, (reading: Reading, said: Said, today: string) => void>> = {
  creditCode(reading, { label, text }) {
    const code = normaliseCreditCode(storable(text))
    const isCode = /^[0-9A-Z]{18}$/.test(code)
    if (isCode) reading.creditCode = code
    else reading.notes.push(noteOf(label, text))
    if (!isCode || checkCreditCode(code).warnings.length > 0) reading.doubts.push('credit-code')
  },
  region(reading, { label, text }) {
    const found = regionIn(oneLine(text))
    if (found !== undefined) reading.region = found
    else {
      reading.doubts.push('region-unknown')
      reading.notes.push(noteOf(label, text))
    }
  },
  industry(reading, { label, text }) {
    const found = (tickedIn(text) ?? text.split(/[、;；\n]/)).flatMap((name) => industryIn(name.trim()) ?? [])
    reading.classification.push(...found.slice(0, 5 - reading.classification.length))
    if (found.length === 0) reading.notes.push(noteOf(label, text))
  },
  budget(reading, { label, text }, today) {
    const found = budgetIn(text, unitIn(label))
    if (found === null) return unread(reading, { label, text }, 'budget-unread')
    reading.budgetMinFen = found.minFen
    reading.budgetMaxFen = found.maxFen
    if (found.isUnitAssumed) reading.doubts.push('unit-assumed')
    // 预算及期限: what one leaves is for the other.
    const day = found.rest === '' || !/期|时/.test(label) ? null : deadlineIn(found.rest, today)
    if (day !== null) readers.deadline!(reading, { field: 'deadline', label, text: found.rest }, today)
    else if (found.rest !== '') reading.notes.push(noteOf(label, text))
  },
  deadline(reading, { label, text }, today) {
    const found = deadlineIn(text, today)
    if (found === null) return unread(reading, { label, text }, 'deadline-unread')
    reading.deadlineOn = found.on
    if (found.isReckoned) reading.doubts.push('deadline-reckoned')
    if (found.on < today) reading.doubts.push('deadline-past')
    if (found.rest !== '') reading.notes.push(noteOf(label, text))
  },
  modes(reading, { label, text }) {
    const ticked = tickedIn(text)
    const { modes, rest } = modesIn(ticked?.join('、') ?? text)
    reading.modes = modes
    if (rest !== '') reading.notes.push(noteOf(label, ticked?.join('、') ?? text))
  },
  // Seen together, below.
  contact: () => {},
  phone: () => {},
  email: () => {},
}

function unread(reading: Reading, { label, text }: { label: string; text: string }, doubt: Doubt): void {
  if (nothing.test(oneLine(text))) return
  reading.notes.push(noteOf(label, text))
  if (!open.test(text)) reading.doubts.push(doubt)
}

/** A person with his number and address, in whichever cells they stand. */
function contacted(reading: Reading, said: readonly Said[]): void {
  const texts = said.filter(
    ({ field, text }) => (field === 'contact' || field === 'phone' || field === 'email') && !nothing.test(oneLine(text)),
  )
  const written = texts.map(({ text }) => text.trim()).filter((text) => text !== '')
  if (written.length === 0) return
  const { name, phone, email, rest } = contactIn(storable(written.join(' ')))
  const isAddress = email !== null && z.email().max(120).safeParse(email).success
  const kept = { name: name && cutAt(name, 60), phone: phone && cutAt(phone, 40), email: isAddress ? email : null }
  if (kept.name !== null || kept.phone !== null || kept.email !== null) reading.contact = kept
  if (rest !== '') reading.notes.push(noteOf('联系方式', rest))
  const hasPhone = texts.some(({ field, text }) => field === 'phone' && oneLine(text) !== '')
  if (hasPhone && phone === null) reading.doubts.push('phone-unread')
}

/** By its name, with or without what it is a part of. */
function regionIn(name: string): Code | undefined {
  for (let from = 0; from < Math.min(name.length - 1, 12); from++) {
    const [found, ...others] = codesNamed('region', name.slice(from))
    if (found !== undefined && others.length === 0) return found
  }
  return undefined
}

function industryIn(name: string): Code | undefined {
  for (const scheme of ['chain', 'gbt4754'] as const)
    for (const each of [name, `${name}业`]) {
      const [found, ...others] = codesNamed(scheme, each)
      if (found !== undefined && others.length === 0) return found
    }
  return undefined
}

/** Targets, one a line: numbered, on lines of their own, or divided by semicolons. */
function indicatorsIn(text: string): string[] {
  const several = severalIn(text, { lines: false })
  const parts = several === null ? text.split(/[\n；;]/) : [...(several.before === '' ? [] : [several.before]), ...several.parts]
  return parts.map((part) => part.replaceAll(/^[\s\d.、)）①-⑳]*(?<=[.、)）①-⑳])|[\s；;。]+$/g, '').trim()).filter((part) => part !== '')
}

const listIn = (text: string) =>
  text
    .split(/[\n；;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
const keywordsIn = (text: string) =>
  text
    .split(/[\n；;，,、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
