import { Routing } from '../demands/demand.ts'
import { VettingCheck } from '../demands/vetting.ts'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { type FormState, Select, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Case, CaseKind } from './actions.ts'
import { casePath } from './case-path.ts'

interface DecisionFormProps {
  view: View
  opened: Case
  form: FormState
  kind: CaseKind | null
}

/** The three checks, and what follows from them. */
export function DecisionForm({ view, opened, form, kind }: DecisionFormProps) {
  const { vetting: words, demand } = view.words
  const routes = Routing.shape.to.options.map((value) => ({ value, label: demand.routes[value] }))
  return (
    <Section title={words.decide}>
      <form method="post" action={casePath(opened.id, kind)} novalidate class="stack decision">
        <input type="hidden" name="version" value={String(opened.version)} />
        {VettingCheck.options.map((check) => (
          <CheckFields view={view} form={form} check={check} />
        ))}
        <Actions>
          <Button isLarge name="verdict" value="grant">
            {words.grant}
          </Button>
        </Actions>
        <TextArea {...{ view, form, name: 'reason', ...words.reason }} rows={3} />
        {opened.kind === 'demand' && <Select {...{ view, form, name: 'to', label: words.to.label }} any={words.to.any} options={routes} />}
        <Actions>
          <Button tone="plain" isLarge name="verdict" value="return">
            {words.return}
          </Button>
          {opened.kind === 'demand' && (
            <Button tone="plain" isLarge name="verdict" value="route">
              {words.route}
            </Button>
          )}
        </Actions>
      </form>
    </Section>
  )
}

function CheckFields({ view, form, check }: { view: View; form: FormState; check: VettingCheck }) {
  const { vetting: words } = view.words
  const name = `result-${check}`
  const message = form.messages[name]
  return (
    <fieldset class={message ? 'field wrong' : 'field'} id={name} aria-describedby={message ? `${name}-error` : undefined}>
      <legend>{words.checks[check].title}</legend>
      <p class="hint">{words.checks[check].lead}</p>
      {message && (
        <p class="message" id={`${name}-error`}>
          {message}
        </p>
      )}
      <div class="choices">
        {(['passed', 'failed'] as const).map((result) => (
          <label class="choice">
            <input type="radio" name={name} value={result} checked={form.values[name] === result} />
            <span>{words.results[result]}</span>
          </label>
        ))}
      </div>
      <TextField {...{ view, form, name: `reason-${check}`, ...words.checkReason }} />
    </fieldset>
  )
}
