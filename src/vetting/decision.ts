import { Routing } from '../demands/demand.ts'
import { CheckResult, VettingCheck } from '../demands/vetting.ts'
import { inputErrors } from '../platform/input.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { text, z } from '../platform/schema.ts'

/** What the operator says of a listing that waits: it may be published, goes back to its owner, or belongs elsewhere. */
const Verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('grant') }),
  z.object({ verdict: z.literal('return'), reason: text(1, 500) }),
  z.object({ verdict: z.literal('route'), reason: text(1, 500), to: Routing.shape.to }),
])
export type Decision = z.infer<typeof Verdict> & {
  /** The version that the operator read. */
  version: number
  checks: CheckResult[]
}

const Version = z.coerce.number().int().min(1)

/** A decision as the form of the desk gives it. 422 with a pointer for each field that is wanting. */
export function decisionFrom(posted: Record<string, string>): Decision {
  const { verdict = '', reason = '', to = '', version = '' } = posted
  const errors: FieldError[] = []
  const decided = Verdict.safeParse({ verdict, reason, to })
  if (!decided.success)
    for (const error of inputErrors(decided.error))
      errors.push(error.pointer === '/reason' && reason.trim() === '' ? { pointer: '/reason', code: 'required' } : error)
  const checks: CheckResult[] = []
  for (const check of VettingCheck.options) {
    const [result = '', written = ''] = [posted[`result-${check}`], posted[`reason-${check}`]?.trim()]
    if (result === '') continue
    const found = CheckResult.safeParse({ check, result, reason: written === '' ? null : written })
    // Whoever is told no is told why.
    if (result === 'failed' && written === '') errors.push({ pointer: `/reason-${check}`, code: 'required' })
    else if (found.success) checks.push(found.data)
    else errors.push(...inputErrors(found.error).map((error) => ({ ...error, pointer: `${error.pointer}-${check}` })))
  }
  if (!decided.success || errors.length > 0) throw new Problem('invalid-input', { errors })
  return { ...decided.data, version: Version.parse(version), checks }
}
