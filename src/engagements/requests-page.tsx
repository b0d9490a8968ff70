import type { DemandView } from '../demands/demand.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { Page } from '../platform/web/page.tsx'
import { Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, type Option, Select, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Facts, Notice, Paragraphs, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Supply } from './actions/sides.ts'
import { type Delegation, type InstitutionRequest, isWaiting } from './delegation.ts'
import { pairingPath } from './parts/pairing.ts'

/** A request with the names that its reader may read. */
export interface ShownRequest {
  request: InstitutionRequest
  demand: DemandView
  supply: { kind: Supply['kind']; name: string }
  /** Who has it. */
  holder: string | null
}

/** What was done just now, and to which delegations. */
export interface Said {
  said: 'made' | 'ended' | 'undone'
  of: readonly Delegation[]
}

interface RequestsPageProps {
  view: View
  requests: readonly ShownRequest[]
  isDone: boolean
  /** To whom requests can be handed; null for who may not. */
  people: readonly Option[] | null
  nameOf(expertId: string): string
  form: FormState
  said: Said | null
}

/** To what the boxes on the cards belong, wherever they stand. */
const delegateForm = 'delegate'

/** What a whole institution is asked, who has it, and the form that hands it to one of its people. */
export function RequestsPage(props: RequestsPageProps) {
  const { view, requests, isDone, people, form } = props
  const { requests: words } = view.words.engagement
  const labels = { request: words.delegate, to: words.to, note: words.note.label, until: words.until.label }
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {props.said !== null && <SaidNotice {...props} said={props.said} />}
      <ErrorSummary view={view} form={form} labels={labels} />
      <p class="actions">
        <ButtonLink tone={isDone ? 'plain' : 'main'} href="/requests">
          {words.waiting}
        </ButtonLink>
        <ButtonLink tone={isDone ? 'main' : 'plain'} href="/requests?state=done">
          {words.done}
        </ButtonLink>
      </p>
      {requests.length === 0 ? (
        <p class="quiet">{isDone ? words.nothingDone : words.nothing}</p>
      ) : (
        <ul class="cards" id="request" tabindex={-1}>
          {requests.map((each) => (
            <li>
              <RequestCard {...props} {...each} />
            </li>
          ))}
        </ul>
      )}
      {people !== null && !isDone && requests.length > 0 && <DelegateForm view={view} people={people} form={form} />}
    </Page>
  )
}

type CardProps = Pick<RequestsPageProps, 'view' | 'form' | 'people'> & ShownRequest

function RequestCard({ view, form, people, request, demand, supply, holder }: CardProps) {
  const { requests: words, states } = view.words.engagement
  const { id, kind, state, note, askedAt, expiresAt, answeredAt, delegation, supplyId } = request
  const day = (at: string) => view.words.units.day(view.dayOf(at))
  const title = demandTitle(demand, view)
  return (
    <article class="card">
      <div class="card-head">
        <h2>
          <Written text={title} locale={view.locale} />
        </h2>
        <Tag tone={state === 'open' ? 'wood' : 'busy'}>{words.states[state] ?? states[state] ?? state}</Tag>
      </div>
      <p>
        {words.about[supply.kind]}
        {view.words.units.colon}
        <Written text={supply.name} locale={view.locale} />
      </p>
      <Facts
        facts={[
          words.kinds[kind],
          words.asked(day(askedAt)),
          isWaiting(request) && expiresAt && words.expires(day(expiresAt)),
          answeredAt && words.answered(day(answeredAt)),
        ]}
      />
      {note !== null && <Paragraphs text={note} locale={view.locale} />}
      {delegation !== null && (
        <div class="handed">
          <p>
            <Written text={words.with(holder ?? '', day(delegation.since))} locale={view.locale} />
            {delegation.until !== null && ` · ${words.wanted(view.words.units.day(delegation.until))}`}
          </p>
          {delegation.note !== null && <Paragraphs text={delegation.note} locale={view.locale} />}
        </div>
      )}
      <div class="actions">
        {people !== null && isWaiting(request) && (
          <label class="choice">
            <input
              type="checkbox"
              name="request"
              value={id}
              form={delegateForm}
              checked={form.chosen.request?.includes(id)}
              aria-label={words.choose(title)}
            />
            <span aria-hidden="true">{words.submit}</span>
          </label>
        )}
        <a href={kind === 'invitation' ? `/requests/${id}` : pairingPath(demand.id, supplyId)}>{words.answer}</a>
        {people !== null && state === 'delegated' && (
          <form method="post" action="/requests/delegation/ending">
            <input type="hidden" name="id" value={delegation!.id} />
            <Button tone="plain">{words.takeBack}</Button>
          </form>
        )}
      </div>
    </article>
  )
}

function DelegateForm({ view, people, form }: Pick<RequestsPageProps, 'view' | 'form'> & { people: readonly Option[] }) {
  const { requests: words } = view.words.engagement
  const field = { view, form }
  return (
    <Section title={words.delegate}>
      {people.length === 0 ? (
        <p class="quiet">{words.nobody}</p>
      ) : (
        <form method="post" action="/requests/delegation" id={delegateForm} novalidate class="stack">
          <p class="quiet">{words.delegateLead}</p>
          <Select {...field} name="to" label={words.to} options={people} any={words.chooseWhom} isRequired />
          <TextArea {...field} name="note" {...words.note} rows={3} />
          <TextField {...field} name="until" {...words.until} type="date" />
          <Button isLarge>{words.submit}</Button>
        </form>
      )}
    </Section>
  )
}

function SaidNotice({ view, said: { said, of }, nameOf }: RequestsPageProps & { said: Said }) {
  const { requests: words } = view.words.engagement
  const [first] = of
  if (said !== 'undone' && first === undefined && said !== 'ended') return null
  return (
    <Notice>
      <div role="status" tabindex={-1} autofocus>
        <p>
          <strong>{said === 'made' ? words.made(of.length, nameOf(first!.to)) : words[said === 'ended' ? 'ended' : 'undone']}</strong>
        </p>
      </div>
      {said !== 'undone' && of.length > 0 && (
        <form method="post" action="/requests/delegation/undoing">
          {of.map(({ id, version }) => (
            <input type="hidden" name="seen" value={`${id}:${version}`} />
          ))}
          <Button tone="plain">{words.undo}</Button>
        </form>
      )}
    </Notice>
  )
}
