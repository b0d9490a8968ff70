import type { EvidenceLevel } from '../../platform/codes/enums.ts'
import type { IndicatorVerdict } from '../match.ts'
import { clamp01, missing, type Signal } from './signal.ts'

/** What an indicator that is met is worth, by how the figure is backed: the owner's word alone moves nobody up. */
const worth: Record<EvidenceLevel, number> = { unstated: 0.5, simulated: 0.6, laboratory: 0.75, pilot: 0.85, field: 0.95, 'third-party': 1 }
/** A must counts as much as two wishes. */
const weightOf = { must: 2, want: 1 }

/** Do the supply's own figures reach what is wanted? The mean over the indicators; what is unknown counts as neither. */
export const indicators: Signal = ({ verdicts }) => {
  if (verdicts.every(({ verdict }) => verdict === 'unknown')) return missing
  const whole = verdicts.reduce((sum, { need }) => sum + weightOf[need], 0)
  const value = verdicts.reduce((sum, each) => sum + weightOf[each.need] * valueOfOne(each), 0) / whole
  return { value, facts: countsOf(verdicts) }
}

/** Half a target missed is nothing reached; a tenth missed is two fifths of it. */
function valueOfOne({ verdict, found, shortfallPct }: IndicatorVerdict): number {
  if (verdict === 'unknown') return 0.5
  return verdict === 'met' ? worth[found!.level] : clamp01(0.5 - (shortfallPct ?? 50) / 100)
}

/** How many are met, short and unknown, and how many musts are short. */
export function countsOf(verdicts: readonly IndicatorVerdict[]) {
  const count = (is: IndicatorVerdict['verdict']) => verdicts.filter(({ verdict }) => verdict === is).length
  return {
    met: count('met'),
    short: count('short'),
    unstated: count('unknown'),
    shortMusts: verdicts.filter(({ verdict, need }) => verdict === 'short' && need === 'must').length,
  }
}
