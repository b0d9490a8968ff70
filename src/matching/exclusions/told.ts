import { z } from '../../platform/schema.ts'
import { Engine, MatchSubject } from '../match.ts'
import { Condition, Exclusion } from './exclusion.ts'

/** What a reader is told: a condition, or only that it is not available (暂不可约). */
export const ToldExclusion = z
  .strictObject({ ...Exclusion.shape, condition: z.enum([...Condition.options, 'unavailable']) })
  .openapi('ToldExclusion')
export type ToldExclusion = z.infer<typeof ToldExclusion>

/** A supply that is asked about, and how it stands to the list of matches. */
export const LeftOutSubject = z
  .strictObject({
    subject: MatchSubject,
    /** `elsewhere`: it is suggested beside the list, from another field; `not-near`: nothing excludes it, its texts are not among the nearest. */
    standing: z.enum(['excluded', 'listed', 'elsewhere', 'not-near']),
    /** Its place in the list, counted from 1; null where it has none. */
    place: z.number().int().nullable(),
    exclusions: z.array(ToldExclusion),
  })
  .openapi('LeftOutSubject')
export type LeftOutSubject = z.infer<typeof LeftOutSubject>

export const Exclusions = z
  .strictObject({ items: z.array(LeftOutSubject), next: z.string().nullable(), engine: Engine })
  .openapi('Exclusions')
export type Exclusions = z.infer<typeof Exclusions>

/** All that is known, or what concerns one side. */
export type Reader = 'all' | 'demand' | 'supply'

const unavailable: ToldExclusion = { condition: 'unavailable', facts: {}, change: null }

/**
 * The demand's side sees hard facts of its own demand; the supply's side what binds on its own side; a refusal of the other side only with a
 * reason that was released. Everything else is one word, said once. `modes` are those of the supply that the reader may see.
 */
export function toldTo(reader: Reader, exclusions: readonly Exclusion[], modes: readonly string[]): ToldExclusion[] {
  if (reader === 'all') return [...exclusions]
  const told = exclusions.map((each) => (reader === 'demand' ? toldToDemand(each, modes) : toldToSupply(each)))
  return told.includes(unavailable) ? [...told.filter((each) => each !== unavailable), unavailable] : told
}

function toldToDemand(exclusion: Exclusion, modes: readonly string[]): ToldExclusion {
  const { condition, facts, change } = exclusion
  switch (condition) {
    case 'demand-closed':
    case 'own-organisation':
    case 'refused-by-demand':
      return exclusion
    case 'mode-impossible': {
      const isShown = modes.length > 0
      return {
        condition,
        facts: isShown ? facts : { wanted: facts.wanted! },
        change: isShown ? change : null,
      }
    }
    case 'region-impossible':
      return { condition, facts: { region: facts.region! }, change }
    case 'refused-by-supply':
      return facts.isReleased === true ? exclusion : unavailable
    default:
      return unavailable
  }
}

function toldToSupply(exclusion: Exclusion): ToldExclusion {
  if (exclusion.condition !== 'refused-by-demand') return exclusion
  return exclusion.facts.isReleased === true ? exclusion : unavailable
}
