import type { DemandView } from '../demands/demand.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'

interface AskingPageProps {
  view: View
  /** About what is asked. */
  supply: { path: string; name: string }
  own: readonly { path: string; title: string; state: DemandView['state'] }[]
  /** Where another demand is written. */
  anew: string
}

/** For which of its demands an enterprise asks: the other side answers a demand, not a name. */
export function AskingPage({ view, supply, own, anew }: AskingPageProps) {
  const { words, locale } = view
  const { asking } = words.engagement
  return (
    <Page view={view} title={asking.title}>
      <div class="narrow">
        <h1>{asking.title}</h1>
        <p class="lead">
          <a href={supply.path}>
            <Written text={supply.name} locale={locale} />
          </a>
        </p>
        <p>{asking.lead}</p>
        <ul class="lines">
          {own.map(({ path, title, state }) => (
            <li>
              <a href={path}>
                <Written text={title} locale={locale} />
              </a>{' '}
              <Tag tone="quiet">{words.demand.states[state]}</Tag>
            </li>
          ))}
        </ul>
        <Actions>
          <ButtonLink tone="plain" href={anew}>
            {asking.anew}
          </ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}
