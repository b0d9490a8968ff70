import { may } from '../accounts/permissions.ts'
import type { View } from '../platform/web/view.ts'

/** For whoever is signed in and does not act for it yet: the way to take a profile over. */
export function ClaimLink({ view, id }: { view: View; id: string }) {
  if (view.session === null || !may(view.actor, 'claim.request') || view.session.memberships.some(({ subjectId }) => subjectId === id))
    return null
  return (
    <p class="quiet">
      <a href={`/claims/new/${id}`} rel="nofollow">
        {view.words.organisation.claim.offer}
      </a>
    </p>
  )
}
