import { labelOf } from '../platform/codes/codes.ts'
import { Mode, TitleLevel } from '../platform/codes/enums.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { nameIn } from '../platform/web/parts/labels.ts'
import { Paragraphs } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Expert } from './expert.ts'
import { affiliationsIn, fieldsOf, isSame, type ProfileForm, type ProfilePart, profileParts } from './parts/profile-form.ts'
import { profilePath } from './profile-page.tsx'

/** A part that two people wrote differently. */
interface Conflict {
  part: ProfilePart
  mine: ProfileForm
  theirs: ProfileForm
  /** What is chosen at first: theirs where I changed nothing. */
  pick: 'mine' | 'theirs'
}

/** `before` is what I began with; null where that is not known. */
export function conflictsOf(mine: ProfileForm, theirs: ProfileForm, before: ProfileForm | null): Conflict[] {
  return profileParts
    .filter((part) => !isSame(part, mine, theirs))
    .map((part) => ({ part, mine, theirs, pick: before !== null && isSame(part, mine, before) ? 'theirs' : 'mine' }))
}

const pickOf = (part: ProfilePart) => `pick-${part}`

/** The form after its writer chose: of the parts for which he took the other version, what that says now. */
export function settled(mine: ProfileForm, theirs: ProfileForm, posted: Record<string, unknown>): ProfileForm {
  const taken = profileParts.filter((part) => posted[pickOf(part)] === 'theirs')
  const values = Object.fromEntries(taken.flatMap(fieldsOf).map((name) => [name, theirs.values[name] ?? '']))
  return { values: { ...mine.values, ...values }, modes: taken.includes('modes') ? theirs.modes : mine.modes }
}

interface ConflictPageProps {
  view: View
  expert: Expert
  mine: ProfileForm
  conflicts: readonly Conflict[]
}

/** Both versions, part by part; whoever came later chooses, and nothing that he wrote is lost. */
export function ProfileConflictPage({ view, expert, mine, conflicts }: ConflictPageProps) {
  const { conflict: words } = view.words.profile
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <div class="summary" role="alert" tabindex={-1} autofocus>
          <p>{conflicts.length === 0 ? words.same : words.lead}</p>
        </div>
        <form method="post" action={profilePath(expert.id)} class="stack">
          <input type="hidden" name="version" value={String(expert.version)} />
          {Object.entries(mine.values).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {mine.modes.map((mode) => (
            <input type="hidden" name="modes" value={mode} />
          ))}
          {conflicts.map((each) => (
            <Versions view={view} conflict={each} />
          ))}
          <Actions>
            {conflicts.length > 0 && <Button isLarge>{view.words.ownDemand.conflict.save}</Button>}
            <ButtonLink tone="plain" isLarge href={`/experts/${expert.id}`}>
              {view.words.profile.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

function Versions({ view, conflict: { part, mine, theirs, pick } }: { view: View; conflict: Conflict }) {
  const { conflict: words } = view.words.ownDemand
  const versions = { theirs, mine }
  return (
    <fieldset class="field versions">
      <legend>{view.words.profile.fields[part].label}</legend>
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
function textOf(view: View, part: ProfilePart, form: ProfileForm): string {
  const { words, locale } = view
  const value = form.values[part] ?? ''
  switch (part) {
    case 'affiliations':
      return affiliationsIn(form)
        .map((row) => words.units.list(Object.values(row).filter((text) => text !== '')))
        .join('\n')
    case 'modes':
      return words.units.list(form.modes.map((mode) => (Mode.safeParse(mode).success ? labelOf('mode', mode, locale) : mode)))
    case 'titleLevel':
      return TitleLevel.safeParse(value).success ? labelOf('title-level', value, locale) : value
    case 'region':
      return value === '' ? '' : nameIn(['region'], value, view)
    case 'hostConsent':
      return value === 'yes' || value === 'no' ? words.profile.hostConsents[value] : value
    default:
      return value
  }
}
