import { Page } from '../platform/web/page.tsx'
import { ButtonLink } from '../platform/web/parts/buttons.tsx'
import { dayWithDistance } from '../platform/web/parts/labels.ts'
import { Pager } from '../platform/web/parts/pager.tsx'
import { Empty, Rows, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { UnfinishedList } from '../unfinished/parts/autosaved.tsx'
import type { OwnDemand, OwnKind } from './actions/own.ts'
import { DemandTags, demandTitle } from './demand-card.tsx'
import { nextField } from './parts/next-question.ts'

interface MinePageProps {
  view: View
  /** In which ways the reader has demands, and which of them is shown. */
  kinds: readonly OwnKind[]
  kind: OwnKind | null
  items: readonly OwnDemand[]
  /** Of whom they are, by id. */
  firms: ReadonlyMap<string, { name: string }>
  next: string | null
  /** What the reader began to write and has not sent. */
  forms: readonly { path: string; at: string }[]
}

/** One's own demands of every state: what each still wants, until when it is open, who read it. */
export function MinePage({ view, kinds, kind, items, firms, next, forms }: MinePageProps) {
  const { mine: words } = view.words.ownDemand
  return (
    <Page view={view} title={words.title}>
      <div class="title">
        <h1>{words.title}</h1>
      </div>
      <p class="lead">{kind === null ? words.others : kind === 'enterprise' ? words.lead : words.leads[kind]}</p>
      <UnfinishedList view={view} forms={forms} />
      {kinds.length > 1 && <KindLinks view={view} kinds={kinds} kind={kind} />}
      {items.length === 0 ? (
        <Nothing view={view} kind={kind} />
      ) : (
        <>
          <p class="actions">
            <ButtonLink href="/demands/new">{words.post}</ButtonLink>
          </p>
          <ul class="cards">
            {items.map((item) => (
              <li>
                <OwnCard
                  view={view}
                  {...item}
                  firm={kind === 'enterprise' ? null : (firms.get(item.demand.enterpriseId ?? '')?.name ?? null)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <Pager view={view} next={next} />
    </Page>
  )
}

function KindLinks({ view, kinds, kind }: Pick<MinePageProps, 'view' | 'kinds' | 'kind'>) {
  const { mine: words } = view.words.ownDemand
  return (
    <nav class="tabs" aria-label={words.tabsLabel}>
      {kinds.map((each) => (
        <a href={`/demands/mine?of=${each}`} aria-current={each === kind ? 'page' : undefined}>
          {each === 'enterprise' ? words.title : words.tabs[each]}
        </a>
      ))}
    </nav>
  )
}

function Nothing({ view, kind }: Pick<MinePageProps, 'view' | 'kind'>) {
  const { mine: words } = view.words.ownDemand
  if (kind === 'enterprise' || kind === 'entered')
    return (
      <Empty title={words.none} text={words.noneAdvice}>
        <ButtonLink href="/demands/new">{words.post}</ButtonLink>
      </Empty>
    )
  return (
    <Empty title={words.noneAssigned} text={words.noneAssignedAdvice}>
      <ButtonLink href="/demands">{words.browse}</ButtonLink>
    </Empty>
  )
}

function OwnCard({ view, demand, readings, steps, firm }: { view: View; firm: string | null } & OwnDemand) {
  const { words, locale } = view
  const { mine } = words.ownDemand
  const missing = steps.includes('amend') ? nextField(demand) : undefined
  const path = `/demands/${demand.id}`
  return (
    <article class="card">
      <div class="card-head">
        <h2>
          <a href={path}>
            <Written text={demandTitle(demand, view)} locale={locale} />
          </a>
        </h2>
        <DemandTags view={view} demand={demand} />
      </div>
      <Rows
        rows={[
          [words.demand.enterprise, firm && <Written text={firm} locale={locale} />],
          [
            mine.next,
            steps.includes('answer') ? (
              <a href={`${path}/proposal/answer`}>{mine.answerProposal}</a>
            ) : missing !== undefined ? (
              <a href={`${path}/edit#${missing}`}>{mine.missing(words.demandForm.fields[missing].label)}</a>
            ) : steps.includes('request') ? (
              <a href={path}>{words.demand.requestPublication}</a>
            ) : steps.includes('amend') ? (
              mine.nothingMissing
            ) : null,
          ],
          [words.demand.expires, demand.expiresOn && demand.state === 'published' ? dayWithDistance(demand.expiresOn, view) : null],
          [mine.readings, readings !== null && <a href={`${path}/attachments`}>{mine.readers(readings)}</a>],
        ]}
      />
    </article>
  )
}
