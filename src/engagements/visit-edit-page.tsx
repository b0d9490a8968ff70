import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState } from '../platform/web/parts/fields.tsx'
import { Paragraphs } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { ContactResult } from './contact.ts'
import { fieldsOf, isSamePart, type Sheet, type SheetForm, type SheetPart, sheetParts } from './parts/sheet-form.ts'
import { SheetFields, sheetLabels } from './visit-form-page.tsx'

interface VisitEditPageProps {
  view: View
  sheet: Sheet
  /** The version that is corrected. */
  version: number
  form: FormState
}

/** A sheet that is there, to be put right. */
export function VisitEditPage({ view, sheet, version, form }: VisitEditPageProps) {
  const { edit: words } = view.words.visit
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <ErrorSummary view={view} form={form} labels={sheetLabels(view)} />
        <form method="post" action={`/visits/${sheet.id}/edit`} novalidate class="stack">
          <input type="hidden" name="version" value={String(version)} />
          <SheetFields view={view} form={form} />
          <Actions>
            <Button isLarge>{words.save}</Button>
            <ButtonLink tone="plain" isLarge href={`/visits/${sheet.id}`}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

/** A part that two people wrote differently. */
interface Conflict {
  part: SheetPart
  mine: SheetForm
  theirs: SheetForm
  /** What is chosen at first: theirs where I changed nothing. */
  pick: 'mine' | 'theirs'
}

/** `before` is what I began with; null where that is not known. */
export function conflictsOf(mine: SheetForm, theirs: SheetForm, before: SheetForm | null): Conflict[] {
  return sheetParts
    .filter((part) => !isSamePart(part, mine, theirs))
    .map((part) => ({ part, mine, theirs, pick: before !== null && isSamePart(part, mine, before) ? 'theirs' : 'mine' }))
}

const pickOf = (part: SheetPart) => `pick-${part}`

/** The form after its writer chose: of the parts for which he took the other version, what that says now. */
export function settled(mine: SheetForm, theirs: SheetForm, posted: Record<string, string>): SheetForm {
  const taken = sheetParts.filter((part) => posted[pickOf(part)] === 'theirs').flatMap(fieldsOf)
  return { ...mine, ...Object.fromEntries(taken.map((name) => [name, theirs[name]])) }
}

/** Both versions, part by part; whoever came later chooses, and nothing that he wrote is lost. */
export function VisitConflictPage({ view, sheet, mine, conflicts }: Pick<VisitEditPageProps, 'view' | 'sheet'> & Conflicting) {
  const { edit: words } = view.words.visit
  return (
    <Page view={view} title={words.conflict.title}>
      <div class="narrow">
        <h1>{words.conflict.title}</h1>
        <div class="summary" role="alert" tabindex={-1} autofocus>
          <p>{words.conflict.lead}</p>
        </div>
        <form method="post" action={`/visits/${sheet.id}/edit`} class="stack">
          <input type="hidden" name="version" value={String(sheet.version)} />
          {Object.entries(mine).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {conflicts.map((each) => (
            <Versions view={view} conflict={each} />
          ))}
          <Actions>
            <Button isLarge>{view.words.ownDemand.conflict.save}</Button>
            <ButtonLink tone="plain" isLarge href={`/visits/${sheet.id}`}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

interface Conflicting {
  mine: SheetForm
  conflicts: readonly Conflict[]
}

function Versions({ view, conflict: { part, mine, theirs, pick } }: { view: View; conflict: Conflict }) {
  const { conflict: words } = view.words.ownDemand
  const versions = { theirs, mine }
  return (
    <fieldset class="field versions">
      <legend>{sheetLabels(view)[part]}</legend>
      {(['theirs', 'mine'] as const).map((which) => {
        const text = textOf(view, part, versions[which])
        return (
          <label class="version">
            <span class="choice">
              <input type="radio" name={pickOf(part)} value={which} checked={which === pick} />
              <span>{words[which]}</span>
            </span>
            {text === '' ? <span class="quiet">{words.empty}</span> : <Paragraphs text={text} locale={view.locale} />}
          </label>
        )
      })}
    </fieldset>
  )
}

/** A part of the form, as people read it. */
function textOf({ words }: View, part: SheetPart, form: SheetForm): string {
  if (part === 'next') return [form.next, form.nextOn].filter((text) => text !== '').join(' · ')
  const result = part === 'result' ? ContactResult.safeParse(form.result).data : undefined
  return result === undefined ? form[part] : words.engagement.contact.results[result]
}
