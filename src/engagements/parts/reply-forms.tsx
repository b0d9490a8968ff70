import { Button } from '../../platform/web/parts/buttons.tsx'
import { type FormState, TextField } from '../../platform/web/parts/fields.tsx'
import type { View } from '../../platform/web/view.ts'
import { DeclineFields, declineFields, declineIn } from './decline.tsx'

interface Props {
  view: View
  form: FormState
  /** Where it is sent; without it, to the address of the page. */
  action?: string
  /** Which of several forms on a page its fields belong to. */
  within?: string
}

/** 可以聊, or 先电话 30 分钟. */
export function TalkForm({ action, ...of }: Props) {
  const { invited: words } = of.view.words.engagement
  return (
    <form method="post" action={action} novalidate class="stack">
      <TextField {...of} name="name" {...words.name} autocomplete="name" isRequired />
      <TextField {...of} name="phone" {...words.phone} type="tel" autocomplete="tel" isRequired />
      <p class="actions">
        <Button isLarge name="answer" value="talk">
          {words.talk}
        </Button>
        <Button isLarge tone="plain" name="answer" value="call">
          {words.call}
        </Button>
      </p>
    </form>
  )
}

/** 推荐他人: whom one knows instead. */
export function ReferForm({ action, ...of }: Props) {
  const { invited: words } = of.view.words.engagement
  return (
    <form method="post" action={action} novalidate class="stack">
      <TextField {...of} name="referrer" {...words.name} autocomplete="name" isRequired />
      <ReferFields {...of} />
      <Button isLarge tone="plain" name="answer" value="refer">
        {words.referSubmit}
      </Button>
    </form>
  )
}

/** Who it is, and why he. */
export function ReferFields(of: Omit<Props, 'action'>) {
  const { invited: words } = of.view.words.engagement
  return (
    <>
      <TextField {...of} name="referred" {...words.referred} isRequired />
      <TextField {...of} name="institution" {...words.institution} />
      <TextField {...of} name="referNote" {...words.referNote} />
      <p class="hint">{words.referPrivacy}</p>
    </>
  )
}

/** 不合适, with a reason. */
export function NotForMeForm({ action, ...of }: Props) {
  return (
    <form method="post" action={action} novalidate class="stack">
      <DeclineFields {...of} side="supply" />
      <Button isLarge tone="plain" name="answer" value="decline">
        {of.view.words.engagement.invited.noSubmit}
      </Button>
    </form>
  )
}

/** What comes back where something is wrong. */
export const replyFields = ['name', 'phone', 'referrer', 'referred', 'institution', 'referNote', ...declineFields]

/** What the forms say, as the actions take it. */
export function replyIn(fields: Record<string, string>): object {
  const written = (value: string | undefined) => (value?.trim() ? value : null)
  switch (fields.answer) {
    case 'refer':
      return {
        answer: 'refer',
        name: fields.referrer,
        referred: fields.referred,
        institution: written(fields.institution),
        note: written(fields.referNote),
      }
    case 'decline':
      return { answer: 'decline', ...declineIn(fields) }
    default:
      return { answer: fields.answer, name: fields.name, phone: fields.phone }
  }
}

/** Messages at the names that the form in question has. */
export function namedReply(form: FormState, answer: string | undefined): FormState {
  const names: Record<string, string> =
    answer === 'refer' ? { name: 'referrer', note: 'referNote' } : answer === 'decline' ? { note: 'why' } : {}
  return { ...form, messages: Object.fromEntries(Object.entries(form.messages).map(([name, message]) => [names[name] ?? name, message])) }
}
