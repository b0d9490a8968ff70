import { Button } from '../../platform/web/parts/buttons.tsx'
import { type FormState, TextArea, TextField } from '../../platform/web/parts/fields.tsx'
import { Once } from '../../platform/web/parts/once.tsx'
import type { View } from '../../platform/web/view.ts'
import { ContactChannel, ContactResult } from '../contact.ts'

/** Two taps on a phone: how and what came of it; everything else is optional. */
export function ContactForm({ view, form, subjectId, back }: { view: View; form: FormState; subjectId: string; back: string }) {
  const { contact: words } = view.words.engagement
  const field = { view, form }
  const isMore = ['withWhom', 'note', 'on', 'next', 'nextOn'].some((name) => name in form.messages || (form.values[name] ?? '') !== '')
  const channel = ContactChannel.safeParse(form.values.channel).data ?? 'phone'
  return (
    <form method="post" action="/contacts" novalidate class="stack">
      <Once view={view} />
      <input type="hidden" name="subjectId" value={subjectId} />
      <input type="hidden" name="back" value={back} />
      <fieldset class="field">
        <legend>{words.channel}</legend>
        <div class="choices">
          {ContactChannel.options.map((value) => (
            <label class="choice">
              <input type="radio" name="channel" value={value} checked={value === channel} />
              <span>{words.channels[value]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend>{words.result}</legend>
        <p class="actions">
          {ContactResult.options.map((value) => (
            <Button tone="plain" name="result" value={value}>
              {words.results[value]}
            </Button>
          ))}
        </p>
      </fieldset>
      <details class="more" open={isMore}>
        <summary>{words.more}</summary>
        <div class="stack">
          <TextField {...field} name="withWhom" {...words.withWhom} />
          <TextArea {...field} name="note" {...words.note} rows={3} />
          <TextField {...field} name="on" {...words.on} type="date" />
          <TextField {...field} name="next" {...words.next} />
          <TextField {...field} name="nextOn" {...words.nextOn} type="date" />
        </div>
      </details>
    </form>
  )
}

export const contactLabels = ({ words }: View) => {
  const { contact } = words.engagement
  return {
    withWhom: contact.withWhom.label,
    note: contact.note.label,
    on: contact.on.label,
    next: contact.next.label,
    nextOn: contact.nextOn.label,
  }
}
