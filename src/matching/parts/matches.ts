import type { Actor } from '../../accounts/actor.ts'
import { expertActions, institutionActions } from '../../directory/actions.ts'
import type { Institutions } from '../../directory/cards.tsx'
import type { ExpertView } from '../../directory/expert.ts'
import type { Institution } from '../../directory/institution.ts'
import { experts } from '../../directory/store.ts'
import { readOffering } from '../../offerings/actions.ts'
import type { OfferingView } from '../../offerings/offering.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { readable, unlessRefused } from '../../platform/web/parts/readable.ts'
import { matchExperts } from '../actions/match-experts.ts'
import { matchInstitutions } from '../actions/match-institutions.ts'
import { matchOfferings } from '../actions/match-offerings.ts'
import type { Match, Matches, Suggestion } from '../match.ts'
import type { MatchPage } from '../ranking.ts'
import { institutionsOf } from './cards.tsx'

export type MatchKind = 'offering' | 'expert' | 'institution'
/** Why matches are not shown: kinds of refusal for which the page has words. */
export type Refusal = 'not-signed-in' | 'not-permitted' | 'not-allowed-now'

export interface OfferingMatch {
  match: Match
  offering: OfferingView
}
export interface ExpertMatch {
  match: Match
  expert: ExpertView
  institutions: Institutions
}
export interface InstitutionMatch {
  match: Match
  institution: Institution
}
export type ShownMatches =
  | { refusal: Refusal }
  | {
      offerings: OfferingMatch[]
      fit: Matches['fit']
      fitFrom: Matches['fitFrom']
      gap: Matches['gap']
      elsewhere: Suggestion[]
      next: string | null
      isDemonstration: boolean
    }
  | { institutions: InstitutionMatch[]; fit: Matches['fit']; fitFrom: Matches['fitFrom']; next: string | null; isDemonstration: boolean }
  | { experts: ExpertMatch[]; fit: Matches['fit']; fitFrom: Matches['fitFrom']; next: string | null; isDemonstration: boolean }

/** Matches of a demand with what their cards show, or why this reader may not see them. */
export async function shownMatches(ports: Ports, actor: Actor, demandId: string, kind: MatchKind, page: MatchPage): Promise<ShownMatches> {
  const rank = { offering: matchOfferings, expert: matchExperts, institution: matchInstitutions }[kind]
  const answer = await unlessRefused(() => rank(ports, actor, demandId, page), ['not-signed-in', 'not-permitted', 'not-allowed-now'])
  // `unlessRefused` lets only these kinds through.
  if (answer instanceof Problem) return { refusal: answer.kind as Refusal }
  const { items, fit, fitFrom, gap, next } = answer
  const ids = [...items, ...answer.elsewhere.map(({ match }) => match)].map(({ subject }) => subject.id)
  if (kind === 'offering') {
    const offerings = await readable(ids, (id) => readOffering(ports, actor, id))
    const shown = items.flatMap((match) => (offerings.has(match.subject.id) ? [{ match, offering: offerings.get(match.subject.id)! }] : []))
    const elsewhere = answer.elsewhere.filter(({ match }) => offerings.has(match.subject.id))
    return { offerings: shown, fit, fitFrom, gap, elsewhere, next, isDemonstration: [...offerings.values()].some(isSeeded) }
  }
  if (kind === 'institution') {
    const found = await readable(ids, (id) => institutionActions.read(ports, actor, id))
    const shown = items.flatMap((match) => (found.has(match.subject.id) ? [{ match, institution: found.get(match.subject.id)! }] : []))
    return { institutions: shown, fit, fitFrom, next, isDemonstration: shown.some(({ institution }) => isSeeded(institution)) }
  }
  // Somebody who is shown to signed-in readers only is not shown to a visitor by way of a match either.
  const people = await readable(ids, (id) => expertActions.read(ports, actor, id))
  const institutions = await institutionsOf(ports, actor, [...people.values()])
  const shown = items.flatMap((match) =>
    people.has(match.subject.id) ? [{ match, expert: people.get(match.subject.id)!, institutions }] : [],
  )
  // A masked expert does not say where the row came from; the row itself does.
  return {
    experts: shown,
    fit,
    fitFrom,
    next,
    isDemonstration: (await experts.findMany(ports.database, [...people.keys()])).some(isSeeded),
  }
}

/** Whether it belongs to the demonstration's invented data. */
export function isSeeded({ originId }: { originId: string | null }): boolean {
  return originId?.startsWith('demo/') ?? false
}
