import { blankForm } from '../../accounts/form.ts'
import type { FormState } from '../../platform/web/parts/fields.tsx'
import { AcceptForm, DeclineForm, NameForm, QuestionForm } from './answer-parts.tsx'
import type { ItemProps } from './inbox-item.tsx'
import { LaterForm } from './later-form.tsx'
import { NotForMeForm, ReferForm, TalkForm } from './reply-forms.tsx'

/** Yes, no, or later, where it stands. */
export function Answers(props: ItemProps) {
  const { view, item, at, wrong } = props
  const { inbox: words } = view.words.engagement
  const { demand, supplyId, interest, invitation } = item
  const within = `${invitation !== null ? 'invited' : interest !== null ? 'asked' : 'matched'}-${at}`
  const later = wrong?.about === `${demand.id}/${supplyId}` ? wrong.form : null
  return (
    <div class="answers-here">
      {invitation === null ? (
        <PairingAnswers {...props} within={within} />
      ) : (
        <InvitationAnswers {...props} id={invitation.id} action={`/inbox/invitations/${invitation.id}`} within={within} />
      )}
      {view.session !== null && (
        <details class="more" open={later !== null}>
          <summary>{words.later.title}</summary>
          <LaterForm view={view} form={later ?? blankForm} within={`${within}-later`} ids={{ demandId: demand.id, supplyId }} />
        </details>
      )}
    </div>
  )
}

function PairingAnswers({ view, item, contact, within }: ItemProps & { within: string }) {
  const { inbox: words, invited, pairing } = view.words.engagement
  const { demand, supplyId, interest, side } = item
  const about = `${demand.id}/${supplyId}`
  const of = { view, ids: { demandId: demand.id, supplyId }, back: `/inbox?${new URLSearchParams({ about })}` }
  return (
    <>
      <details class="more">
        <summary>{interest === null ? words.interested : pairing.interest.accept}</summary>
        {interest === null ? (
          <QuestionForm {...of} side={side} form={contact} within={`${within}-yes`} />
        ) : (
          <AcceptForm {...of} form={contact} within={`${within}-yes`} interestId={interest.id} />
        )}
      </details>
      {interest !== null && side === 'supply' && (
        <details class="more">
          <summary>{invited.refer}</summary>
          <p class="quiet">{invited.referLead}</p>
          <NameForm {...of} form={blankForm} within={`${within}-refer`} interestId={interest.id} />
        </details>
      )}
      <details class="more">
        <summary>{pairing.refusal.title}</summary>
        <DeclineForm {...of} form={blankForm} within={`${within}-no`} interestId={interest?.id ?? null} side={side} />
      </details>
    </>
  )
}

interface InvitationAnswersProps extends Pick<ItemProps, 'view' | 'contact' | 'wrong'> {
  id: string
  /** Where they are sent. */
  action: string
  within: string
}

/** The four answers to a broker's question. */
export function InvitationAnswers({ view, id, action, within, contact, wrong }: InvitationAnswersProps) {
  const { invited: words } = view.words.engagement
  const known: FormState = { ...contact, values: { ...contact.values, referrer: contact.values.name ?? '' } }
  const wrongAnswer = wrong?.about === id ? wrong : null
  const isWrong = (...answers: string[]) => wrongAnswer !== null && answers.includes(wrongAnswer.answer)
  const of = (part: string, ...answers: string[]) => ({
    view,
    action,
    within: `${within}-${part}`,
    form: isWrong(...answers) ? wrongAnswer!.form : known,
  })
  return (
    <>
      <details class="more" open={isWrong('talk', 'call')}>
        <summary>{words.yesOrCall}</summary>
        <p class="quiet">{words.yesLead}</p>
        <TalkForm {...of('yes', 'talk', 'call')} />
      </details>
      <details class="more" open={isWrong('refer')}>
        <summary>{words.refer}</summary>
        <p class="quiet">{words.referLead}</p>
        <ReferForm {...of('refer', 'refer')} />
      </details>
      <details class="more" open={isWrong('decline')}>
        <summary>{words.no}</summary>
        <NotForMeForm {...of('no', 'decline')} />
      </details>
    </>
  )
}
