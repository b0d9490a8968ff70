import { Actions, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import { Notice } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'

/** From a result or an expert to the question about it: for enterprises, and for whoever is nobody here yet. */
export function AskLink({ view, path }: { view: View; path: string }) {
  const { enrolment } = view.words.organisation
  if (view.actor.role !== 'visitor' && view.actor.role !== 'enterprise') return null
  return (
    <Notice>
      <p>{enrolment.askLead}</p>
      <Actions>
        <ButtonLink href={`${path}/interest`} rel="nofollow">
          {enrolment.ask}
        </ButtonLink>
      </Actions>
    </Notice>
  )
}
