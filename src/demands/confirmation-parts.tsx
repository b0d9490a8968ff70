import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { CopyText, Mixed, Notice, Paragraphs } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { ConfirmationRequest, MadeConfirmationRequest } from './confirmation.ts'
import type { DemandView } from './demand.ts'
import { demandTitle } from './demand-card.tsx'

/** Said to those who entered a demand for an enterprise: what it has answered, the button that asks it, and a form for what it said on the phone. */
export function ConfirmationNotice({ view, demand, asked, form, mayConfirm }: ConfirmationNoticeProps) {
  const words = view.words.access.confirmation
  const { confirmation } = demand
  if (confirmation !== null)
    return (
      <Notice>
        <p>
          <Mixed text={words.confirmed[confirmation.how](confirmation.by, view.words.units.day(view.dayOf(confirmation.at)))} />
        </p>
      </Notice>
    )
  return (
    <Notice tone={asked?.answer === 'corrected' || asked?.answer === 'not-theirs' ? 'warn' : 'plain'}>
      {asked === null ? <p>{words.askLead}</p> : <Answer view={view} asked={asked} />}
      <form method="post" action={`/demands/${demand.id}/confirmation-link`}>
        <Button tone="plain">{asked === null ? words.make : words.again}</Button>
      </form>
      {mayConfirm && <ByPhone view={view} demand={demand} form={form} />}
    </Notice>
  )
}

interface ConfirmationNoticeProps {
  view: View
  demand: DemandView
  asked: ConfirmationRequest | null
  /** What was written of a confirmation on the phone. */
  form: FormState
  mayConfirm: boolean
}

function ByPhone({ view, demand, form: given }: Pick<ConfirmationNoticeProps, 'view' | 'demand' | 'form'>) {
  const { byPhone: words } = view.words.access.confirmation
  const form = { ...given, values: { on: view.today, ...given.values } }
  const isRefused = Object.keys(form.messages).length > 0
  return (
    <details class="more" open={isRefused}>
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      <form method="post" action={`/demands/${demand.id}/confirmation`} novalidate class="stack">
        <TextField {...{ view, form, name: 'by', ...words.by }} isRequired autocomplete="off" />
        <TextField {...{ view, form, name: 'on', ...words.on }} type="date" isRequired />
        <Button tone="plain">{words.submit}</Button>
      </form>
    </details>
  )
}

function Answer({ view, asked }: { view: View; asked: ConfirmationRequest }) {
  const words = view.words.access.confirmation
  if (asked.answer === null)
    return <p>{asked.state === 'expired' ? words.expired : words.open(view.words.units.day(view.dayOf(asked.expiresAt)))}</p>
  return (
    <>
      <p>{words.answers[asked.answer]}</p>
      {asked.note !== null && <Paragraphs text={asked.note} locale={view.locale} />}
    </>
  )
}

/** The one page that shows the link. */
export function MadeConfirmationPage({ view, demand, made }: { view: View; demand: DemandView; made: MadeConfirmationRequest }) {
  const words = view.words.access.confirmation
  return (
    <Page view={view} title={words.made} at="demands">
      <div class="narrow">
        <h1>{words.made}</h1>
        <p class="lead">{words.madeLead}</p>
        <p>
          {words.link}
          {view.words.units.colon}
          <a href={made.link} class="secret">
            {made.link}
          </a>
        </p>
        <CopyText label={words.copy} text={words.text(demandTitle(demand, view), made.link)} />
        <Actions>
          <ButtonLink href={`/demands/${demand.id}`}>{words.back}</ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}
