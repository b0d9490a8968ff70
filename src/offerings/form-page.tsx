import { codesOf, labelOf } from '../platform/codes/codes.ts'
import { EvidenceLevel, Mode } from '../platform/codes/enums.ts'
import { Visibility } from '../platform/schema.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Choices, ErrorSummary, type FormState, Select, TextArea, TextField, Yes } from '../platform/web/parts/fields.tsx'
import { readinessName } from '../platform/web/parts/labels.ts'
import { Once } from '../platform/web/parts/once.tsx'
import { Notice, Rows, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { Autosaved, Resumed } from '../unfinished/parts/autosaved.tsx'
import type { Draft } from '../unfinished/parts/written.ts'
import type { OfferingField } from './form.ts'

type Editing = NonNullable<OfferingFormPageProps['editing']>
interface OfferingFormPageProps {
  view: View
  form: FormState
  regionCode: string
  draft: Draft
  /** Of one that exists: which, in the version that was seen; and what it says now where somebody else was faster. */
  editing?: { id: string; version: number; now: readonly OfferingField[]; current: FormState } | undefined
}

/** What decides a match first, the rest below; a refused form comes back as it was written. */
export function OfferingFormPage({ view, form, regionCode, draft, editing }: OfferingFormPageProps) {
  const { offeringForm: words, evidenceLevels, demandForm } = view.words
  const title = editing === undefined ? words.title : words.edit
  const labels = Object.fromEntries(Object.entries(words.fields).map(([name, { label }]) => [name, label]))
  const of = (name: OfferingField) => ({ view, form, name, ...words.fields[name] })
  return (
    <Page view={view} title={title} at="offerings">
      <div class="narrow">
        <h1>{title}</h1>
        {editing === undefined && <p class="lead">{words.lead}</p>}
        {editing !== undefined && editing.now.length > 0 && <Changed view={view} labels={labels} editing={editing} />}
        <Resumed view={view} draft={draft} />
        <ErrorSummary view={view} form={form} labels={labels} />
        <form method="post" action={editing === undefined ? '/offerings/new' : `/offerings/${editing.id}/edit`} novalidate class="stack">
          {editing === undefined ? <Once view={view} /> : <input type="hidden" name="version" value={String(editing.version)} />}
          <TextField {...of('title')} isRequired />
          <TextArea {...of('problemSolved')} rows={5} />
          <TextField {...of('advantageName')} />
          <TextField {...of('advantageOurs')} />
          <TextField {...of('advantageIncumbent')} />
          <Select {...of('advantageLevel')} options={EvidenceLevel.options.map((value) => ({ value, label: evidenceLevels[value] }))} />
          <details class="more" open={Object.keys(form.messages).some((name) => !first.includes(name))}>
            <summary>{words.more}</summary>
            <div class="stack">
              <TextField {...of('teaser')} />
              <TextArea {...of('abstract')} rows={7} />
              <TextField {...of('keywords')} />
              <Select
                {...of('chain')}
                any={demandForm.any}
                options={codesOf('chain').map(({ code }) => ({ value: code, label: labelOf('chain', code, view.locale) }))}
              />
              <Select
                {...of('region')}
                any={demandForm.any}
                options={codesOf('region')
                  .filter(({ code, parent }) => code === regionCode || parent === regionCode || code === form.values.region)
                  .map(({ code }) => ({ value: code, label: labelOf('region', code, view.locale) }))}
              />
              <Select
                {...of('readiness')}
                any={demandForm.any}
                options={codesOf('trl').map(({ code }) => ({ value: code, label: readinessName(Number(code), view) }))}
              />
              <Choices
                {...of('modes')}
                options={Mode.options.map((mode) => ({ value: mode, label: labelOf('mode', mode, view.locale) }))}
              />
              <TextField {...of('priceFrom')} mode="decimal" />
              <TextField {...of('priceTo')} mode="decimal" />
              <Yes {...of('isNegotiable')} />
              <Select
                {...of('visibility')}
                options={Visibility.options.map((value) => ({ value, label: view.words.visibilities[value] }))}
              />
              <Yes {...of('isSecrecyReviewed')} />
              <TextField {...of('expiresOn')} type="date" />
            </div>
          </details>
          <Autosaved view={view} draft={draft} />
          <Actions>
            <Button isLarge>{editing === undefined ? words.submit : words.save}</Button>
            {editing !== undefined && (
              <ButtonLink tone="plain" isLarge href={`/offerings/${editing.id}`}>
                {view.words.ownDemand.leave}
              </ButtonLink>
            )}
          </Actions>
        </form>
      </div>
    </Page>
  )
}

/** Somebody else was faster: what it says now stands here, what was written stands in the form, and saving puts that in its place. */
function Changed({ view, labels, editing: { now, current } }: { view: View; labels: Record<string, string>; editing: Editing }) {
  const { offeringForm: words } = view.words
  const said = (field: OfferingField) => [current.values[field] ?? current.chosen[field] ?? ''].flat().join('、')
  return (
    <Notice tone="warn">
      <h2>{words.changed}</h2>
      <p>{words.changedLead}</p>
      <Rows rows={now.map((field) => [labels[field] ?? field, <Written text={said(field) || words.empty} locale={view.locale} />])} />
    </Notice>
  )
}

const first: readonly string[] = ['title', 'problemSolved', 'advantageName', 'advantageOurs', 'advantageIncumbent', 'advantageLevel']
