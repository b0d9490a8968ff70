import type { z } from 'zod'
import { type FieldError, Problem } from './problem.ts'

/** Parses what came through a door, or refuses with 422 and a JSON pointer for each fault; with 400 where its cursor is none of ours. */
export function parseInput<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  // Nobody writes a cursor: whatever is wrong with it, the advice is to start again.
  if (result.error.issues.some(({ path }) => path[0] === 'cursor')) throw new Problem('bad-cursor')
  throw new Problem('invalid-input', { errors: inputErrors(result.error) })
}

/** Zod's issues as pointers (RFC 6901) with stable codes; the sentences for people come from `words`. At most 50. */
export function inputErrors(error: z.ZodError): FieldError[] {
  return error.issues.slice(0, 50).flatMap((issue) => {
    const { code, path, params, keys, minimum, maximum, format, origin, values } = issue as typeof issue & Record<string, unknown>
    if (code === 'unrecognized_keys') {
      return (keys as string[]).map((key) => ({ pointer: pointer([...path, key]), code: 'unknown-field' }))
    }
    const facts = definedFacts({ minimum, maximum, format, origin, values: Array.isArray(values) ? values.join(', ') : undefined })
    const own = (params as { code?: string } | undefined)?.code
    return [{ pointer: pointer(path), code: own ?? String(code).replaceAll('_', '-'), ...(Object.keys(facts).length > 0 && { facts }) }]
  })
}

export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function definedFacts(facts: Record<string, unknown>): Record<string, string | number> {
  const entries = Object.entries(facts).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  // The filter has just proved it.
  return Object.fromEntries(entries) as Record<string, string | number>
}
