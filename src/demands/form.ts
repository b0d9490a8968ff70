import { codeIn, codesOf } from '../platform/codes/codes.ts'
import { Chain, Mode } from '../platform/codes/enums.ts'
import { inputErrors } from '../platform/input.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { DemandInput } from './actions.ts'
import { blankDemand, DemandDraft, demandFaults } from './demand.ts'

/** The fields of the form in their order, with where the noun's faults belong. */
const fieldOf: Record<string, string> = {
  title: 'title',
  problem: 'problem',
  budgetMinFen: 'budget',
  budgetMaxFen: 'budget',
  deadlineOn: 'deadlineOn',
  indicators: 'indicators',
  classification: 'chain',
  region: 'region',
  readinessFrom: 'readinessFrom',
  modes: 'modes',
  visibility: 'visibility',
  teaser: 'teaser',
  isAnonymous: 'isAnonymous',
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
  chain: single,
  region: single,
  readinessFrom: single,
  modes: several,
  visibility: single,
  teaser: single,
  isAnonymous: single,
})
export type DemandForm = z.infer<typeof DemandForm>

/** What was written in the form as a demand's draft; 422 with a pointer for each fault, also for an amount that is none and a day that has passed. */
export function draftFrom(form: DemandForm, today: string): DemandInput {
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
  }
  const result = DemandDraft.partial().required({ title: true }).safeParse(written)
  // What members are together can be said of those that are right by themselves.
  const wrong = new Set(result.error?.issues.map(({ path }) => path[0]))
  const right = Object.fromEntries(Object.entries(written).filter(([name]) => !wrong.has(name)))
  const errors = [
    ...(result.success ? [] : inputErrors(result.error)),
    ...demandFaults({ ...blankDemand, ...right }, today),
    ...(budgetMaxFen === undefined ? [{ pointer: '/budgetMaxFen', code: 'not-an-amount' }] : []),
  ]
  if (!result.success || errors.length > 0) throw new Problem('invalid-input', { errors: errors.map(asRequired(form)) })
  // Partial members may be left out, never undefined: every member is written above.
  return result.data as DemandInput
}

/** The first fault of each field of the form. */
export function faultsByField(errors: readonly FieldError[]): Map<string, FieldError> {
  const faults = new Map<string, FieldError>()
  for (const error of errors) {
    const name = fieldOf[error.pointer.split('/')[1] ?? ''] ?? 'title'
    if (!faults.has(name)) faults.set(name, error)
  }
  return faults
}

export const modeOptions = Mode.options

/** 万元 as written → fen; null for nothing, undefined for what is no amount. */
function fenFrom(text: string): number | null | undefined {
  const written = text.normalize('NFKC').replaceAll(/[,\s]|万元?/g, '')
  if (written === '') return null
  // Four decimals of 万元 are whole yuan.
  return /^\d{1,8}(\.\d{1,4})?$/.test(written) ? Math.round(Number(written) * 1_000_000) : undefined
}

/** Nothing written where something must be is "required", not "too short". */
function asRequired(form: DemandForm) {
  return (error: FieldError): FieldError =>
    error.pointer === '/title' && form.title === '' ? { pointer: error.pointer, code: 'required' } : error
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
