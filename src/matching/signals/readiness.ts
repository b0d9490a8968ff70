import { clamp01, missing, type Signal } from './signal.ts'

/** Is it ready enough? One when the level wanted is reached; a quarter less for each level that is missing. */
export const readiness: Signal = ({ demand, supply }) =>
  demand.readinessFrom === null || supply.readinessLevel === null
    ? missing
    : {
        value: clamp01(1 - (demand.readinessFrom - supply.readinessLevel) / 4),
        facts: { wanted: demand.readinessFrom, level: supply.readinessLevel },
      }
