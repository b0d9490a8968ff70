import { demandView } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { Facts, Notice, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import type { Duplicate } from './actions/duplicates.ts'
import { ColumnsForm } from './columns-form.tsx'
import type { IntakeLine, IntakeView } from './intake.ts'
import type { LineTab } from './pages.tsx'
import { countsOf } from './parts/counts.ts'
import { lineBudget, lineContact, lineTitle } from './parts/line-facts.tsx'

interface ReviewPageProps {
  view: View
  intake: IntakeView
  tab: LineTab
  lines: readonly IntakeLine[]
  duplicates: ReadonlyMap<string, readonly Duplicate[]>
  /** What the files are called in which other lines stand. */
  names: ReadonlyMap<string, string>
  /** After which position the next page begins; null on the last. */
  next: number | null
  refused: ReadonlyMap<string, string>
  message: string | null
  /** The same file came once more. */
  isAgain: boolean
}

/** One file: how its columns are read, and its needs, to be decided on one by one or together. */
export function ReviewPage(props: ReviewPageProps) {
  const { view, intake, tab, lines, next, refused, message } = props
  const { intake: words, units } = view.words
  const { open, drafted, merged } = intake.lines
  const path = `/intake/${intake.id}`
  return (
    <Page view={view} title={intake.name}>
      <p>
        <a class="back" href="/intake">
          {words.back}
        </a>
      </p>
      <h1>
        <Written text={intake.name} locale={view.locale} />
      </h1>
      <Facts facts={[words.receivedOn(units.day(view.dayOf(intake.createdAt))), ...countsOf(view, intake.lines)]} />
      {props.isAgain && <Notice>{words.already}</Notice>}
      {open === 0 && <Notice>{words.allDone}</Notice>}
      {intake.tables.length === 0 && <Notice>{words.fileGone}</Notice>}
      {(refused.size > 0 || message !== null) && (
        <div class="summary" role="alert" tabindex={-1} autofocus>
          <p>{message ?? words.failed(refused.size)}</p>
        </div>
      )}
      <ColumnsForm view={view} intake={intake} />
      <Section title={words.lines} id="lines">
        <Tabs {...props} />
        {lines.length === 0 ? (
          <p>{words.noLines}</p>
        ) : (
          <form method="post" action={`${path}/decisions`} class="stack">
            <ul class="cards">
              {lines.map((line) => (
                <li>
                  <LineCard {...props} line={line} />
                </li>
              ))}
            </ul>
            {lines.some(({ state }) => state === 'open') && (
              <p class="actions deciding">
                <Button isLarge name="verdict" value="draft">
                  {words.draftChosen}
                </Button>
                <Button tone="plain" isLarge name="verdict" value="leave">
                  {words.leaveChosen}
                </Button>
              </p>
            )}
          </form>
        )}
        {next !== null && (
          <p class="pager">
            <a class="button plain" href={withQuery(path, { show: tab, after: String(next) })}>
              {view.words.listing.next}
            </a>
          </p>
        )}
      </Section>
      {drafted + merged > 0 && (
        <Section title={words.links.title}>
          <p>{words.links.lead}</p>
          <form method="post" action={`${path}/confirmation-links`}>
            <Button tone="plain">{words.links.make}</Button>
          </form>
        </Section>
      )}
    </Page>
  )
}

function Tabs({ view, intake, tab }: ReviewPageProps) {
  const { intake: words } = view.words
  const all = Object.values(intake.lines).reduce((sum, count) => sum + count, 0)
  const counts: Record<LineTab, number> = { open: intake.lines.open, done: all - intake.lines.open, all }
  return (
    <nav class="tabs" aria-label={words.tabsLabel}>
      {(['open', 'done', 'all'] as const).map((each) => (
        <a href={withQuery(`/intake/${intake.id}`, { show: each })} aria-current={each === tab ? 'page' : undefined}>
          {words.tab(words.tabs[each], counts[each])}
        </a>
      ))}
    </nav>
  )
}

/** What speaks against drafting it unseen. */
function isDoubtful({ content }: IntakeLine, duplicates: readonly Duplicate[]): boolean {
  if (content === null || content.enterprise === null || [...content.title].length < 4) return true
  return content.route !== null || duplicates.length > 0
}

function LineCard({ view, line, duplicates, names, refused }: ReviewPageProps & { line: IntakeLine }) {
  const { words, locale } = view
  const { intake } = words
  const { content, state } = line
  const own = duplicates.get(line.id) ?? []
  const title = lineTitle(view, line)
  const why = refused.get(line.id)
  return (
    <article class="card">
      <div class="card-head">
        <h3>
          {state === 'open' ? (
            <label class="choice">
              <input type="checkbox" name="line" value={line.id} checked={why !== undefined || !isDoubtful(line, own)} />
              <span>
                <Written text={title} locale={locale} />
              </span>
            </label>
          ) : (
            <a href={line.demandId === null ? `/intake/lines/${line.id}` : `/demands/${line.demandId}`}>
              <Written text={title} locale={locale} />
            </a>
          )}
        </h3>
        {state !== 'open' && <Tag tone="quiet">{intake.states[state]}</Tag>}
        <a href={`/intake/lines/${line.id}`}>
          {intake.open}
          <span class="unseen"> {title}</span>
        </a>
      </div>
      {why !== undefined && <p class="message">{why}</p>}
      {content !== null && (
        <Facts
          facts={[
            <Written text={content.enterprise ?? intake.noEnterprise} locale={locale} />,
            intake.place(line.line, line.part),
            lineBudget(view, content),
            content.deadlineOn === null ? '' : words.units.day(content.deadlineOn),
            lineContact(content) && <Written text={lineContact(content)} locale={locale} />,
          ]}
        />
      )}
      {content?.problem && state === 'open' && (
        <p class="excerpt">
          <Written text={content.problem} locale={locale} />
        </p>
      )}
      {content !== null && state === 'open' && content.doubts.length > 0 && (
        <p class="tags">
          {content.doubts.map((doubt) => (
            <Tag tone={doubt.startsWith('no-') ? 'busy' : 'quiet'}>{intake.doubts[doubt]}</Tag>
          ))}
        </p>
      )}
      {content !== null && state === 'open' && content.route !== null && (
        <p>
          <Written text={intake.routeTo(words.demand.routes[content.route.to], words.units.list(content.route.words))} locale={locale} />
        </p>
      )}
      {own.map((each) => (
        <p>
          <Written text={`${intake.looksLike}${likeName(view, each, names)}`} locale={locale} />{' '}
          <a href={`/intake/lines/${line.id}/merging?with=${each.kind === 'line' ? each.line.id : each.demand.id}`}>{intake.compare}</a>
        </p>
      ))}
    </article>
  )
}

/** What a line seems to repeat, as its reader finds it. */
export function likeName(view: View, duplicate: Duplicate, names: ReadonlyMap<string, string>): string {
  if (duplicate.kind === 'demand') return demandTitle(demandView(view.actor, duplicate.demand), view)
  const { intake } = view.words
  const { line } = duplicate
  const place = intake.place(line.line, line.part)
  return `${lineTitle(view, line)}${view.locale === 'en' ? ' (' : '（'}${intake.likeLine(names.get(line.intakeId) ?? '', place)}${view.locale === 'en' ? ')' : '）'}`
}
