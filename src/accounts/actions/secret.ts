import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'

/** Where no secret is set nobody signs in: what would seal his cookie is missing. */
export function secretOf({ secret }: Pick<Ports, 'secret'>): string {
  if (secret === null) throw new Problem('not-ready', { missing: ['secret'] })
  return secret
}
