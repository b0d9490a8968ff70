import type { Child } from 'hono/jsx'
import type { Side } from '../../matching/refusal.ts'
import { Actions, Button } from '../../platform/web/parts/buttons.tsx'
import { type FormState, TextArea, TextField } from '../../platform/web/parts/fields.tsx'
import { Once } from '../../platform/web/parts/once.tsx'
import { Paragraphs, Section } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { InterestView } from '../interest.ts'
import { DeclineFields } from './decline.tsx'
import { pairingPath, type ShownPairing } from './pairing.ts'
import { ReferFields } from './reply-forms.tsx'

interface Props {
  view: View
  ids: ShownPairing['ids']
  form: FormState
  /** Where it leads once it is done; without it, to the page of the pairing. */
  back?: string
  /** Which of several forms on a page its fields belong to. */
  within?: string
}

const Back = ({ back }: Pick<Props, 'back'>) => (back === undefined ? null : <input type="hidden" name="back" value={back} />)

/** 想进一步了解, 感兴趣: asks the other side, or offers it what one can do. */
export function QuestionForm({ ids, back, side, ...of }: Props & { side: Side }) {
  const { interest: words, offer } = of.view.words.engagement.pairing
  return (
    <form method="post" action={`${pairingPath(ids.demandId, ids.supplyId)}/interest`} novalidate class="stack">
      <Once view={of.view} />
      <Back back={back} />
      <TextArea {...of} name="note" {...(side === 'supply' ? offer.note : words.note)} rows={4} />
      <ContactFields {...of} />
      <Button isLarge>{words.submit}</Button>
    </form>
  )
}

function ContactFields(of: Pick<Props, 'view' | 'form' | 'within'>) {
  const { interest: words } = of.view.words.engagement.pairing
  return (
    <>
      <TextField {...of} name="name" {...words.name} autocomplete="name" isRequired />
      <TextField {...of} name="phone" {...words.phone} type="tel" autocomplete="tel" isRequired />
    </>
  )
}

/** The other side asks: what it says, and the ways to answer. */
export function Asked({ view, interest, children }: { view: View; interest: InterestView; children?: Child }) {
  const { interest: words, offer } = view.words.engagement.pairing
  return (
    <Section title={interest.from === 'supply' ? offer.asked : words.asked}>
      {interest.note !== null && (
        <>
          <h3>{words.said}</h3>
          <Paragraphs text={interest.note} locale={view.locale} />
        </>
      )}
      {children}
    </Section>
  )
}

/** Says yes to who asks, and how one is reached. */
export function AcceptForm({ ids, back, interestId, ...of }: Props & { interestId: string }) {
  const { interest: words } = of.view.words.engagement.pairing
  return (
    <form method="post" action={`${pairingPath(ids.demandId, ids.supplyId)}/interest/answer`} novalidate class="stack">
      <input type="hidden" name="id" value={interestId} />
      <Back back={back} />
      <ContactFields {...of} />
      <Actions>
        <Button isLarge name="answer" value="accepted">
          {words.accept}
        </Button>
        <Button tone="plain" isLarge name="answer" value="call">
          {words.call}
        </Button>
      </Actions>
    </form>
  )
}

/** 推荐他人: names somebody else to who asks; the broker goes on from there. */
export function NameForm({ ids, back, interestId, ...of }: Props & { interestId: string }) {
  const { invited: words } = of.view.words.engagement
  return (
    <form method="post" action={`${pairingPath(ids.demandId, ids.supplyId)}/interest/answer`} novalidate class="stack">
      <input type="hidden" name="id" value={interestId} />
      <Back back={back} />
      <ReferFields {...of} />
      <Button tone="plain" isLarge name="answer" value="referred">
        {words.referSubmit}
      </Button>
    </form>
  )
}

/** Says no, with a reason: to who asks, or (`interestId` null) to a pairing that nobody has asked about. */
export function DeclineForm({ ids, back, interestId, side, ...of }: Props & { interestId: string | null; side: Side }) {
  const { refusal: words } = of.view.words.engagement.pairing
  const path = `${pairingPath(ids.demandId, ids.supplyId)}/${interestId === null ? 'refusal' : 'interest/answer'}`
  return (
    <form method="post" action={path} novalidate class="stack">
      {interestId === null ? <Once view={of.view} /> : <input type="hidden" name="id" value={interestId} />}
      <Back back={back} />
      <DeclineFields {...of} side={side} />
      <Button tone="plain" isLarge={interestId !== null} name="answer" value="declined">
        {words.submit}
      </Button>
    </form>
  )
}
