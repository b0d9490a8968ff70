import type { Words } from '../i18n/words.ts'
import type { Problem } from '../problem.ts'
import { z } from '../schema.ts'

/** RFC 9457, with the list of faults of an input. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string(),
          code: z.string(),
          message: z.string(),
          facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      )
      .optional(),
  })
  .catchall(z.unknown())
  .openapi('Problem')

export const problemJson = { 'content-type': 'application/problem+json; charset=utf-8' }

/** What a person reads of a problem, in his language. */
export function problemDocument(problem: Problem, words: Words, instance: string) {
  const { errors, ...facts } = problem.facts
  const { title, detail } = words.problem[problem.kind]
  return {
    ...facts,
    type: `/problems/${problem.kind}`,
    title,
    status: problem.status,
    detail: typeof detail === 'function' ? detail(facts) : detail,
    instance,
    ...(errors && { errors: errors.map((error) => ({ ...error, message: words.fault(error.code, error.facts ?? {}) })) }),
  }
}
