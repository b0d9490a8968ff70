import type { HardCondition } from './exclusion.ts'

/** One side wants nothing to do with the other. */
export const refused: HardCondition = ({ standing: { refusal } }) =>
  refusal && {
    condition: refusal.side === 'demand' ? 'refused-by-demand' : 'refused-by-supply',
    facts: { code: refusal.code, isReleased: refusal.isReleased },
    change: { side: refusal.side, field: 'refusal', to: 'ended' },
  }
