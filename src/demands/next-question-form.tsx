import { codesOf, labelOf } from '../platform/codes/codes.ts'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Choices, type FormState, Select, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Section } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import type { DemandView } from './demand.ts'
import { type FormField, formOf, modeOptions, stateOf } from './form.ts'
import { regionOptions } from './form-page.tsx'
import { nextField, wantedFields } from './parts/next-question.ts'

interface Props {
  view: View
  demand: DemandView
  regionCode: string
  /** Put off by the reader: they stand in the address. */
  skipped: readonly string[]
}

/** One thing at a time: what helps most next, why, and room to answer. Nothing once all is answered or put off. */
export function NextQuestion({ view, demand, regionCode, skipped }: Props) {
  const { next: words } = view.words.ownDemand
  const field = nextField(demand, skipped)
  if (field === undefined) return null
  const wanted = wantedFields(demand)
  const answered = wanted.filter(({ isAnswered }) => isAnswered).length
  const form = stateOf(formOf(demand))
  return (
    <Section id="next" title={words.title}>
      <p>
        <meter min={0} max={wanted.length} value={answered} aria-label={words.progress(answered, wanted.length)} />{' '}
        <span class="quiet">{words.progress(answered, wanted.length)}</span>
      </p>
      <p>{words.why[field]}</p>
      <form method="post" action={`/demands/${demand.id}/edit`} novalidate class="stack">
        <input type="hidden" name="version" value={String(demand.version)} />
        <input type="hidden" name="only" value={field} />
        <Answer view={view} form={form} field={field} regionCode={regionCode} />
        <Actions>
          <Button>{words.save}</Button>
          <ButtonLink tone="plain" href={`${withQuery(`/demands/${demand.id}`, { skip: [...skipped, field] })}#next`}>
            {words.skip}
          </ButtonLink>
        </Actions>
      </form>
    </Section>
  )
}

/** The control of the one field, as the whole form has it. */
function Answer({ view, form, field, regionCode }: { view: View; form: FormState; field: FormField; regionCode: string }) {
  const { demandForm } = view.words
  const of = { view, form, name: field, ...demandForm.fields[field] }
  switch (field) {
    case 'problem':
    case 'indicators':
    case 'currentState':
      return <TextArea {...of} rows={4} />
    case 'chain':
      return (
        <Select
          {...of}
          any={demandForm.any}
          options={codesOf('chain').map(({ code }) => ({ value: code, label: labelOf('chain', code, view.locale) }))}
        />
      )
    case 'region':
      return <Select {...of} any={demandForm.any} options={regionOptions(view, regionCode, '')} />
    case 'modes':
      return <Choices {...of} options={modeOptions.map((mode) => ({ value: mode, label: labelOf('mode', mode, view.locale) }))} />
    case 'budget':
      return <TextField {...of} mode="decimal" />
    case 'deadlineOn':
      return <TextField {...of} type="date" />
    default:
      return <TextField {...of} />
  }
}
