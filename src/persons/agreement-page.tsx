import { Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import type { View } from '../platform/web/view.ts'
import { ConsentText } from '../privacy/parts/consent-text.tsx'
import type { Responsible } from '../privacy/settings.ts'
import { ResponsibleRows } from './parts/responsible-rows.tsx'

interface AgreementPageProps {
  view: View
  back: string
  /** Whether this account has agreed to an earlier text. */
  isAnew: boolean
  /** Whether the account goes at once if the answer is no. */
  isNew: boolean
  responsible: Responsible
}

/** Asks whoever has signed in, before anything else, whether he agrees to how personal data is handled. */
export function AgreementPage({ view, back, isAnew, isNew, responsible }: AgreementPageProps) {
  const { agreement: words } = view.words.privacy
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{isAnew ? words.anew : words.lead}</p>
        <ConsentText view={view} purpose="account" heading="h2" />
        <ResponsibleRows view={view} responsible={responsible} />
        <p>
          <a href="/privacy">{words.whole}</a>
        </p>
        <p>{isNew ? words.refuseNew : words.refuseOld}</p>
        <form method="post" action="/account/agreement" class="actions">
          <input type="hidden" name="back" value={back} />
          <Button isLarge name="decision" value="agree">
            {words.agree}
          </Button>
          <Button tone="plain" name="decision" value="refuse">
            {words.refuse}
          </Button>
        </form>
      </div>
    </Page>
  )
}
