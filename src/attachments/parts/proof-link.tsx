import { may } from '../../accounts/permissions.ts'
import { relationsTo } from '../../accounts/relations.ts'
import type { View } from '../../platform/web/view.ts'

/** The way to what an organisation proves itself with, for itself and the operator. */
export function ProofLink({ view, id, path }: { view: View; id: string; path: string }) {
  if (!may(view.actor, 'attachment.upload', relationsTo(view.actor, { id }, view.actor.id === id))) return null
  return (
    <p>
      <a href={`${path}/attachments`}>{view.words.attachment.proof}</a>
    </p>
  )
}
