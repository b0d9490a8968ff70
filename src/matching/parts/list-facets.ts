import { labelOf } from '../../platform/codes/codes.ts'
import type { Facet, FacetValue } from '../../platform/web/parts/facets.tsx'
import { nameIn, readinessName } from '../../platform/web/parts/labels.ts'
import type { View } from '../../platform/web/view.ts'
import type { FacetName, Searching, SearchKind, SearchResults } from '../search.ts'

/** The facets that say something about each kind of listing, in the order of the page. */
const facetsOf: Record<SearchKind, readonly FacetName[]> = {
  demand: ['chain', 'industry', 'region', 'mode'],
  offering: ['chain', 'form', 'readiness', 'industry', 'mode', 'region', 'stage'],
  expert: ['chain', 'industry', 'discipline', 'mode', 'region'],
  institution: ['kind', 'chain', 'discipline', 'industry', 'region'],
  enterprise: ['chain', 'industry', 'region'],
}

/** Facets as the page shows them: named, counted, the chosen ones kept even where nothing is left of them. */
export function listFacets(view: View, kind: SearchKind, found: SearchResults['facets'], chosen: Searching['filters']): Facet[] {
  return facetsOf[kind].flatMap((name) => {
    const counts = found[name] ?? {}
    const picked = chosen[name] ?? []
    const codes = [...new Set([...picked, ...Object.keys(counts)])].filter((code) => picked.includes(code) || isWorthChoosing(name, code))
    const values: FacetValue[] = codes.map((code) => ({
      value: code,
      label: nameOf(name, code, view),
      count: counts[code] ?? 0,
      isChosen: picked.includes(code),
    }))
    if (values.length === 0) return []
    return [{ name, title: view.words.listing.facets[name], values: values.sort(orderOf(name)) }]
  })
}

/** Sections of industry (A, B, C …), and provinces with all their places below, are too wide to choose by. */
function isWorthChoosing(name: FacetName, code: string): boolean {
  if (name === 'industry') return /^\d/.test(code)
  return name !== 'region' || !code.endsWith('0000')
}

function orderOf(name: FacetName): (a: FacetValue, b: FacetValue) => number {
  const byCode = (a: FacetValue, b: FacetValue) => (a.value < b.value ? -1 : 1)
  return name === 'readiness' || name === 'region' ? byCode : (a, b) => b.count - a.count || byCode(a, b)
}

function nameOf(name: FacetName, code: string, view: View): string {
  const { words, locale } = view
  switch (name) {
    case 'readiness':
      return readinessName(Number(code), view)
    case 'form':
      return words.offering.kinds[code as keyof typeof words.offering.kinds] ?? code
    case 'kind':
      return words.directory.institution.kinds[code as keyof typeof words.directory.institution.kinds] ?? code
    case 'industry':
      return nameIn(['gbt4754'], code, view)
    case 'discipline':
      return nameIn(['gbt13745', 'degree-catalogue'], code, view)
    case 'stage':
      return labelOf('offering-stage', code, locale)
    default:
      return labelOf(name, code, locale)
  }
}
