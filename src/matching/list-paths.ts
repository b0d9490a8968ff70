import type { SearchKind } from './search.ts'

/** Where the listings of each kind are. */
export const listPaths: Record<SearchKind, string> = {
  demand: '/demands',
  offering: '/offerings',
  expert: '/experts',
  institution: '/institutions',
  enterprise: '/enterprises',
}
