import { kindOfId } from '../platform/ids.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { ListedClaim } from './actions/claim.ts'
import type { ListedVerification } from './actions/verifications.ts'
import type { Merger, MergerRequest } from './merger.ts'
import { VerificationFacts } from './verification-page.tsx'

interface DeskPageProps {
  view: View
  verifications: readonly ListedVerification[]
  claims: readonly ListedClaim[]
  /** Null for those who may not merge. */
  mergers: readonly Merger[] | null
  /** Of the profiles that were merged, by id. */
  names: ReadonlyMap<string, string>
  form: FormState
  /** How many listings wait for publication; null for who does not decide that. */
  waiting: number | null
}

/** What else waits for the operator, and where he looks on. */
function Queues({ view, waiting }: { view: View; waiting: number }) {
  const { vetting, intake, engagement, organisation } = view.words
  return (
    <nav class="tabs" aria-label={organisation.desk.elsewhere}>
      <a href="/desk/vetting">{vetting.tab(vetting.title, waiting)}</a>
      <a href="/board">{engagement.today.board}</a>
      <a href="/intake">{intake.title}</a>
      <a href="/desk/flagged-terms">{vetting.toTerms}</a>
    </nav>
  )
}

/** What waits for the operator's word about organisations, and for an institution's about its people. */
export function DeskPage({ view, verifications, claims, mergers, names, form, waiting }: DeskPageProps) {
  const { desk, claim: claimWords } = view.words.organisation
  const labels = { reason: desk.reason.label, mergeReason: desk.mergeReason.label, fromId: desk.fromId.label, intoId: desk.intoId.label }
  return (
    <Page view={view} title={desk.title}>
      <div class="narrow">
        <h1>{desk.title}</h1>
        {waiting !== null && <Queues view={view} waiting={waiting} />}
        <p class="lead">{desk.lead}</p>
        <ErrorSummary view={view} form={form} labels={labels} />
        <Section title={desk.verifications}>
          {verifications.length === 0 && <p class="quiet">{desk.nothing}</p>}
          {verifications.map((verification) => (
            <article class="stack">
              <h3>
                <Written text={verification.subjectName} locale={view.locale} />
              </h3>
              <VerificationFacts view={view} verification={verification} institutions={verification.institutions} />
              {kindOfId(verification.subjectId) === 'expert' && (
                <p>
                  <a href={`/experts/${verification.subjectId}`}>{view.words.privacy.data.correction.profile}</a>
                </p>
              )}
              {verification.isOutdated && <Notice tone="warn">{desk.saysOtherwise}</Notice>}
              {verification.namesakeIds.length > 0 && (
                <Notice>
                  {desk.namesakes}
                  {verification.namesakeIds.map((id) => (
                    <>
                      {' '}
                      <a href={`/experts/${id}`}>{id}</a>
                    </>
                  ))}
                </Notice>
              )}
              <Decision view={view} form={form} id={verification.id} action="/desk/verifications" />
            </article>
          ))}
        </Section>
        <Section title={desk.claims}>
          {claims.length === 0 && <p class="quiet">{desk.nothing}</p>}
          {claims.map(({ id, subjectName, phone, note }) => (
            <article class="stack">
              <h3>
                <Written text={subjectName} locale={view.locale} />
              </h3>
              <Rows
                rows={[
                  [claimWords.phone, phone],
                  [claimWords.note.label, note],
                ]}
              />
              <Decision view={view} form={form} id={id} action="/desk/claims" />
            </article>
          ))}
        </Section>
        {mergers !== null && <Mergers {...{ view, form, mergers, names }} />}
      </div>
    </Page>
  )
}

function Decision({ view, form, id, action }: { view: View; form: FormState; id: string; action: string }) {
  const { desk } = view.words.organisation
  const isRefused = form.values.id === id
  const shown = isRefused ? form : { values: {}, chosen: {}, messages: {} }
  return (
    <form method="post" action={action} novalidate class="stack">
      <input type="hidden" name="id" value={id} />
      <label>
        {desk.reason.label}
        <textarea name="reason" rows={2} aria-invalid={shown.messages.reason ? 'true' : undefined}>
          {shown.values.reason ?? ''}
        </textarea>
      </label>
      {shown.messages.reason && <p class="message">{shown.messages.reason}</p>}
      <Actions>
        <Button name="verdict" value="grant">
          {desk.grant}
        </Button>
        <Button tone="plain" name="verdict" value="refuse">
          {desk.refuse}
        </Button>
      </Actions>
    </form>
  )
}

function Mergers({ view, form, mergers, names }: Pick<DeskPageProps, 'view' | 'form' | 'names'> & { mergers: readonly Merger[] }) {
  const { desk } = view.words.organisation
  return (
    <Section id="mergers" title={desk.mergers}>
      <p>{desk.mergersLead}</p>
      <form method="post" action="/desk/mergers/preview" novalidate class="stack">
        <TextField {...{ view, form, name: 'fromId', ...desk.fromId }} isRequired />
        <TextField {...{ view, form, name: 'intoId', ...desk.intoId }} isRequired />
        <TextArea {...{ view, form, name: 'mergeReason', ...desk.mergeReason }} rows={2} isRequired />
        <Button>{desk.preview}</Button>
      </form>
      <ul class="stack">
        {mergers.map(({ id, fromId, intoId, state, moved, reason }) => (
          <li>
            <p>
              <Written text={`${names.get(fromId) ?? fromId} → ${names.get(intoId) ?? intoId}`} locale={view.locale} />{' '}
              <span class="quiet">{[desk.mergerStates[state], desk.merged(moved.length), reason].join(' · ')}</span>
            </p>
            {state === 'done' && (
              <form method="post" action="/desk/mergers/undoing">
                <Button tone="plain" name="id" value={id}>
                  {desk.undo}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface MergerPageProps {
  view: View
  merging: { request: MergerRequest; fromName: string; intoName: string; moved: number }
}

/** What a merger would do, and the button that does it. */
export function MergerPage({ view, merging: { request, fromName, intoName, moved } }: MergerPageProps) {
  const { desk } = view.words.organisation
  return (
    <Page view={view} title={desk.mergers}>
      <div class="narrow">
        <h1>{desk.mergers}</h1>
        <Rows
          rows={[
            [desk.from, view.words.units.withNote(fromName, request.fromId)],
            [desk.into, view.words.units.withNote(intoName, request.intoId)],
            [desk.moves, view.words.units.count(moved)],
            [desk.mergeReason.label, request.reason],
          ]}
        />
        <p>{desk.mergersLead}</p>
        <form method="post" action="/desk/mergers">
          <input type="hidden" name="fromId" value={request.fromId} />
          <input type="hidden" name="intoId" value={request.intoId} />
          <input type="hidden" name="mergeReason" value={request.reason} />
          <Actions>
            <Button>{desk.merge}</Button>
            <ButtonLink tone="plain" href="/desk">
              {desk.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}
