import type { Actor } from '../../accounts/actor.ts'
import { demandView } from '../../demands/actions.ts'
import type { DemandView } from '../../demands/demand.ts'
import { DemandCard } from '../../demands/demand-card.tsx'
import { demands } from '../../demands/store.ts'
import { expertView, institutionActions } from '../../directory/actions.ts'
import { EnterpriseCard, ExpertCard, InstitutionCard, type Institutions } from '../../directory/cards.tsx'
import type { Enterprise } from '../../directory/enterprise.ts'
import type { ExpertView } from '../../directory/expert.ts'
import type { Institution } from '../../directory/institution.ts'
import { enterprises, experts, institutions } from '../../directory/store.ts'
import { offeringView } from '../../offerings/actions.ts'
import type { OfferingView } from '../../offerings/offering.ts'
import { OfferingCard } from '../../offerings/offering-card.tsx'
import { offerings } from '../../offerings/store.ts'
import type { Ports } from '../../platform/ports.ts'
import { readable } from '../../platform/web/parts/readable.ts'
import type { CardHeading } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { SearchItem, SearchKind } from '../search.ts'

/** Found listings of one kind with all that their cards show. */
export type Found =
  | { kind: 'demand'; nouns: DemandView[] }
  | { kind: 'offering'; nouns: OfferingView[] }
  | { kind: 'expert'; nouns: ExpertView[]; institutions: Institutions }
  | { kind: 'institution'; nouns: Institution[] }
  | { kind: 'enterprise'; nouns: Enterprise[] }

/** What a search found, whole, as this reader may see it: what it may find was decided by the search. */
export async function foundOf(ports: Ports, actor: Actor, kind: SearchKind, items: readonly SearchItem[]): Promise<Found> {
  const { database } = ports
  const ids = items.map(({ id }) => id)
  switch (kind) {
    case 'demand':
      return { kind, nouns: (await demands.findMany(database, ids)).map((demand) => demandView(actor, demand)) }
    case 'offering':
      return { kind, nouns: (await offerings.findMany(database, ids)).map((offering) => offeringView(actor, offering)) }
    case 'expert': {
      const nouns = (await experts.findMany(database, ids)).map((expert) => expertView(actor, expert))
      return { kind, nouns, institutions: await institutionsOf(ports, actor, nouns) }
    }
    case 'institution':
      return { kind, nouns: await institutions.findMany(database, ids) }
    case 'enterprise':
      return { kind, nouns: await enterprises.findMany(database, ids) }
  }
}

/** Where these people work. */
export function institutionsOf(ports: Ports, actor: Actor, people: readonly ExpertView[]): Promise<Institutions> {
  const ids = people.flatMap(({ affiliations }) => affiliations.map(({ institutionId }) => institutionId))
  return readable(ids, (id) => institutionActions.read(ports, actor, id))
}

export function Cards({ view, found, heading }: { view: View; found: Found; heading: CardHeading }) {
  return (
    <ul class="cards">
      {cardsOf(view, found, heading).map((card) => (
        <li>{card}</li>
      ))}
    </ul>
  )
}

function cardsOf(view: View, found: Found, heading: CardHeading) {
  switch (found.kind) {
    case 'demand':
      return found.nouns.map((demand) => <DemandCard view={view} demand={demand} heading={heading} />)
    case 'offering':
      return found.nouns.map((offering) => <OfferingCard view={view} offering={offering} heading={heading} />)
    case 'expert':
      return found.nouns.map((expert) => <ExpertCard view={view} expert={expert} institutions={found.institutions} heading={heading} />)
    case 'institution':
      return found.nouns.map((institution) => <InstitutionCard view={view} institution={institution} heading={heading} />)
    case 'enterprise':
      return found.nouns.map((enterprise) => <EnterpriseCard view={view} enterprise={enterprise} heading={heading} />)
  }
}
