import { Actions, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import type { View } from '../../platform/web/view.ts'
import { pairingPath } from './pairing.ts'

/** The way from a candidate to what the reader can say about it; nothing for whoever has no say. */
export function pairingLink(view: View, demandId: string, reader: { isOwn: boolean; carries: boolean }) {
  const { pairing } = view.words.engagement
  const label = reader.isOwn ? pairing.forEnterprise : reader.carries ? pairing.forBroker : null
  return (supplyId: string) =>
    label !== null && (
      <Actions>
        <ButtonLink tone="plain" href={pairingPath(demandId, supplyId)}>
          {label}
        </ButtonLink>
      </Actions>
    )
}
