import { codesOf, labelOf } from '../platform/codes/codes.ts'
import { Visibility } from '../platform/schema.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Choices, ErrorSummary, type FormState, Select, TextArea, TextField, Yes } from '../platform/web/parts/fields.tsx'
import { readinessName } from '../platform/web/parts/labels.ts'
import { Once } from '../platform/web/parts/once.tsx'
import { Notice, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { Autosaved, Resumed } from '../unfinished/parts/autosaved.tsx'
import type { Draft } from '../unfinished/parts/written.ts'
import { type FormField, formFields, modeOptions } from './form.ts'
import { OutlookBelow } from './outlook-list.tsx'

interface DemandFormPageProps {
  view: View
  form: FormState
  regionCode: string
  /** The demand that is edited, with the version that its editor saw; null for a new one. */
  editing: { id: string; title: string; version: number } | null
  /** The enterprise for which somebody else enters it. */
  enterprise: { id: string; name: string } | null
  /** Fields that are not this writer's: words of the owner's, and what he may not read. */
  left: readonly FormField[]
  draft: Draft
  /** Whom it is written to ask, where it comes from a result or an expert. */
  about?: string | null
}

/** Four fields first, the rest below; a refused form comes back as it was written. */
export function DemandFormPage({ view, form, regionCode, editing, enterprise, left, draft, about = null }: DemandFormPageProps) {
  const { demandForm, ownDemand } = view.words
  const labels = Object.fromEntries(Object.entries(demandForm.fields).map(([name, { label }]) => [name, label]))
  const of = (name: keyof typeof demandForm.fields) => ({ view, form, name, ...demandForm.fields[name] })
  const isBeyondFour = editing !== null || formFields.some((name) => !firstFour.includes(name) && form.messages[name])
  const title = editing === null ? demandForm.title : ownDemand.edit
  const path = editing === null ? '/demands/new' : `/demands/${editing.id}/edit`
  return (
    <Page view={view} title={title} {...(editing === null && { at: 'post' as const })}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{editing === null ? demandForm.lead : <Written text={editing.title} locale={view.locale} />}</p>
        {enterprise !== null && (
          <p>
            <Written text={ownDemand.enteringFor(enterprise.name)} locale={view.locale} />
          </p>
        )}
        {about !== null && <Notice>{view.words.engagement.asking.about}</Notice>}
        <Resumed view={view} draft={draft} />
        <ErrorSummary view={view} form={form} labels={labels} />
        {editing !== null && left.includes('title') && (
          <Notice>
            <p>
              {ownDemand.proposal.notYours} <a href={`/demands/${editing.id}/proposal`}>{ownDemand.proposal.propose}</a>
            </p>
          </Notice>
        )}
        <form method="post" action={path} novalidate class="stack">
          {editing !== null && <input type="hidden" name="version" value={String(editing.version)} />}
          {editing === null && <Once view={view} />}
          {about !== null && <input type="hidden" name="about" value={about} />}
          {editing === null && enterprise !== null && <input type="hidden" name="enterpriseId" value={enterprise.id} />}
          {!left.includes('title') && <TextField {...of('title')} isRequired />}
          {!left.includes('problem') && <TextArea {...of('problem')} rows={7} />}
          <TextField {...of('budget')} mode="decimal" />
          <TextField {...of('deadlineOn')} type="date" />
          <details class="more" open={isBeyondFour}>
            <summary>{demandForm.more}</summary>
            <div class="stack">
              {!left.includes('indicators') && (
                <>
                  <TextArea {...of('indicators')} rows={4} />
                  <TextArea {...of('currentState')} rows={3} />
                  <TextArea {...of('tried')} rows={3} />
                  <TextArea {...of('ownConditions')} rows={3} />
                </>
              )}
              <Select
                {...of('chain')}
                any={demandForm.any}
                options={codesOf('chain').map(({ code }) => ({ value: code, label: labelOf('chain', code, view.locale) }))}
              />
              <Select {...of('region')} any={demandForm.any} options={regionOptions(view, regionCode, form.values.region ?? '')} />
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
              {!left.includes('teaser') && <TextField {...of('teaser')} />}
              <Yes {...of('isAnonymous')} />
              {!left.includes('confidential') && <TextArea {...of('confidential')} rows={4} />}
              <TextField {...of('expiresOn')} type="date" />
              {!left.includes('businessName') && contactFields.map(([name, type]) => <TextField {...of(name)} type={type} />)}
            </div>
          </details>
          <Autosaved view={view} draft={draft} />
          <Actions>
            <Button isLarge>{editing === null ? demandForm.submit : ownDemand.save}</Button>
            {editing !== null && (
              <ButtonLink tone="plain" isLarge href={`/demands/${editing.id}`}>
                {ownDemand.leave}
              </ButtonLink>
            )}
          </Actions>
          {editing === null && <OutlookBelow />}
        </form>
      </div>
    </Page>
  )
}

const firstFour: readonly FormField[] = ['title', 'problem', 'budget', 'deadlineOn']
const contactFields = [
  ['businessName', 'text'],
  ['businessPhone', 'tel'],
  ['businessEmail', 'email'],
  ['technicalName', 'text'],
  ['technicalPhone', 'tel'],
  ['technicalEmail', 'email'],
] as const

/** Said to those who may not draft here: how to come by the means. */
export function NoFormPage({ view }: { view: View }) {
  const { demandForm, organisation } = view.words
  const { enrolment } = organisation
  return (
    <Page view={view} title={demandForm.title} at="post">
      <div class="narrow">
        <h1>{demandForm.title}</h1>
        <Notice>
          <h2>{demandForm.noToken}</h2>
          <p>{enrolment.begin}</p>
          <Actions>
            <ButtonLink href={`/account/enrolment?${new URLSearchParams({ as: 'enterprise', back: view.path })}`}>
              {view.session === null ? enrolment.signIn : enrolment.enter}
            </ButtonLink>
          </Actions>
        </Notice>
      </div>
    </Page>
  )
}

/** The market's own city and its counties, and where the demand lies if that is elsewhere. */
export function regionOptions({ locale }: View, regionCode: string, chosen: string) {
  return codesOf('region')
    .filter(({ code, parent }) => code === regionCode || parent === regionCode || code === chosen)
    .map(({ code }) => ({ value: code, label: labelOf('region', code, locale) }))
}
