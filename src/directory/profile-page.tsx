import { codesOf, labelOf } from '../platform/codes/codes.ts'
import { Mode, TitleLevel } from '../platform/codes/enums.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Choices, ErrorSummary, type FormState, Select, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Expert } from './expert.ts'
import {
  type AffiliationField,
  affiliationFields,
  affiliationsAtMost,
  fieldAt,
  type ProfilePart,
  profileParts,
  tieParts,
} from './parts/profile-form.ts'

interface ProfilePageProps {
  view: View
  form: FormState
  expert: Expert
  /** The version that its writer saw. */
  version: number
  /** Whether it is the reader himself. */
  isOwn: boolean
  regionCode: string
  /** Names of the directory, to choose from. */
  institutions: readonly string[]
}

export const profilePath = (id: string) => `/experts/${id}/edit`

/** What somebody says of himself, and who sees it; a refused form comes back as it was written. */
export function ProfilePage(props: ProfilePageProps) {
  const { view, form, expert, version, isOwn } = props
  const { profile: words } = view.words
  const title = isOwn ? words.title : words.titleOf
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{isOwn ? words.lead : <Written text={expert.name} locale={view.locale} />}</p>
        {expert.confirmedAt !== null && (
          <p class="quiet">{view.words.directory.expert.confirmed(view.words.units.day(view.dayOf(expert.confirmedAt)))}</p>
        )}
        <ErrorSummary view={view} form={form} labels={labelsOf(view)} />
        <form method="post" action={profilePath(expert.id)} novalidate class="stack">
          <input type="hidden" name="version" value={String(version)} />
          <Who {...props} />
          <What {...props} />
          <Terms {...props} />
          <Ties {...props} />
          <Actions>
            <Button isLarge>{isOwn ? words.saveOwn : words.save}</Button>
            <ButtonLink tone="plain" isLarge href={`/experts/${expert.id}`}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
        <Seen {...props} />
      </div>
    </Page>
  )
}

/** How each field is called where its message stands at the top. */
function labelsOf({ words: { profile } }: View): Record<string, string> {
  const { fields, affiliation } = profile
  const own = profileParts.map((part) => [part, fields[part].label])
  const rows = Array.from({ length: affiliationsAtMost }, (_, at) =>
    affiliationFields.map((field) => [fieldAt(field, at), affiliation[field](at + 1)]),
  )
  return Object.fromEntries([...own, ...rows.flat()])
}

const of = ({ view, form }: Pick<ProfilePageProps, 'view' | 'form'>, name: ProfilePart) => ({
  view,
  form,
  name,
  ...view.words.profile.fields[name],
})

function Who(props: ProfilePageProps) {
  const { view, form } = props
  const { parts, anotherAffiliation, unsaid } = view.words.profile
  const filled = Array.from({ length: affiliationsAtMost }, (_, at) => at).filter((at) =>
    affiliationFields.some((field) => form.values[fieldAt(field, at)] !== ''),
  )
  const last = filled.at(-1) ?? 0
  return (
    <Section title={parts.who}>
      <div class="stack">
        <TextField {...of(props, 'name')} autocomplete="name" isRequired />
        <TextField {...of(props, 'title')} />
        <Select
          {...of(props, 'titleLevel')}
          any={unsaid}
          options={TitleLevel.options.map((value) => ({ value, label: labelOf('title-level', value, view.locale) }))}
        />
        {Array.from({ length: last + 1 }, (_, at) => (
          <Affiliation {...props} at={at} />
        ))}
        {filled.length > 0 && last + 1 < affiliationsAtMost && (
          <details class="more">
            <summary>{anotherAffiliation}</summary>
            <div class="stack">
              <Affiliation {...props} at={last + 1} />
            </div>
          </details>
        )}
        <Select {...of(props, 'region')} any={unsaid} options={regionsFor(props)} />
      </div>
    </Section>
  )
}

function Affiliation({ view, form, institutions, at }: ProfilePageProps & { at: number }) {
  const { affiliation, fields } = view.words.profile
  const field = (name: AffiliationField) => ({ view, form, name: fieldAt(name, at), label: affiliation[name](at + 1) })
  return (
    <>
      <TextField {...field('institution')} {...(at === 0 && { hint: fields.affiliations.hint })} among={institutions} />
      <TextField {...field('department')} />
      <TextField {...field('post')} />
    </>
  )
}

/** The market's own city and its counties, and where he is if that is elsewhere. */
function regionsFor({ view, form, regionCode }: ProfilePageProps) {
  return codesOf('region')
    .filter(({ code, parent }) => code === regionCode || parent === regionCode || code === form.values.region)
    .map(({ code }) => ({ value: code, label: labelOf('region', code, view.locale) }))
}

function What(props: ProfilePageProps) {
  const { locale, words } = props.view
  return (
    <Section title={words.profile.parts.what}>
      <div class="stack">
        <TextField {...of(props, 'field')} />
        <TextArea {...of(props, 'summary')} rows={5} />
        <TextArea {...of(props, 'methods')} rows={3} />
        <TextArea {...of(props, 'materials')} rows={3} />
        <TextArea {...of(props, 'instruments')} rows={3} />
        <TextArea {...of(props, 'keywords')} rows={3} />
        <Choices {...of(props, 'modes')} options={Mode.options.map((value) => ({ value, label: labelOf('mode', value, locale) }))} />
      </div>
    </Section>
  )
}

function Terms(props: ProfilePageProps) {
  const { profile } = props.view.words
  return (
    <Section title={profile.parts.terms}>
      <div class="stack">
        <TextField {...of(props, 'minFee')} mode="decimal" />
        <TextField {...of(props, 'maxParallel')} mode="numeric" />
        <TextField {...of(props, 'daysPerYear')} mode="numeric" />
        <TextField {...of(props, 'freeFrom')} type="date" />
        <TextField {...of(props, 'travelRadiusKm')} mode="numeric" />
        <Select
          {...of(props, 'hostConsent')}
          any={profile.unsaid}
          options={(['yes', 'no'] as const).map((value) => ({ value, label: profile.hostConsents[value] }))}
        />
        <TextArea {...of(props, 'mutedTopics')} rows={3} />
      </div>
    </Section>
  )
}

/** Ties to enterprises, by kind: whoever has none leaves them folded. */
function Ties(props: ProfilePageProps) {
  const { form, view } = props
  const { parts, tiesLead } = view.words.profile
  const isStated = Object.values(tieParts).some((part) => form.values[part] !== '' || form.messages[part] !== undefined)
  return (
    <Section title={parts.ties}>
      <p class="quiet">{tiesLead}</p>
      <details class="more" open={isStated}>
        <summary>{view.words.profile.declare}</summary>
        <div class="stack">
          {Object.values(tieParts).map((part) => (
            <TextArea {...of(props, part)} rows={2} />
          ))}
        </div>
      </details>
    </Section>
  )
}

/** Who sees him, as he has chosen; chosen where the consents are. */
function Seen({ view, expert, isOwn }: ProfilePageProps) {
  const { profile: words, privacy } = view.words
  const { shown } = privacy.data
  const consent = expert.consent === null ? 'null' : expert.consent ? 'yes' : 'no'
  return (
    <Section title={words.parts.seen} id="seen">
      <Rows
        rows={[
          [shown.visibility.label, shown.visibilities[expert.visibility]],
          [shown.name.label, shown.visibilities[expert.shown.name]],
          [shown.works.label, shown.visibilities[expert.shown.works]],
          [shown.contact.label, shown.contacts[expert.shown.contact]],
          [words.proposed, words.proposals[consent]],
        ]}
      />
      {isOwn ? (
        <Actions>
          <ButtonLink tone="plain" href="/account/data">
            {words.toSeen}
          </ButtonLink>
        </Actions>
      ) : (
        <Notice>{words.onlyHe}</Notice>
      )}
    </Section>
  )
}
