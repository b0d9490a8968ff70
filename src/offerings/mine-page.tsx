import { Page } from '../platform/web/page.tsx'
import { ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { Empty } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { UnfinishedList } from '../unfinished/parts/autosaved.tsx'
import type { OfferingView } from './offering.ts'
import { OfferingCard } from './offering-card.tsx'

interface MinePageProps {
  view: View
  items: readonly OfferingView[]
  next: string | null
  /** What the reader began to write and has not sent. */
  forms: readonly { path: string; at: string }[]
}

/** The results of one's own organisation, of every state. */
export function MinePage({ view, items, next, forms }: MinePageProps) {
  const { offeringForm: words } = view.words
  return (
    <Page view={view} title={words.mine}>
      <div class="title">
        <h1>{words.mine}</h1>
      </div>
      <p class="lead">{words.mineLead}</p>
      <UnfinishedList view={view} forms={forms} />
      {items.length === 0 ? (
        <Empty title={words.none} text={words.noneAdvice}>
          <ButtonLink href="/offerings/new">{words.title}</ButtonLink>
        </Empty>
      ) : (
        <>
          <p class="actions">
            <ButtonLink href="/offerings/new">{words.title}</ButtonLink>
          </p>
          <ul class="cards">
            {items.map((offering) => (
              <li>
                <OfferingCard view={view} offering={offering} heading="h2" />
              </li>
            ))}
          </ul>
        </>
      )}
      <Pager view={view} next={next} />
    </Page>
  )
}
