import { codesOf, labelOf } from '../platform/codes/codes.ts'
import { Visibility } from '../platform/schema.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Choices, ErrorSummary, type FormState, Select, TextArea, TextField, Yes } from '../platform/web/parts/fields.tsx'
import { readinessName } from '../platform/web/parts/labels.ts'
import { Notice } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { modeOptions } from './form.ts'

/** Four fields first, the rest below; a refused form comes back as it was written. */
export function DemandFormPage({ view, form, regionCode }: { view: View; form: FormState; regionCode: string }) {
  const { demandForm } = view.words
  const labels = Object.fromEntries(Object.entries(demandForm.fields).map(([name, { label }]) => [name, label]))
  const of = (name: keyof typeof demandForm.fields) => ({ view, form, name, ...demandForm.fields[name] })
  const isBeyondFour = ['indicators', 'chain', 'region', 'readinessFrom', 'modes', 'visibility', 'teaser'].some(
    (name) => form.messages[name],
  )
  return (
    <Page view={view} title={demandForm.title} at="post">
      <div class="narrow">
        <h1>{demandForm.title}</h1>
        <p class="lead">{demandForm.lead}</p>
        <ErrorSummary view={view} form={form} labels={labels} />
        <form method="post" action="/demands/new" novalidate class="stack">
          <TextField {...of('title')} isRequired />
          <TextArea {...of('problem')} rows={7} />
          <TextField {...of('budget')} mode="decimal" />
          <TextField {...of('deadlineOn')} type="date" />
          <details class="more" open={isBeyondFour}>
            <summary>{demandForm.more}</summary>
            <div class="stack">
              <TextArea {...of('indicators')} rows={4} />
              <Select
                {...of('chain')}
                any={demandForm.any}
                options={codesOf('chain').map(({ code }) => ({ value: code, label: labelOf('chain', code, view.locale) }))}
              />
              <Select {...of('region')} any={demandForm.any} options={regionOptions(view, regionCode)} />
              <Select
                {...of('readinessFrom')}
                any={demandForm.any}
                options={codesOf('trl').map(({ code }) => ({ value: code, label: readinessName(Number(code), view) }))}
              />
              <Choices {...of('modes')} options={modeOptions.map((mode) => ({ value: mode, label: labelOf('mode', mode, view.locale) }))} />
              <Select
                {...of('visibility')}
                options={Visibility.options.map((value) => ({ value, label: view.words.visibilities[value] }))}
              />
              <TextField {...of('teaser')} />
              <Yes {...of('isAnonymous')} />
            </div>
          </details>
          <Button isLarge>{demandForm.submit}</Button>
        </form>
      </div>
    </Page>
  )
}

/** Said to those who may not draft here: how to come by the means. */
export function NoFormPage({ view }: { view: View }) {
  const { demandForm } = view.words
  return (
    <Page view={view} title={demandForm.title} at="post">
      <div class="narrow">
        <h1>{demandForm.title}</h1>
        <Notice>
          <h2>{demandForm.noToken}</h2>
          <p>{demandForm.noTokenAdvice}</p>
        </Notice>
        <Actions>
          <ButtonLink tone="plain" href="/docs">
            {demandForm.toDocs}
          </ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}

/** The market's own city and its counties. */
function regionOptions({ locale }: View, regionCode: string) {
  return codesOf('region')
    .filter(({ code, parent }) => code === regionCode || parent === regionCode)
    .map(({ code }) => ({ value: code, label: labelOf('region', code, locale) }))
}
