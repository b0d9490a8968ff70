import { accountStories } from './account-stories.ts'
import { attacked } from './attacked.ts'
import { auditedMarkets } from './audited-markets.ts'
import { counterfactuals } from './counterfactuals.ts'
import { crawled } from './crawled.ts'
import { demoRuns } from './demo-runs.ts'
import { erasedPeople } from './erased-people.ts'
import { explanations } from './explanations.ts'
import { firstVisits } from './first-visits.ts'
import { forms } from './forms.ts'
import { fuzz, fuzzAsEveryRole } from './fuzz.ts'
import { inference } from './inference.ts'
import { killedImports } from './killed-imports.ts'
import {
  coreSpeed,
  indicators,
  noMatch,
  permissionMatrix,
  properties,
  quality,
  relevance,
  relevanceOfMatches,
  robustness,
  wholeSuite,
} from './measured.ts'
import { monday } from './monday.ts'
import { pageCosts } from './page-costs.ts'
import { readable } from './readable.ts'

/** What a line prints, and whether it holds. */
export interface Outcome {
  passed: boolean
  figures: Record<string, string | number>
}

/** The acceptance lines that a program can check, by the word of their issue and their number; the argument scales their size. */
export const lines: Record<string, (scale: number) => Promise<Outcome>> = {
  'core.1': demoRuns,
  'core.2': wholeSuite,
  'core.3': relevance,
  'core.4': killedImports,
  'core.5': properties,
  'core.6': coreSpeed,
  'core.7': fuzz,
  'accounts.1': permissionMatrix,
  'accounts.2': inference,
  'accounts.3': auditedMarkets,
  'accounts.4': erasedPeople,
  'accounts.5': attacked,
  'accounts.6': accountStories,
  'accounts.7': fuzzAsEveryRole,
  'market.1': monday,
  'market.2': firstVisits,
  'market.3': readable,
  'market.4': pageCosts,
  'market.5': crawled,
  'market.6': forms,
  'match.1': relevanceOfMatches,
  'match.2': indicators,
  'match.3': noMatch,
  'match.4': counterfactuals,
  'match.5': robustness,
  'match.6': quality,
  'match.7': explanations,
}
