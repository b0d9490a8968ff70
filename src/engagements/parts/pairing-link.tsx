import { Actions, Button, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import type { View } from '../../platform/web/view.ts'
import { pairingPath } from './pairing.ts'

/** To what the boxes on the cards belong, wherever they stand. */
const compareForm = 'compare'

/** The way from a candidate to what the reader can say about it; nothing for whoever has no say. */
export function pairingLink(view: View, demandId: string, reader: { isOwn: boolean; carries: boolean }) {
  const { pairing, compare } = view.words.engagement
  const label = reader.isOwn ? pairing.forEnterprise : reader.carries ? pairing.forBroker : null
  return (supplyId: string) =>
    label !== null && (
      <Actions>
        <ButtonLink tone="plain" href={pairingPath(demandId, supplyId)}>
          {label}
        </ButtonLink>
        {reader.isOwn && (
          <label class="choice">
            <input type="checkbox" name="with" value={supplyId} form={compareForm} />
            <span>{compare.choose}</span>
          </label>
        )}
      </Actions>
    )
}

/** Leads from ticked candidates to their comparison. */
export function CompareForm({ view, demandId }: { view: View; demandId: string }) {
  return (
    <form id={compareForm} method="get" action={`/demands/${demandId}/compare`}>
      <Actions>
        <Button tone="plain">{view.words.engagement.compare.submit}</Button>
      </Actions>
    </form>
  )
}
