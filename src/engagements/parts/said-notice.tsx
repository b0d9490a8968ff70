import { demandTitle } from '../../demands/demand-card.tsx'
import { Button } from '../../platform/web/parts/buttons.tsx'
import { Notice, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { ReceivedInvitation } from '../invitation.ts'
import { pairingPath, type ShownPairing } from './pairing.ts'

interface Props {
  view: View
  pairing: ShownPairing
  /** The day until which it was put off. */
  until: string | null
}

/** What the reader has just said of a pairing, and the way to take it back. */
export function SaidNotice({ view, pairing, until }: Props) {
  const { said: words } = view.words.engagement.inbox
  const { ids, interest, refusal, demand, side } = pairing
  const path = pairingPath(ids.demandId, ids.supplyId)
  const isAsking = interest?.state === 'open' && interest.from === side
  const text =
    until !== null
      ? words.later(view.words.units.day(until))
      : refusal !== null
        ? words[refusal.code === 'referred' ? 'referred' : 'refused']
        : interest?.state === 'accepted'
          ? words.accepted
          : isAsking
            ? words.interested
            : null
  if (text === null) return null
  const undo =
    until !== null
      ? { action: '/inbox/later/ending', fields: { ...ids } }
      : refusal !== null
        ? { action: `${path}/refusal/ending`, fields: { id: refusal.id, back: '/inbox' } }
        : isAsking
          ? { action: `${path}/interest/withdrawal`, fields: { id: interest.id, back: '/inbox' } }
          : null
  return (
    <Notice>
      <div role="status" tabindex={-1} autofocus>
        <p>
          <strong>{text}</strong> <Written text={demandTitle(demand, view)} locale={view.locale} />
        </p>
      </div>
      {undo !== null && (
        <form method="post" action={undo.action}>
          {Object.entries(undo.fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Button tone="plain">{words.undo}</Button>
        </form>
      )}
    </Notice>
  )
}

/** What the reader has just answered a broker, who goes on from there. */
export function RepliedNotice({ view, pairing, invitation }: Omit<Props, 'until'> & { invitation: ReceivedInvitation }) {
  const { thanksFor } = view.words.engagement.invited
  const { state, how } = invitation
  if (state === 'open' || state === 'withdrawn') return null
  return (
    <Notice>
      <div role="status" tabindex={-1} autofocus>
        <p>
          <Written text={demandTitle(pairing.demand, view)} locale={view.locale} />
        </p>
        <p>
          <strong>{thanksFor[state === 'accepted' ? (how ?? 'talk') : state === 'referred' ? 'refer' : 'decline']}</strong>
        </p>
      </div>
    </Notice>
  )
}
