import { Routing } from '../demands/demand.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextField } from '../platform/web/parts/fields.tsx'
import { Facts, Notice, Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Duplicate } from './actions/duplicates.ts'
import type { Intake, IntakeLine } from './intake.ts'
import { lineRows, lineTitle } from './parts/line-facts.tsx'
import { likeName } from './review-page.tsx'

interface LinePageProps {
  view: View
  line: IntakeLine
  intake: Intake
  duplicates: readonly Duplicate[]
  mayReopen: boolean
  form: FormState
}

/** One need as it was read, and what can be done with it. */
export function LinePage({ view, line, intake, duplicates, mayReopen, form }: LinePageProps) {
  const { intake: words, units } = view.words
  const { content, state } = line
  return (
    <Page view={view} title={lineTitle(view, line)}>
      <p>
        <a class="back" href={`/intake/${intake.id}`}>
          <Written text={intake.name} locale={view.locale} />
        </a>
      </p>
      <h1>
        <Written text={lineTitle(view, line)} locale={view.locale} />
      </h1>
      <Facts
        facts={[words.place(line.line, line.part), words.states[state], ...(content?.doubts ?? []).map((each) => words.doubts[each])]}
      />
      <ErrorSummary
        view={view}
        form={form}
        labels={{
          enterprise: words.line.enterprise.label,
          title: words.line.title.label,
          to: words.line.to.label,
          reason: words.line.reason.label,
        }}
      />
      {duplicates.length > 0 && (
        <Notice tone="warn">
          {duplicates.map((each) => (
            <p>
              <Written text={`${words.looksLike}${likeName(view, each, new Map([[intake.id, intake.name]]))}`} locale={view.locale} />{' '}
              <a href={`/intake/lines/${line.id}/merging?with=${each.kind === 'line' ? each.line.id : each.demand.id}`}>{words.compare}</a>
            </p>
          ))}
        </Notice>
      )}
      {content === null ? (
        <Notice>{words.fileGone}</Notice>
      ) : (
        <Section title={words.line.asRead}>
          <Rows rows={lineRows(view, content)} />
        </Section>
      )}
      {state !== 'open' && line.decidedAt !== null && (
        <Notice>{words.line.decided(words.states[state], units.day(view.dayOf(line.decidedAt)))}</Notice>
      )}
      {state === 'open' && content !== null && <Decisions view={view} line={line} form={form} />}
      <Actions>{line.demandId !== null && <ButtonLink href={`/demands/${line.demandId}`}>{words.toDemand}</ButtonLink>}</Actions>
      {mayReopen && (
        <form method="post" action={`/intake/lines/${line.id}`}>
          <Button tone="plain" name="verdict" value="reopen">
            {words.undo}
          </Button>
        </form>
      )}
    </Page>
  )
}

function Decisions({ view, line, form: given }: Pick<LinePageProps, 'view' | 'line' | 'form'>) {
  const { intake, demand } = view.words
  const { line: words } = intake
  const { content } = line
  const read = { enterprise: content?.enterprise ?? '', title: content?.title ?? '', to: content?.route?.to ?? '' }
  const form = { ...given, values: { ...read, ...given.values } }
  const of = (name: 'enterprise' | 'title' | 'reason' | 'leaveReason') => ({ view, form, name, ...words[name] })
  const routes = Routing.shape.to.options.map((value) => ({ value, label: demand.routes[value] }))
  return (
    <Section title={words.decide}>
      <form method="post" action={`/intake/lines/${line.id}`} novalidate class="stack narrow decision">
        <p>{words.draftLead}</p>
        <TextField {...of('enterprise')} isRequired />
        <TextField {...of('title')} isRequired />
        <Actions>
          <Button isLarge name="verdict" value="draft">
            {words.draft}
          </Button>
        </Actions>
        <p>
          {words.routeLead}
          {content?.route && (
            <>
              {' '}
              <Tag tone="busy">
                <Written
                  text={intake.routeTo(demand.routes[content.route.to], view.words.units.list(content.route.words))}
                  locale={view.locale}
                />
              </Tag>
            </>
          )}
        </p>
        <Select {...{ view, form, name: 'to', label: words.to.label, when: words.whenRouting }} any={words.to.any} options={routes} />
        <TextField {...of('reason')} when={words.whenRouting} />
        <Actions>
          <Button tone="plain" isLarge name="verdict" value="route">
            {words.route}
          </Button>
        </Actions>
        <p>{words.leaveLead}</p>
        <TextField {...of('leaveReason')} when={words.whenLeaving} />
        <Actions>
          <Button tone="plain" isLarge name="verdict" value="leave">
            {words.leave}
          </Button>
        </Actions>
      </form>
    </Section>
  )
}
