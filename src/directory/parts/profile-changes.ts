import { codeIn, codesOf } from '../../platform/codes/codes.ts'
import type { Words } from '../../platform/i18n/words.ts'
import { type FieldError, Problem } from '../../platform/problem.ts'
import type { Expert, ExpertDraft } from '../expert.ts'
import {
  type AffiliationField,
  affiliationFields,
  affiliationsAtMost,
  affiliationsIn,
  fieldAt,
  formOf,
  isSame,
  type ProfileForm,
  type ProfilePart,
  profileParts,
  tieParts,
} from './profile-form.ts'

/** What was changed, as a patch: what was not touched stays as it is stored. `employers` are ids by name as written. 422. */
export function changesFrom(
  form: ProfileForm,
  before: { expert: Expert; employers: ReadonlyMap<string, string> },
  employers: ReadonlyMap<string, string>,
): Partial<ExpertDraft> {
  const shown = formOf(before.expert, before.employers)
  const errors: FieldError[] = []
  const { values } = form
  const whole = (part: ProfilePart) => numberIn(values[part]!, part, errors)
  const known = new Map([...employers, ...[...before.employers].map(([id, name]) => [name, id] as const)])
  // The four lists are one: what is not touched stands in the form as it was.
  const ties = () => ({
    conflicts: (Object.keys(tieParts) as (keyof typeof tieParts)[]).flatMap((kind) =>
      lines(values[tieParts[kind]]!).map((name) => ({ kind, name })),
    ),
  })
  const patches: Record<ProfilePart, () => object> = {
    name: () => ({ name: values.name }),
    title: () => ({ title: orNull(values.title!) }),
    titleLevel: () => ({ titleLevel: orNull(values.titleLevel!) }),
    affiliations: () => ({ affiliations: affiliationsFrom(form, known, errors) }),
    region: () => ({ region: codesOf('region').some(({ code }) => code === values.region) ? codeIn('region', values.region!) : null }),
    field: () => ({ field: orNull(values.field!) }),
    summary: () => ({ summary: orNull(values.summary!) }),
    methods: () => ({ methods: lines(values.methods!) }),
    materials: () => ({ materials: lines(values.materials!) }),
    instruments: () => ({ instruments: lines(values.instruments!) }),
    keywords: () => ({ keywords: lines(values.keywords!) }),
    modes: () => ({ modes: form.modes }),
    minFee: () => ({ minFeeFen: fenIn(values.minFee!, errors) }),
    daysPerYear: () => ({ capacity: { daysPerYear: whole('daysPerYear') } }),
    maxParallel: () => ({ capacity: { maxParallel: whole('maxParallel') } }),
    freeFrom: () => ({ capacity: { freeFrom: orNull(values.freeFrom!) } }),
    travelRadiusKm: () => ({ travelRadiusKm: whole('travelRadiusKm') }),
    mutedTopics: () => ({ mutedTopics: lines(values.mutedTopics!) }),
    sameUnit: ties,
    equity: ties,
    jointWork: ties,
    otherTies: ties,
    hostConsent: () => ({ hostConsent: values.hostConsent === '' ? null : values.hostConsent === 'yes' }),
  }
  const changed = profileParts.filter((part) => !isSame(part, form, shown)).map((part) => patches[part]() as Partial<ExpertDraft>)
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
  const blank = { daysPerYear: null, maxParallel: null, freeFrom: null }
  const terms = changed.flatMap(({ capacity }) => capacity ?? [])
  // Of the three that belong together one alone may be changed.
  const capacity = terms.length === 0 ? {} : { capacity: Object.assign({}, before.expert.capacity ?? blank, ...terms) }
  return Object.assign({}, ...changed, capacity)
}

/** What is wrong, in words, at each field; of the fields that have another name than what they say. */
export function messagesOf(errors: readonly FieldError[], words: Words, form: ProfileForm): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const { pointer, code, facts } of errors) {
    const [, member = '', part = '', field = ''] = pointer.split('/')
    const name =
      member === 'conflicts'
        ? partOfTie(form, Number(part))
        : member === 'affiliations'
          ? fieldAt(affiliationField(field), rowAt(form, Number(part)))
          : member === 'capacity'
            ? part
            : (renamed[member] ?? member)
    const isEmpty = code === 'too-small' && (form.values[name] ?? '') === ''
    messages[name] ??= words.fault(isEmpty ? 'required' : code, facts ?? {})
  }
  return messages
}

/** In which of the four lists the tie stands that is meant. */
function partOfTie({ values }: ProfileForm, wanted: number): string {
  const parts = Object.values(tieParts).flatMap((part) => lines(values[part] ?? '').map(() => part))
  return parts[wanted] ?? tieParts.other
}

const renamed: Record<string, string> = { minFeeFen: 'minFee' }
const affiliationField = (member: string): AffiliationField => affiliationFields.find((each) => each === member) ?? 'institution'

/** Rows that were left empty are none: where the one stands that is meant. */
function rowAt({ values }: ProfileForm, wanted: number): number {
  const filled = Array.from({ length: affiliationsAtMost }, (_, at) => at).filter((at) =>
    affiliationFields.some((field) => (values[fieldAt(field, at)] ?? '') !== ''),
  )
  return filled[wanted] ?? 0
}

function affiliationsFrom(form: ProfileForm, known: ReadonlyMap<string, string>, errors: FieldError[]): ExpertDraft['affiliations'] {
  return affiliationsIn(form).flatMap(({ institution, department, post }, at) => {
    const institutionId = known.get(institution)
    if (institutionId !== undefined) return { institutionId, department: orNull(department), post: orNull(post) }
    errors.push({ pointer: `/affiliations/${at}/institutionId`, code: institution === '' ? 'required' : 'not-in-directory' })
    return []
  })
}

function numberIn(text: string, part: ProfilePart, errors: FieldError[]): number | null {
  const digits = text.normalize('NFKC').replaceAll(/[,\s]/g, '')
  if (digits === '') return null
  if (!/^\d{1,6}$/.test(digits)) errors.push({ pointer: `/${part}`, code: 'not-a-number' })
  return Number(digits)
}

/** 万元 as written → fen; four decimals of it are whole yuan. */
function fenIn(text: string, errors: FieldError[]): number | null {
  const amount = text.normalize('NFKC').replaceAll(/[,\s]|万元?/g, '')
  if (amount === '') return null
  if (!/^\d{1,8}(\.\d{1,4})?$/.test(amount)) errors.push({ pointer: '/minFeeFen', code: 'not-an-amount' })
  return Math.round(Number(amount) * 1_000_000)
}

const orNull = (text: string) => (text === '' ? null : text)
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
