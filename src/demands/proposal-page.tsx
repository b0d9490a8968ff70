import { type Difference, differencesOf } from '../platform/differences.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { langOf, Notice, Paragraphs, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { type DemandView, type WordedField, wordedFields } from './demand.ts'
import { demandTitle } from './demand-card.tsx'
import { fieldName } from './field-name.ts'
import { formOf } from './form.ts'

interface ProposalPageProps {
  view: View
  demand: DemandView
  form: FormState
}

const rowsOf: Partial<Record<WordedField, number>> = { problem: 8, indicators: 5, currentState: 4, tried: 4, ownConditions: 4 }

/** The words of a demand, to be written otherwise and sent to its owner. */
export function ProposePage({ view, demand, form }: ProposalPageProps) {
  const { demandForm, ownDemand } = view.words
  const { proposal: words } = ownDemand
  const labels: Record<string, string> = Object.fromEntries(wordedFields.map((field) => [field, demandForm.fields[field].label]))
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <ProposalNotice view={view} demand={demand} />
        <ErrorSummary view={view} form={form} labels={{ ...labels, note: words.note.label }} />
        <form method="post" action={`/demands/${demand.id}/proposal`} novalidate class="stack">
          {wordedFields.map((name) => {
            const field = { view, form, name, label: demandForm.fields[name].label }
            const rows = rowsOf[name]
            return rows === undefined ? <TextField {...field} isRequired={name === 'title'} /> : <TextArea {...field} rows={rows} />
          })}
          <TextArea {...{ view, form, name: 'note', ...words.note }} rows={2} />
          <Actions>
            <Button isLarge>{words.submit}</Button>
            <ButtonLink tone="plain" isLarge href={`/demands/${demand.id}`}>
              {ownDemand.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

/** What was proposed last, and what its owner said; nothing where nothing was. */
export function ProposalNotice({ view, demand: { proposal } }: { view: View; demand: Pick<DemandView, 'proposal'> }) {
  const { proposal: words } = view.words.ownDemand
  if (proposal === null) return null
  const day = (instant: string) => view.words.units.day(view.dayOf(instant))
  const { answer } = proposal
  if (answer === null) return <Notice>{`${words.proposed(day(proposal.at))} ${words.again}`}</Notice>
  return (
    <Notice tone={answer.verdict === 'refused' ? 'warn' : 'plain'}>
      {answer.verdict === 'accepted' ? words.accepted(day(answer.at)) : words.refused(day(answer.at), answer.reason ?? '')}
    </Notice>
  )
}

/** What was proposed, word by word beside what stands there, and the owner's answer. */
export function AnswerPage({ view, demand, form, isChanged }: ProposalPageProps & { isChanged: boolean }) {
  const { ownDemand, demandForm } = view.words
  const { proposal: words } = ownDemand
  const title = demandTitle(demand, view)
  const { changes = {}, note = null } = demand.proposal ?? {}
  const [now, then] = [
    formOf(demand),
    formOf({ ...demand, ...changes, indicators: changes.indicators?.map(unparsed) ?? demand.indicators }),
  ]
  return (
    <Page view={view} title={words.answerTitle}>
      <div class="narrow">
        <h1>{words.answerTitle}</h1>
        <p class="lead">
          <Written text={title} locale={view.locale} />
        </p>
        <p>{words.answerLead}</p>
        {isChanged && <Notice tone="warn">{words.changed}</Notice>}
        <ErrorSummary view={view} form={form} labels={{ reason: words.reason.label }} />
        {note !== null && (
          <Section title={words.noteFrom}>
            <Paragraphs text={note} locale={view.locale} />
          </Section>
        )}
        {wordedFields
          .filter((field) => field in changes)
          .map((field) => (
            <Section title={fieldName(`/${field}`, view.words) || demandForm.fields[field].label}>
              <Differences view={view} found={differencesOf(now[field], then[field])} />
            </Section>
          ))}
        <form method="post" action={`/demands/${demand.id}/proposal/acceptance`}>
          <input type="hidden" name="version" value={String(demand.version)} />
          <Actions>
            <Button isLarge>{words.accept}</Button>
          </Actions>
        </form>
        <form method="post" action={`/demands/${demand.id}/proposal/refusal`} novalidate class="stack">
          <TextArea {...{ view, form, name: 'reason', ...words.reason }} rows={2} isRequired />
          <Actions>
            <Button tone="plain">{words.refuse}</Button>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

const unparsed = (indicator: { text: string; need: 'must' | 'want' }) => ({ ...indicator, parsed: null })

/** Struck out and shaded for the eye; named for those who hear it. */
export function Differences({ view, found }: { view: View; found: readonly Difference[] }) {
  const { proposal: words } = view.words.ownDemand
  return (
    <p class="written prose" lang={langOf(found.map(({ text }) => text).join(''), view.locale)}>
      {found.map(({ text, kind }) => {
        if (kind === 'same') return text
        const said = <span class="unseen">{kind === 'removed' ? words.before : words.after}</span>
        return kind === 'removed' ? (
          <del>
            {said}
            {text}
          </del>
        ) : (
          <ins>
            {said}
            {text}
          </ins>
        )
      })}
    </p>
  )
}
