import { labelOf } from '../platform/codes/codes.ts'
import { Mode } from '../platform/codes/enums.ts'
import { Visibility } from '../platform/schema.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { nameIn, readinessName } from '../platform/web/parts/labels.ts'
import { Paragraphs } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { formField } from '../unfinished/parts/autosaved.tsx'
import type { DemandView } from './demand.ts'
import { type DemandForm, type FormField, formFields, isSame } from './form.ts'

/** A field that two people wrote differently. */
interface Conflict {
  field: FormField
  mine: DemandForm
  theirs: DemandForm
  /** What is chosen at first: theirs where I changed nothing. */
  pick: 'mine' | 'theirs'
}

export function conflictsOf({
  mine,
  theirs,
  before,
  left,
}: {
  mine: DemandForm
  theirs: DemandForm
  /** What I began with; null where that is not known. */
  before: DemandForm | null
  left: readonly FormField[]
}): Conflict[] {
  return formFields
    .filter((field) => !left.includes(field) && !isSame(field, mine, theirs))
    .map((field) => ({ field, mine, theirs, pick: before !== null && isSame(field, mine, before) ? 'theirs' : 'mine' }))
}

const pickOf = (field: FormField) => `pick-${field}`

/** The form after its writer chose: of the fields for which he took the other version, what that says now. */
export function settled(mine: DemandForm, theirs: DemandForm, posted: Record<string, unknown>): DemandForm {
  const taken = formFields.filter((field) => posted[pickOf(field)] === 'theirs').map((field) => [field, theirs[field]])
  return { ...mine, ...Object.fromEntries(taken) }
}

/** Both versions, field by field; whoever came later chooses, and nothing that he wrote is lost. */
export function ConflictPage({
  view,
  demand,
  mine,
  conflicts,
}: {
  view: View
  demand: DemandView
  mine: DemandForm
  conflicts: readonly Conflict[]
}) {
  const { conflict: words, leave } = view.words.ownDemand
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <div class="summary" role="alert" tabindex={-1} autofocus>
          <p>{conflicts.length === 0 ? words.same : words.lead}</p>
        </div>
        <form method="post" action={`/demands/${demand.id}/edit`} class="stack">
          <input type="hidden" name="version" value={String(demand.version)} />
          {/* What was kept while it was written goes with it. */}
          <input type="hidden" name={formField} value={`/demands/${demand.id}/edit`} />
          {formFields.flatMap((field) => [mine[field]].flat().map((value) => <input type="hidden" name={field} value={value} />))}
          {conflicts.map((each) => (
            <Versions view={view} conflict={each} />
          ))}
          <Actions>
            {conflicts.length > 0 && <Button isLarge>{words.save}</Button>}
            <ButtonLink tone="plain" isLarge href={`/demands/${demand.id}`}>
              {leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

function Versions({ view, conflict: { field, mine, theirs, pick } }: { view: View; conflict: Conflict }) {
  const { conflict: words } = view.words.ownDemand
  const versions = { theirs, mine }
  return (
    <fieldset class="field versions">
      <legend>{view.words.demandForm.fields[field].label}</legend>
      {(['theirs', 'mine'] as const).map((which) => (
        <label class="version">
          <span class="choice">
            <input type="radio" name={pickOf(field)} value={which} checked={which === pick} />
            <span>{words[which]}</span>
          </span>
          <Shown view={view} field={field} form={versions[which]} />
        </label>
      ))}
    </fieldset>
  )
}

/** A value of the form, as people read it. */
function Shown({ view, field, form }: { view: View; field: FormField; form: DemandForm }) {
  const { conflict: words } = view.words.ownDemand
  const text = textOf(view, field, form)
  return text === '' ? <span class="quiet">{words.empty}</span> : <Paragraphs text={text} locale={view.locale} />
}

function textOf(view: View, field: FormField, form: DemandForm): string {
  const { words, locale } = view
  const value = form[field]
  if (field === 'isAnonymous') return words.ownDemand.conflict[value === 'yes' ? 'yes' : 'no']
  if (typeof value !== 'string')
    return words.units.list(value.map((mode) => (Mode.safeParse(mode).success ? labelOf('mode', mode, locale) : mode)))
  if (value === '') return ''
  if (field === 'visibility') {
    const visibility = Visibility.safeParse(value)
    return visibility.success ? words.visibilities[visibility.data] : value
  }
  if (field === 'chain' || field === 'region') return nameIn([field], value, view)
  if (field === 'readinessFrom') return /^[1-9]$/.test(value) ? readinessName(Number(value), view) : value
  return value
}
