import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { CopyText } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { MadeInvitation } from './invitation.ts'
import { pairingPath } from './parts/pairing.ts'

/** The one page that shows the link of an invitation. */
export function MadeInvitationPage({ view, made, demand, supply }: { view: View; made: MadeInvitation; demand: string; supply: string }) {
  const { made: words } = view.words.engagement
  const day = view.words.units.day(view.dayOf(made.expiresAt))
  return (
    <Page view={view} title={words.title} at="demands">
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <p>
          {words.link}
          {view.words.units.colon}
          <a href={made.link} class="secret">
            {made.link}
          </a>
        </p>
        <CopyText label={words.copy} text={words.text(supply, demand, made.link, day)} />
        <Actions>
          <ButtonLink href={pairingPath(made.demandId, made.supplyId)}>{words.back}</ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}
