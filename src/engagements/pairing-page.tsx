import { demandTitle } from '../demands/demand-card.tsx'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { AcceptForm, Asked, DeclineForm, NameForm, QuestionForm } from './parts/answer-parts.tsx'
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
  const { demand, supply, engagement, side, isHanded, carries, refusal } = pairing
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
        {side !== null && !isHanded && refusal === null && pairing.interest?.owes !== side && (
          <details class="more" open={declineWrong(form)}>
            <summary>{text.refusal.title}</summary>
            <p>{text.refusal.lead}</p>
            <DeclineForm view={view} ids={pairing.ids} interestId={null} side={side} form={form} />
          </details>
        )}
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
  const { invited } = words.engagement
  const { interest, refusal, carry } = words.engagement.pairing
  return {
    referred: invited.referred.label,
    institution: invited.institution.label,
    referNote: invited.referNote.label,
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
  const { interest: words, offer } = view.words.engagement.pairing
  const { interest, side } = pairing
  if (interest === null || interest.state === 'withdrawn')
    return (
      <Section title={side === 'supply' ? offer.title : words.title}>
        <p>{words.lead}</p>
        {pairing.demand.state !== 'published' && <p>{view.words.engagement.asking.ahead}</p>}
        <QuestionForm view={view} ids={pairing.ids} side={side!} form={form} />
      </Section>
    )
  const isMine = interest.from === side
  const { asking } = view.words.engagement
  if (interest.state === 'waiting' || (interest.state === 'open' && isMine))
    return (
      <Notice>
        <p>{interest.state === 'waiting' ? asking.waiting : interest.owes === 'broker' ? words.byBroker : words.mine}</p>
        <form method="post" action={`${pathOf(pairing)}/interest/withdrawal`}>
          <input type="hidden" name="id" value={interest.id} />
          <Button tone="plain">{words.withdraw}</Button>
        </form>
      </Notice>
    )
  if (interest.state === 'open')
    return (
      <Asked view={view} interest={interest}>
        <AcceptForm view={view} ids={pairing.ids} interestId={interest.id} form={form} />
        {side === 'supply' && (
          <Section title={view.words.engagement.invited.refer}>
            <p>{view.words.engagement.invited.referLead}</p>
            <NameForm view={view} ids={pairing.ids} interestId={interest.id} form={form} />
          </Section>
        )}
        <Section title={view.words.engagement.pairing.refusal.title}>
          <DeclineForm view={view} ids={pairing.ids} interestId={interest.id} side={side!} form={form} />
        </Section>
      </Asked>
    )
  if (interest.state === 'accepted') return <Mutual view={view} pairing={pairing} />
  const code = interest.decline?.code ?? null
  const reason = code === null ? null : reasonName(code, view)
  return <Notice tone="warn">{isMine ? words.declined(reason) : words.youDeclined(reason ?? '')}</Notice>
}

function Mutual({ view, pairing }: Pick<PairingPageProps, 'view' | 'pairing'>) {
  const { interest: words } = view.words.engagement.pairing
  const { from, how, askerContact, answererContact } = pairing.interest!
  const contact = from === pairing.side ? answererContact : askerContact
  return (
    <Notice>
      <p>{words.accepted}</p>
      {how === 'call' && <p>{words.callFirst}</p>}
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
        {supply.kind !== 'institution' && (
          <ButtonLink tone="plain" href={`${pathOf(pairing)}/talking-points`}>
            {view.words.engagement.talking.download}
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
