import { may } from '../accounts/permissions.ts'
import type { Expert } from '../directory/expert.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { type FormState, type Option, Select } from '../platform/web/parts/fields.tsx'
import { Mixed, Notice, Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { type Consent, currentTexts, isActive, ProfilePurpose } from '../privacy/consent.ts'
import { ConsentText } from '../privacy/parts/consent-text.tsx'

interface DataPageProps {
  view: View
  consents: readonly Consent[]
  /** The expert's profiles that are his. */
  profiles: readonly Expert[]
}

/** One's own data: to see, export, correct, to take consent back, to erase. */
export function DataPage({ view, consents, profiles }: DataPageProps) {
  const { privacy } = view.words
  const words = privacy.data
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <p>
          <a href="/privacy">{privacy.title}</a>
        </p>
        <Section title={words.access.title}>
          <p>{words.access.lead}</p>
          <Actions>
            <ButtonLink href="/account/data/export">{words.access.download}</ButtonLink>
          </Actions>
        </Section>
        <Corrections view={view} profiles={profiles} />
        <Section title={words.consents.title}>
          <AccountConsent view={view} consents={consents} />
          {profiles.map((expert) =>
            ProfilePurpose.options.map((purpose) => (
              <ProfileConsent {...{ view, purpose, expert, consent: latest(consents, purpose, expert.id) }} />
            )),
          )}
        </Section>
        {profiles.map((expert) => (
          <ShownForm view={view} expert={expert} />
        ))}
        <Section title={words.erasure.title}>
          <p>{words.erasure.lead}</p>
          <Actions>
            <ButtonLink tone="plain" href="/account/data/erasure">
              {words.erasure.start}
            </ButtonLink>
          </Actions>
        </Section>
      </div>
    </Page>
  )
}

const latest = (consents: readonly Consent[], purpose: Consent['purpose'], expertId: string | null) =>
  consents.findLast((consent) => consent.purpose === purpose && consent.expertId === expertId)

function Corrections({ view, profiles }: Pick<DataPageProps, 'view' | 'profiles'>) {
  const { correction: words } = view.words.privacy.data
  return (
    <Section title={words.title}>
      <ul class="prose">
        <li>
          <a href="/account">{words.name}</a>
        </li>
        <li>
          <a href="/account/phone">{words.phone}</a>
        </li>
        <li>
          <a href="/account/password">{words.password}</a>
        </li>
        <li>
          <a href="/account/devices">{words.devices}</a>
        </li>
        {may(view.actor, 'claim.request') && (
          <li>
            <a href="/account/claims">{words.claims}</a>
          </li>
        )}
        {profiles.map(({ id, name }) => (
          <li>
            <a href={`/experts/${id}`}>
              <Mixed text={`${words.profile}${view.words.units.colon}${name}`} />
            </a>
          </li>
        ))}
        {view.actor.role === 'broker' && <li>{words.broker}</li>}
      </ul>
    </Section>
  )
}

function said(view: View, consent: Consent | undefined): string {
  const words = view.words.privacy.data.consents
  const day = (instant: string) => view.words.units.day(view.dayOf(instant))
  if (consent === undefined) return words.never
  const { givenAt, withdrawnAt, textVersion, how } = consent
  const said =
    givenAt === null
      ? words.refused(day(withdrawnAt!))
      : withdrawnAt === null
        ? words.given(day(givenAt), textVersion)
        : words.withdrawn(day(withdrawnAt))
  return view.words.units.withNote(said, words.hows[how])
}

/** To take this one back is to close the account. */
function AccountConsent({ view, consents }: Pick<DataPageProps, 'view' | 'consents'>) {
  const consent = latest(consents, 'account', null)
  const words = view.words.privacy.data.consents
  return (
    <section>
      <h3>{view.words.privacy.consents.account[currentTexts.account]!.title}</h3>
      <p>{said(view, consent)}</p>
      {consent !== undefined && isActive(consent) && (
        <p>
          <a href="/account/data/erasure">{words.withdraw}</a>
        </p>
      )}
    </section>
  )
}

function ProfileConsent(props: { view: View; purpose: ProfilePurpose; expert: Expert; consent: Consent | undefined }) {
  const { view, purpose, expert, consent } = props
  const words = view.words.privacy.data.consents
  const holds = consent !== undefined && isActive(consent)
  return (
    <section>
      <ConsentText view={view} purpose={purpose} heading="h3" />
      <p>
        <strong>{said(view, consent)}</strong>
      </p>
      <form method="post" action="/account/data/consents" class="actions">
        <input type="hidden" name="purpose" value={purpose} />
        <input type="hidden" name="expertId" value={expert.id} />
        <Button tone="plain" name="isGiven" value={holds ? 'no' : 'yes'}>
          {holds ? words.withdraw : words.give}
        </Button>
      </form>
    </section>
  )
}

/** Who sees what of the profile. */
function ShownForm({ view, expert }: { view: View; expert: Expert }) {
  const { shown: words } = view.words.privacy.data
  const { name, works, contact } = expert.shown
  const form: FormState = { values: { visibility: expert.visibility, name, works, contact }, chosen: {}, messages: {} }
  // The names of an object literal are those of its type.
  const options = (labels: Record<string, string>): Option[] => Object.entries(labels).map(([value, label]) => ({ value, label }))
  const who = options(words.visibilities)
  return (
    <Section title={`${words.title}${view.words.units.colon}${expert.name}`}>
      {!expert.claimed && (
        <Notice>
          <p>{view.words.directory.expert.maskedNotice}</p>
        </Notice>
      )}
      <form method="post" action="/account/data/shown" class="stack">
        <input type="hidden" name="expertId" value={expert.id} />
        <input type="hidden" name="version" value={String(expert.version)} />
        <Select {...{ view, form, name: 'visibility', ...words.visibility, options: who }} isRequired />
        <Select {...{ view, form, name: 'name', ...words.name, options: who }} isRequired />
        <Select {...{ view, form, name: 'works', ...words.works, options: who }} isRequired />
        <Select {...{ view, form, name: 'contact', ...words.contact, options: options(words.contacts) }} isRequired />
        <Button>{words.save}</Button>
      </form>
    </Section>
  )
}
