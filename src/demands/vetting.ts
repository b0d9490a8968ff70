import type { Actor } from '../accounts/actor.ts'
import { Problem } from '../platform/problem.ts'
import { text, z } from '../platform/schema.ts'

/** The three checks before publication: it is real; no secret, military or export-controlled matter; no forbidden wording. */
export const VettingCheck = z.enum(['authenticity', 'secrecy', 'wording'])
export type VettingCheck = z.infer<typeof VettingCheck>

/** What the operator found in one of the checks. */
export const CheckResult = z
  .strictObject({ check: VettingCheck, result: z.enum(['passed', 'failed']), reason: text(1, 500).nullable() })
  .openapi('CheckResult')
export type CheckResult = z.infer<typeof CheckResult>

/** A check as it is kept: with name and date. */
export const Vetting = CheckResult.extend({ by: z.string(), at: z.iso.datetime() }).openapi('Vetting')
export type Vetting = z.infer<typeof Vetting>

export function recordedChecks(checks: CheckResult[], actor: Actor, at: string): Vetting[] {
  return checks.map((check) => ({ ...check, by: actor.id, at }))
}

/** Refuses publication (409) and names the checks that have not passed. */
export function refuseMissingChecks(checks: CheckResult[]): void {
  const missing = VettingCheck.options.filter((name) => !checks.some(({ check, result }) => check === name && result === 'passed'))
  if (missing.length > 0) throw new Problem('checks-missing', { missing })
}
