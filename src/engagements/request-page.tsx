import type { DemandView } from '../demands/demand.ts'
import { DemandCard } from '../demands/demand-card.tsx'
import { Page } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { Notice, Paragraphs, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Supply } from './actions/sides.ts'
import { type InstitutionRequest, isWaiting } from './delegation.ts'
import { InvitationAnswers } from './parts/inbox-answers.tsx'
import type { Wrong } from './parts/inbox-item.tsx'

interface RequestPageProps {
  view: View
  request: InstitutionRequest
  demand: DemandView
  supply: { kind: Supply['kind']; name: string }
  canAnswer: boolean
  wrong: Wrong | null
  contact: FormState
}

/** What a broker asks of an institution or one of its people, and the answers that the institution may give. */
export function RequestPage({ view, request, demand, supply, canAnswer, wrong, contact }: RequestPageProps) {
  const { requests: words, states } = view.words.engagement
  const { id, state, note } = request
  return (
    <Page view={view} title={words.kinds.invitation}>
      <div class="narrow">
        <h1>{words.kinds.invitation}</h1>
        <p>
          {words.about[supply.kind]}
          {view.words.units.colon}
          <Written text={supply.name} locale={view.locale} />
        </p>
        <DemandCard view={view} demand={demand} heading="h2" />
        {note !== null && <Paragraphs text={note} locale={view.locale} />}
        {!isWaiting(request) ? (
          <Notice>{words.states[state] ?? states[state] ?? state}</Notice>
        ) : (
          canAnswer && (
            <div class="answers-here">
              <InvitationAnswers {...{ view, id, wrong, contact }} action={`/requests/${id}`} within="reply" />
            </div>
          )
        )}
        <p>
          <a class="back" href="/requests">
            {words.title}
          </a>
        </p>
      </div>
    </Page>
  )
}
