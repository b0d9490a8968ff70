import { codeIn, codesOf } from '../platform/codes/codes.ts'
import { Chain, Mode } from '../platform/codes/enums.ts'
import type { Words } from '../platform/i18n/words.ts'
import { inputErrors, parseInput } from '../platform/input.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { text, z } from '../platform/schema.ts'
import type { FormState } from '../platform/web/parts/fields.tsx'
import type { ProposalInput } from './actions/proposal.ts'
import type { DemandInput } from './actions.ts'
import { blankDemand, DemandDraft, type DemandView, demandFaults, Wording } from './demand.ts'

/** Where the noun's faults belong, if not at the field of the same name. */
const fieldOf: Record<string, FormField> = {
  budgetMinFen: 'budget',
  budgetMaxFen: 'budget',
  classification: 'chain',
  'businessContact/name': 'businessName',
  'businessContact/phone': 'businessPhone',
  'businessContact/email': 'businessEmail',
  'technicalContact/name': 'technicalName',
  'technicalContact/phone': 'technicalPhone',
  'technicalContact/email': 'technicalEmail',
}

/** What the browser sends: text for every field, several for the modes. How long each may be the draft says, at its field. */
const single = z
  .string()
  .optional()
  // A browser sends two characters for an end of line that was written, and counted, as one.
  .transform((value) => (value ?? '').replaceAll('\r\n', '\n').trim())
const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()))
export const DemandForm = z.object({
  title: single,
  problem: single,
  budget: single,
  deadlineOn: single,
  indicators: single,
  currentState: single,
  tried: single,
  ownConditions: single,
  chain: single,
  region: single,
  readinessFrom: single,
  modes: several,
  visibility: single,
  teaser: single,
  isAnonymous: single,
  confidential: single,
  expiresOn: single,
  businessName: single,
  businessPhone: single,
  businessEmail: single,
  technicalName: single,
  technicalPhone: single,
  technicalEmail: single,
})
export type DemandForm = z.infer<typeof DemandForm>
export type FormField = keyof DemandForm
export const formFields = Object.keys(DemandForm.shape) as FormField[]

/** What each field of the form says of a demand, where that is not the field of the same name. */
const membersOf: Partial<Record<FormField, keyof DemandDraft>> = {
  budget: 'budgetMaxFen',
  chain: 'classification',
  businessName: 'businessContact',
  businessPhone: 'businessContact',
  businessEmail: 'businessContact',
  technicalName: 'technicalContact',
  technicalPhone: 'technicalContact',
  technicalEmail: 'technicalContact',
}
const memberOf = (field: FormField) => membersOf[field] ?? (field as keyof DemandDraft)

/** The same in two forms; of several values their order says nothing. */
export function isSame(field: FormField, a: DemandForm, b: DemandForm): boolean {
  return [a[field]].flat().sort().join('\n') === [b[field]].flat().sort().join('\n')
}

/** A demand as the form shows it. */
export function formOf(demand: DemandView): DemandForm {
  const { businessContact, technicalContact, budgetMaxFen, readinessFrom } = demand
  return {
    title: demand.title,
    problem: demand.problem ?? '',
    budget: budgetMaxFen === null ? '' : String(budgetMaxFen / 1_000_000),
    deadlineOn: demand.deadlineOn ?? '',
    indicators: demand.indicators.map(({ text }) => text).join('\n'),
    currentState: demand.currentState ?? '',
    tried: demand.tried ?? '',
    ownConditions: demand.ownConditions ?? '',
    chain: demand.classification.find(({ scheme }) => scheme === 'chain')?.code ?? '',
    region: demand.region?.code ?? '',
    readinessFrom: readinessFrom === null ? '' : String(readinessFrom),
    modes: [...demand.modes],
    visibility: demand.visibility,
    teaser: demand.teaser ?? '',
    isAnonymous: demand.isAnonymous ? 'yes' : '',
    confidential: demand.confidential ?? '',
    expiresOn: demand.expiresOn ?? '',
    businessName: businessContact?.name ?? '',
    businessPhone: businessContact?.phone ?? '',
    businessEmail: businessContact?.email ?? '',
    technicalName: technicalContact?.name ?? '',
    technicalPhone: technicalContact?.phone ?? '',
    technicalEmail: technicalContact?.email ?? '',
  }
}

/** The form as it is drawn. */
export function stateOf({ modes, ...values }: DemandForm, messages: Record<string, string> = {}): FormState {
  return { values, chosen: { modes }, messages }
}

/**
 * What was changed in the form of a demand, as a patch: what was not touched stays as it is stored, also where the form tells less than
 * is known. Fields that the form left out are not asked. 422.
 */
export function changesFrom(form: DemandForm, before: DemandView, left: readonly FormField[], today: string): Partial<DemandDraft> {
  const shown = formOf(before)
  const changed = new Set(formFields.filter((field) => !left.includes(field) && !isSame(field, form, shown)).map(memberOf))
  const written: DemandInput = draftFrom(form, today, changed)
  const indicators = written.indicators?.map((each) => ({
    ...each,
    need: before.indicators.find(({ text }) => text === each.text)?.need ?? each.need,
  }))
  // The form asks for the chain alone; what else classifies the demand stays.
  const others = before.classification.filter(({ scheme }) => scheme !== 'chain')
  const classification = [...others, ...(written.classification ?? [])]
  const patch = { ...written, classification, ...(indicators && { indicators }) }
  return Object.fromEntries(Object.entries(patch).filter(([name]) => changed.has(name as keyof DemandDraft)))
}

/**
 * What was written in the form as a demand's draft; 422 with a pointer for each fault, also for an amount that is none and a day that has
 * passed. Where some members alone are `asked`, nothing is said of the others.
 */
export function draftFrom(form: DemandForm, today: string, asked: ReadonlySet<string> | null = null): DemandInput {
  const budgetMaxFen = fenFrom(form.budget)
  const chain = Chain.safeParse(form.chain)
  const isRegion = codesOf('region').some(({ code }) => code === form.region)
  const written = {
    title: form.title,
    problem: orNull(form.problem),
    budgetMaxFen: budgetMaxFen === undefined ? null : budgetMaxFen,
    deadlineOn: orNull(form.deadlineOn),
    indicators: lines(form.indicators).map((text) => ({ text, need: 'must' })),
    classification: chain.success ? [codeIn('chain', chain.data)] : [],
    region: isRegion ? codeIn('region', form.region) : null,
    readinessFrom: form.readinessFrom === '' ? null : Number(form.readinessFrom),
    modes: form.modes,
    visibility: form.visibility === '' ? 'public' : form.visibility,
    teaser: orNull(form.teaser),
    isAnonymous: form.isAnonymous === 'yes',
    currentState: orNull(form.currentState),
    tried: orNull(form.tried),
    ownConditions: orNull(form.ownConditions),
    confidential: orNull(form.confidential),
    expiresOn: orNull(form.expiresOn),
    businessContact: contactFrom(form.businessName, form.businessPhone, form.businessEmail),
    technicalContact: contactFrom(form.technicalName, form.technicalPhone, form.technicalEmail),
  }
  const result = DemandDraft.partial().required({ title: true }).safeParse(written)
  // What members are together can be said of those that are right by themselves.
  const wrong = new Set(result.error?.issues.map(({ path }) => path[0]))
  const right = Object.fromEntries(Object.entries(written).filter(([name]) => !wrong.has(name)))
  const faults = [
    ...(result.success ? [] : inputErrors(result.error)),
    ...demandFaults({ ...blankDemand, ...right }, today),
    ...(budgetMaxFen === undefined ? [{ pointer: '/budgetMaxFen', code: 'not-an-amount' }] : []),
  ]
  const errors = faults.filter(({ pointer }) => asked === null || asked.has(pointer.split('/')[1] ?? ''))
  if (errors.length > 0) throw new Problem('invalid-input', { errors: errors.map(asRequired(form)) })
  // Partial members may be left out, never undefined: every member is written above. What is faulty and not asked is taken by nobody.
  return (result.data ?? written) as DemandInput
}

/** The first fault of each field of the form. */
function faultsByField(errors: readonly FieldError[]): Map<string, FieldError> {
  const faults = new Map<string, FieldError>()
  for (const error of errors) {
    const [, member = '', part = ''] = error.pointer.split('/')
    const own = formFields.find((field) => field === member)
    const name = fieldOf[`${member}/${part}`] ?? fieldOf[member] ?? own ?? 'title'
    if (!faults.has(name)) faults.set(name, error)
  }
  return faults
}

/** A proposal as its form gives it: every worded field, an indicator keeping its need where its text stays. 422. */
export function wordingFrom(values: Record<string, string>, before: Pick<DemandView, 'indicators'>): ProposalInput {
  const form = DemandForm.parse(values)
  const needs = new Map(before.indicators.map(({ text, need }) => [text, need]))
  const { title, indicators } = form
  const texts = Object.fromEntries(
    (['teaser', 'problem', 'currentState', 'tried', 'ownConditions'] as const).map((name) => [name, orNull(form[name])]),
  )
  const changes = { ...texts, title, indicators: lines(indicators).map((text) => ({ text, need: needs.get(text) ?? 'must' })) }
  try {
    return parseInput(ProposalForm, { changes, note: orNull((values.note ?? '').trim()) })
  } catch (error) {
    if (!(error instanceof Problem) || title !== '') throw error
    throw new Problem('invalid-input', { errors: [{ pointer: '/changes/title', code: 'required' }] })
  }
}
const ProposalForm = z.object({ changes: Wording, note: text(1, 500).nullable() })

/** What is wrong, in words, at each field. */
export function messagesOf(errors: readonly FieldError[], words: Words): Record<string, string> {
  return Object.fromEntries([...faultsByField(errors)].map(([name, { code, facts }]) => [name, words.fault(code, facts ?? {})]))
}

/** The fields of the form that say something of these members. */
export function fieldsOf(members: readonly (keyof DemandDraft)[]): FormField[] {
  return formFields.filter((field) => members.includes(memberOf(field)))
}

export const modeOptions = Mode.options

/** 万元 as written → fen; null for nothing, undefined for what is no amount. */
export function fenFrom(text: string): number | null | undefined {
  const written = text.normalize('NFKC').replaceAll(/[,\s]|万元?/g, '')
  if (written === '') return null
  // Four decimals of 万元 are whole yuan.
  return /^\d{1,8}(\.\d{1,4})?$/.test(written) ? Math.round(Number(written) * 1_000_000) : undefined
}

/** Nothing written where something must be is "required", not "too short". */
function asRequired(form: DemandForm) {
  const empty = { '/title': form.title, '/businessContact/name': form.businessName, '/technicalContact/name': form.technicalName }
  return (error: FieldError): FieldError =>
    empty[error.pointer as keyof typeof empty] === '' ? { pointer: error.pointer, code: 'required' } : error
}

function contactFrom(name: string, phone: string, email: string) {
  return `${name}${phone}${email}` === '' ? null : { name, phone: orNull(phone), email: orNull(email) }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
