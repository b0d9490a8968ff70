import { fenFrom } from '../demands/form.ts'
import { codeIn, codesOf } from '../platform/codes/codes.ts'
import { Chain } from '../platform/codes/enums.ts'
import type { Words } from '../platform/i18n/words.ts'
import { inputErrors } from '../platform/input.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { FormState } from '../platform/web/parts/fields.tsx'
import type { OfferingInput } from './actions.ts'
import { blankOffering, type Offering, OfferingDraft, offeringFaults } from './offering.ts'

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
export const OfferingForm = z.object({
  title: single,
  teaser: single,
  problemSolved: single,
  advantageName: single,
  advantageOurs: single,
  advantageIncumbent: single,
  advantageLevel: single,
  abstract: single,
  keywords: single,
  chain: single,
  region: single,
  readiness: single,
  modes: several,
  priceFrom: single,
  priceTo: single,
  isNegotiable: single,
  visibility: single,
  isSecrecyReviewed: single,
  expiresOn: single,
})
export type OfferingForm = z.infer<typeof OfferingForm>
export type OfferingField = keyof OfferingForm
const offeringFields = Object.keys(OfferingForm.shape) as OfferingField[]

/** Where the noun's faults belong, if not at the field of the same name. */
const fieldOf: Record<string, OfferingField> = {
  classification: 'chain',
  price: 'priceFrom',
  'price/maxFen': 'priceTo',
  advantages: 'advantageName',
  'advantages/0/ours': 'advantageOurs',
  'advantages/0/incumbent': 'advantageIncumbent',
  'advantages/0/evidenceLevel': 'advantageLevel',
}

/** The form as it is drawn. */
export function stateOf({ modes, ...values }: OfferingForm, messages: Record<string, string> = {}): FormState {
  return { values, chosen: { modes }, messages }
}

/** What was written in the form as a result's draft; 422 with a pointer for each fault. */
export function draftFrom(form: OfferingForm, today: string, kind: Offering['kind'] = 'result'): OfferingInput {
  const chain = Chain.safeParse(form.chain)
  const isRegion = codesOf('region').some(({ code }) => code === form.region)
  const amounts = { priceFrom: fenFrom(form.priceFrom), priceTo: fenFrom(form.priceTo) }
  const written = {
    title: form.title,
    kind,
    teaser: orNull(form.teaser),
    problemSolved: orNull(form.problemSolved),
    abstract: orNull(form.abstract),
    keywords: form.keywords.split(/[\n，,、；;]/).flatMap((word) => orNull(word.trim()) ?? []),
    classification: chain.success ? [codeIn('chain', chain.data)] : [],
    region: isRegion ? codeIn('region', form.region) : null,
    readiness: form.readiness === '' ? null : { scale: 'trl', level: Number(form.readiness) },
    advantages: advantagesFrom(form),
    modes: form.modes,
    price: priceFrom(amounts.priceFrom ?? null, amounts.priceTo ?? null, form.isNegotiable === 'yes'),
    visibility: form.visibility === '' ? 'public' : form.visibility,
    isSecrecyReviewed: form.isSecrecyReviewed === 'yes',
    expiresOn: orNull(form.expiresOn),
  }
  const result = OfferingDraft.partial().required({ title: true, kind: true }).safeParse(written)
  const wrong = new Set(result.error?.issues.map(({ path }) => path[0]))
  const right = Object.fromEntries(Object.entries(written).filter(([name]) => !wrong.has(name)))
  const errors = [
    ...(result.success ? [] : inputErrors(result.error)),
    // Whose it is, whoever drafts it says.
    ...offeringFaults({ ...blankOffering, title: form.title, kind, ...right }, today).filter(({ pointer }) => pointer !== '/ownerId'),
    ...Object.entries(amounts).flatMap(([name, fen]) => (fen === undefined ? [{ pointer: `/${name}`, code: 'not-an-amount' }] : [])),
  ]
  if (errors.length > 0) throw new Problem('invalid-input', { errors: errors.map(asRequired(form)) })
  // Every member was written above, and nothing is wrong with any.
  return result.data as OfferingInput
}

/** An offering as its form is filled in. */
export function formOf(offering: Offering): OfferingForm {
  const [advantage] = offering.advantages
  const { price } = offering
  const amount = (fen: number) => String(fen / 1_000_000)
  return {
    title: offering.title,
    teaser: offering.teaser ?? '',
    problemSolved: offering.problemSolved ?? '',
    advantageName: advantage?.name ?? '',
    advantageOurs: advantage?.ours ?? '',
    advantageIncumbent: advantage?.incumbent ?? '',
    advantageLevel: advantage?.evidenceLevel ?? '',
    abstract: offering.abstract ?? '',
    keywords: offering.keywords.join('、'),
    chain: offering.classification.find(({ scheme }) => scheme === 'chain')?.code ?? '',
    region: offering.region?.code ?? '',
    readiness: offering.readiness === null ? '' : String(offering.readiness.level),
    modes: offering.modes,
    priceFrom: price?.kind === 'fixed' ? amount(price.amountFen) : price?.kind === 'range' ? amount(price.minFen) : '',
    priceTo: price?.kind === 'range' ? amount(price.maxFen) : '',
    isNegotiable: price?.kind === 'negotiable' ? 'yes' : '',
    visibility: offering.visibility,
    isSecrecyReviewed: offering.isSecrecyReviewed ? 'yes' : '',
    expiresOn: offering.expiresOn ?? '',
  }
}

/** Members that stand in fields of other names, and more than one of them. */
const membersOf: Partial<Record<OfferingField, keyof OfferingInput>> = {
  chain: 'classification',
  priceFrom: 'price',
  priceTo: 'price',
  isNegotiable: 'price',
  advantageName: 'advantages',
  advantageOurs: 'advantages',
  advantageIncumbent: 'advantages',
  advantageLevel: 'advantages',
}

/** Fields that say something else. */
export const differing = (one: OfferingForm, other: OfferingForm): OfferingField[] =>
  offeringFields.filter((field) => JSON.stringify([one[field]].flat().toSorted()) !== JSON.stringify([other[field]].flat().toSorted()))

/** What the form changes, as a merge patch: what it does not show stays. 422 with a pointer for each fault. */
export function changesFrom(form: OfferingForm, offering: Offering, today: string): Partial<OfferingInput> {
  const draft = draftFrom(form, today, offering.kind)
  const changed = new Set(differing(form, formOf(offering)).map((field) => membersOf[field] ?? (field as keyof OfferingInput)))
  const [first, ...others] = offering.advantages
  const whole = {
    ...draft,
    classification: [...offering.classification.filter(({ scheme }) => scheme !== 'chain'), ...(draft.classification ?? [])],
    advantages: [...(draft.advantages ?? []).map((each) => keptWith(first, each)), ...others],
  }
  return Object.fromEntries(Object.entries(whole).filter(([name]) => changed.has(name as keyof OfferingInput)))
}

/** Unit, condition and evidence belong to the advantage of that name. */
function keptWith(before: Offering['advantages'][number] | undefined, written: Offering['advantages'][number]) {
  if (before === undefined || before.name !== written.name) return written
  return { ...written, unit: before.unit, condition: before.condition, evidence: before.evidence }
}

/** What is wrong, in words, at each field: the first fault of each. */
export function messagesOf(errors: readonly FieldError[], words: Words): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const { pointer, code, facts } of errors) {
    const path = pointer.slice(1)
    const member = path.split('/')[0] ?? ''
    const name = fieldOf[path] ?? fieldOf[member] ?? offeringFields.find((field) => field === member) ?? 'title'
    messages[name] ??= words.fault(code, facts ?? {})
  }
  return messages
}

function advantagesFrom({ advantageName, advantageOurs, advantageIncumbent, advantageLevel }: OfferingForm) {
  if (`${advantageName}${advantageOurs}${advantageIncumbent}` === '') return []
  const rest = { unit: null, condition: null, evidence: null, evidenceLevel: advantageLevel === '' ? 'unstated' : advantageLevel }
  return [{ name: advantageName, ours: advantageOurs, incumbent: orNull(advantageIncumbent), ...rest }]
}

/** One amount is a price, two are a range; without any it may be open to negotiation. */
function priceFrom(minFen: number | null, maxFen: number | null, isNegotiable: boolean) {
  const amountFen = minFen ?? maxFen
  if (amountFen === null) return isNegotiable ? { kind: 'negotiable' } : null
  return minFen === null || maxFen === null ? { kind: 'fixed', amountFen } : { kind: 'range', minFen, maxFen }
}

/** Nothing written where something must be is "required", not "too short". */
function asRequired(form: OfferingForm) {
  const empty = { '/title': form.title, '/advantages/0/name': form.advantageName, '/advantages/0/ours': form.advantageOurs }
  return (error: FieldError): FieldError =>
    empty[error.pointer as keyof typeof empty] === '' ? { pointer: error.pointer, code: 'required' } : error
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
