import { demandTitle } from '../demands/demand-card.tsx'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { Notice, Paragraphs, Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { DeclineFields } from './parts/decline.tsx'
import { pairingPath, reasonName, type ShownPairing } from './parts/pairing.ts'

interface PairingPageProps {
  view: View
  pairing: ShownPairing
  form: FormState
}

const listOf = { expert: 'experts', offering: 'offerings', institution: 'institutions' } as const

/** One demand and one who could solve it: what was said between them, and what the reader can say. */
export function PairingPage({ view, pairing, form }: PairingPageProps) {
  const { words, locale } = view
  const { pairing: text, states } = words.engagement
  const { demand, supply, engagement, side, carries, refusal } = pairing
  return (
    <Page view={view} title={text.title} at="demands">
      <div class="narrow">
        <h1>{text.title}</h1>
        {engagement !== null && <Tag tone="busy">{states[engagement.state]}</Tag>}
        <Rows
          rows={[
            [
              text.wanted,
              <a href={`/demands/${demand.id}`}>
                <Written text={demandTitle(demand, view)} locale={locale} />
              </a>,
            ],
            [
              text.offered[supply.kind],
              <a href={`/${listOf[supply.kind]}/${supply.id}`}>
                <Written text={supply.name} locale={locale} />
              </a>,
            ],
          ]}
        />
        <ErrorSummary view={view} form={form} labels={labelsOf(view)} />
        {side !== null && refusal !== null && <Standing view={view} pairing={pairing} />}
        {side !== null && refusal === null && <InterestPart view={view} pairing={pairing} form={form} />}
        {side !== null && refusal === null && pairing.interest?.owes !== side && <RefusalForm view={view} pairing={pairing} form={form} />}
        {carries && <CarryPart view={view} pairing={pairing} form={form} />}
        <p>
          <a class="back" href={`/demands/${demand.id}`}>
            {text.back}
          </a>
        </p>
      </div>
    </Page>
  )
}

const labelsOf = ({ words }: View) => {
  const { interest, refusal, carry } = words.engagement.pairing
  return {
    note: interest.note.label,
    name: interest.name.label,
    phone: interest.phone.label,
    code: refusal.reason,
    why: refusal.note.label,
    word: carry.inviteNote.label,
  }
}

const pathOf = ({ ids }: ShownPairing) => pairingPath(ids.demandId, ids.supplyId)

/** The reader has said no, and may think again. */
function Standing({ view, pairing }: Pick<PairingPageProps, 'view' | 'pairing'>) {
  const { refusal: words } = view.words.engagement.pairing
  const refusal = pairing.refusal!
  return (
    <Notice>
      <p>{words.standing(reasonName(refusal.code, view))}</p>
      <form method="post" action={`${pathOf(pairing)}/refusal/ending`}>
        <input type="hidden" name="id" value={refusal.id} />
        <Button tone="plain">{words.end}</Button>
      </form>
    </Notice>
  )
}

/** What was asked, and by whom: the question, its answer, or the form that asks. */
function InterestPart({ view, pairing, form }: PairingPageProps) {
  const { interest: words } = view.words.engagement.pairing
  const { interest, side } = pairing
  if (interest === null || interest.state === 'withdrawn') return <QuestionForm view={view} pairing={pairing} form={form} />
  const isMine = interest.from === side
  if (interest.state === 'open' && isMine)
    return (
      <Notice>
        <p>{interest.owes === 'broker' ? words.byBroker : words.mine}</p>
        <form method="post" action={`${pathOf(pairing)}/interest/withdrawal`}>
          <input type="hidden" name="id" value={interest.id} />
          <Button tone="plain">{words.withdraw}</Button>
        </form>
      </Notice>
    )
  if (interest.state === 'open') return <AnswerForms view={view} pairing={pairing} form={form} />
  if (interest.state === 'accepted') return <Mutual view={view} pairing={pairing} />
  const code = interest.decline?.code ?? null
  const reason = code === null ? null : reasonName(code, view)
  return <Notice tone="warn">{isMine ? words.declined(reason) : words.youDeclined(reason ?? '')}</Notice>
}

function QuestionForm({ view, pairing, form }: PairingPageProps) {
  const { interest: words } = view.words.engagement.pairing
  return (
    <Section title={words.title}>
      <p>{words.lead}</p>
      <form method="post" action={`${pathOf(pairing)}/interest`} novalidate class="stack">
        <Once view={view} />
        <TextArea view={view} form={form} name="note" {...words.note} rows={4} />
        <ContactFields view={view} form={form} />
        <Button isLarge>{words.submit}</Button>
      </form>
    </Section>
  )
}

function ContactFields({ view, form }: Pick<PairingPageProps, 'view' | 'form'>) {
  const { interest: words } = view.words.engagement.pairing
  return (
    <>
      <TextField view={view} form={form} name="name" {...words.name} autocomplete="name" isRequired />
      <TextField view={view} form={form} name="phone" {...words.phone} type="tel" autocomplete="tel" isRequired />
    </>
  )
}

/** The other side asks, and the reader owes the answer. */
function AnswerForms({ view, pairing, form }: PairingPageProps) {
  const { interest: words, refusal } = view.words.engagement.pairing
  const { note, id } = pairing.interest!
  const action = `${pathOf(pairing)}/interest/answer`
  return (
    <>
      <Section title={words.asked}>
        {note !== null && (
          <>
            <h3>{words.said}</h3>
            <Paragraphs text={note} locale={view.locale} />
          </>
        )}
        <form method="post" action={action} novalidate class="stack">
          <input type="hidden" name="id" value={id} />
          <ContactFields view={view} form={form} />
          <Button isLarge name="answer" value="accepted">
            {words.accept}
          </Button>
        </form>
      </Section>
      <Section title={refusal.title}>
        <form method="post" action={action} novalidate class="stack">
          <input type="hidden" name="id" value={id} />
          <DeclineFields view={view} form={form} side={pairing.side!} />
          <Button tone="plain" isLarge name="answer" value="declined">
            {refusal.submit}
          </Button>
        </form>
      </Section>
    </>
  )
}

function Mutual({ view, pairing }: Pick<PairingPageProps, 'view' | 'pairing'>) {
  const { interest: words } = view.words.engagement.pairing
  const { from, askerContact, answererContact } = pairing.interest!
  const contact = from === pairing.side ? answererContact : askerContact
  return (
    <Notice>
      <p>{words.accepted}</p>
      {contact === null ? (
        <p>{words.noContact}</p>
      ) : (
        <Rows
          rows={[
            [words.name.label, <Written text={contact.name} locale={view.locale} />],
            [words.phone.label, contact.phone && <a href={`tel:${contact.phone.replaceAll(/[^\d+]/g, '')}`}>{contact.phone}</a>],
            [view.words.access.confirmation.page.contacts, contact.email],
          ]}
        />
      )}
    </Notice>
  )
}

function RefusalForm({ view, pairing, form }: PairingPageProps) {
  const { refusal: words } = view.words.engagement.pairing
  const isOpen = declineWrong(form)
  return (
    <details class="more" open={isOpen}>
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      <form method="post" action={`${pathOf(pairing)}/refusal`} novalidate class="stack">
        <Once view={view} />
        <DeclineFields view={view} form={form} side={pairing.side!} />
        <Button tone="plain">{words.submit}</Button>
      </form>
    </details>
  )
}

const declineWrong = ({ messages }: FormState) => 'code' in messages || 'why' in messages

/** What whoever carries the demand does with it. */
function CarryPart({ view, pairing, form }: PairingPageProps) {
  const { carry: words } = view.words.engagement.pairing
  const { engagement, invitation, supply } = pairing
  const { units } = view.words
  return (
    <Section title={words.title}>
      <Actions>
        {engagement === null ? (
          <form method="post" action={`${pathOf(pairing)}/engagement`}>
            <Button tone="plain">{words.propose}</Button>
          </form>
        ) : (
          <ButtonLink tone="plain" href={`/engagements/${engagement.id}`}>
            {words.case}
          </ButtonLink>
        )}
      </Actions>
      {invitation !== null && (
        <Notice>
          <p>{words.invited(units.day(view.dayOf(invitation.expiresAt)))}</p>
          <form method="post" action={`${pathOf(pairing)}/invitation/withdrawal`}>
            <input type="hidden" name="id" value={invitation.id} />
            <Button tone="plain">{words.withdraw}</Button>
          </form>
        </Notice>
      )}
      {supply.kind !== 'offering' && (
        <form method="post" action={`${pathOf(pairing)}/invitation`} novalidate class="stack">
          <p>{words.inviteLead}</p>
          <TextArea view={view} form={form} name="word" {...words.inviteNote} rows={3} />
          <Button>{words.invite}</Button>
        </form>
      )}
    </Section>
  )
}
