import { reasonName } from '../../engagements/parts/pairing.ts'
import { labelOf } from '../../platform/codes/codes.ts'
import { Mode } from '../../platform/codes/enums.ts'
import { modeNames } from '../../platform/web/parts/labels.ts'
import type { View } from '../../platform/web/view.ts'
import type { Conflict } from '../conflict.ts'
import type { ToldExclusion } from '../exclusions/told.ts'

/** Why it is not proposed, and what would change that; the second is null where nothing would, or the reader is not told. */
export function exclusionSentences({ condition, facts, change }: ToldExclusion, view: View): { why: string; change: string | null } {
  const words = view.words.matching.exclusions
  const { demand, units } = view.words
  const codes = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
  const modes = (value: unknown) =>
    modeNames(
      codes(value).map((code) => Mode.parse(code)),
      view,
    )
  const places = (value: unknown) => units.list(codes(value).map((code) => labelOf('region', code, view.locale)))
  const place = labelOf('region', String(facts.region), view.locale)
  const said = facts.code === undefined ? null : reasonName(String(facts.code), view)
  switch (condition) {
    case 'demand-closed': {
      const isExpired = change !== null
      return {
        why: isExpired ? words.demandExpired : words.demandClosed(demand.states[facts.state as never]),
        change: isExpired ? words.extend : null,
      }
    }
    case 'supply-closed':
      return { why: words.supplyClosed, change: words.offerAgain }
    case 'own-organisation':
      return { why: words.ownOrganisation, change: null }
    case 'mode-impossible': {
      const isShown = facts.offered !== undefined
      const why = isShown ? words.modes(modes(facts.wanted), modes(facts.offered)) : words.modesUnseen(modes(facts.wanted))
      return { why, change: isShown ? words.acceptMode(modes(facts.offered)) : null }
    }
    case 'region-impossible': {
      const why = facts.territory === undefined ? words.regionUnseen(place) : words.region(place, places(facts.territory))
      return { why, change: words.widen(place) }
    }
    case 'consent-withheld':
      return { why: words.consent, change: words.askConsent }
    case 'host-consent-withheld':
      return { why: words.hostConsent, change: words.askHost }
    case 'hidden':
      return { why: words.hidden, change: words.show }
    case 'no-capacity':
      return { why: words.noCapacity, change: words.freeTime }
    case 'fully-booked':
      return { why: words.booked(Number(facts.running), Number(facts.atMost)), change: words.raise(Number(change?.to)) }
    case 'refused-by-demand':
      return { why: words.refusedByDemand(said!), change: words.takeBack }
    case 'refused-by-supply':
      return { why: words.refusedBySupply(said!), change: words.takeBack }
    case 'conflict-of-interest':
      return { why: words.conflict(conflictSentence(facts as unknown as Conflict, view)), change: null }
    case 'topic-muted':
      return { why: words.muted(String(facts.topic)), change: words.unmute }
    case 'unavailable':
      return { why: words.unavailable, change: null }
  }
}

/** What ties the two sides, and who says so. */
export function conflictSentence({ kind, isDeclared, on }: Conflict, { words }: View): string {
  const { conflicts } = words.matching
  const source = isDeclared ? conflicts.declared : on === null ? conflicts.found : conflicts.foundOn(on)
  return `${conflicts.kinds[kind]}${source}`
}
