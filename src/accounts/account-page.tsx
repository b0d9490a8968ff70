import { verifiableKinds } from '../directory/verification.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { maskedPhone, type Session } from './account.ts'
import type { NamedMembership } from './actions/membership.ts'
import { may } from './permissions.ts'

interface AccountPageProps {
  view: View
  form: FormState
  session: Session
  memberships: readonly NamedMembership[]
  back: string
  /** Another party at which he may sign in; null where there is none. */
  linked: { label: string; isLinked: boolean } | null
}

/** Who is signed in, for whom he acts, and what he may choose instead. */
export function AccountPage({ view, form, session, memberships, back, linked }: AccountPageProps) {
  const { own, signOut, factor, password, devices } = view.words.account
  const { access, organisation } = view.words
  const { phone } = session.account
  const current = memberships.find(({ id }) => id === session.membership?.id)
  return (
    <Page view={view} title={own.title}>
      <div class="narrow">
        <h1>{own.title}</h1>
        <Rows
          rows={[
            [own.signedInAs, phone && maskedPhone(phone)],
            [access.email.label, session.account.email],
            [factor.title, session.account.hasSecondFactor ? factor.isOn : null],
            [own.actsFor, current && <MembershipName view={view} membership={current} />],
          ]}
        />
        {memberships.length === 0 && (
          <Notice>
            <p>{own.nobody}</p>
            <Actions>
              {(['enterprise', 'expert'] as const).map((as) => (
                <ButtonLink href={`/account/enrolment?${new URLSearchParams({ as, back })}`}>
                  {organisation.enrolment.titles[as]}
                </ButtonLink>
              ))}
            </Actions>
          </Notice>
        )}
        {memberships.length > 1 && <Switch {...{ view, memberships, current, back }} />}
        <Actions>
          <ButtonLink tone="plain" href="/account/second-factor">
            {factor.title}
          </ButtonLink>
          <ButtonLink tone="plain" href="/account/password">
            {session.account.hasPassword ? access.password.change : password.set}
          </ButtonLink>
          <ButtonLink tone="plain" href="/account/phone">
            {access.phone.title}
          </ButtonLink>
          <ButtonLink tone="plain" href="/account/devices">
            {devices.title}
          </ButtonLink>
          <ButtonLink tone="plain" href="/account/data">
            {view.words.privacy.data.title}
          </ButtonLink>
          {may(view.actor, 'claim.request') && (
            <ButtonLink tone="plain" href="/account/claims">
              {organisation.claim.sent}
            </ButtonLink>
          )}
          {verifiableKinds.some((kind) => kind === current?.role) && (
            <ButtonLink tone="plain" href="/account/verification">
              {current?.role === 'expert' ? organisation.verification.person.title : organisation.verification.title}
            </ButtonLink>
          )}
          {(may(view.actor, 'verification.decide') || may(view.actor, 'claim.decide', ['organisation'])) && (
            <ButtonLink tone="plain" href="/desk">
              {organisation.desk.title}
            </ButtonLink>
          )}
          {may(view.actor, 'member.read', ['organisation']) && (
            <ButtonLink tone="plain" href="/account/members">
              {access.members.title}
            </ButtonLink>
          )}
          {may(view.actor, 'key.read', ['organisation', 'own']) && (
            <ButtonLink tone="plain" href="/account/keys">
              {access.keys.title}
            </ButtonLink>
          )}
        </Actions>
        <ErrorSummary view={view} form={form} labels={{ name: access.name.field.label }} />
        <form method="post" action="/account/name" novalidate class="stack">
          <TextField {...{ view, form, name: 'name', ...access.name.field }} autocomplete="name" />
          <Button tone="plain" isLarge>
            {access.name.submit}
          </Button>
        </form>
        {linked?.isLinked && <p>{access.identity.linked(linked.label)}</p>}
        {linked !== null && !linked.isLinked && (
          <form method="post" action="/account/identity" class="actions">
            <Button tone="plain">{access.identity.link(linked.label)}</Button>
          </form>
        )}
        <form method="post" action="/sign-out" class="actions">
          <Button tone="plain">{signOut}</Button>
        </form>
      </div>
    </Page>
  )
}

function Switch({
  view,
  memberships,
  current,
  back,
}: Omit<AccountPageProps, 'session' | 'linked' | 'form'> & { current: NamedMembership | undefined }) {
  const { own } = view.words.account
  return (
    <Section title={own.chooseTitle}>
      {current === undefined && <p>{own.choose}</p>}
      <form method="post" action="/account/membership" class="stack">
        <input type="hidden" name="back" value={back} />
        <ul class="choices">
          {memberships.map((membership) => (
            <li>
              <Button tone="plain" name="id" value={membership.id} aria-current={membership === current ? 'true' : undefined}>
                <MembershipName view={view} membership={membership} />
              </Button>
            </li>
          ))}
        </ul>
      </form>
    </Section>
  )
}

function MembershipName({ view, membership: { role, rank, name } }: { view: View; membership: NamedMembership }) {
  const { account, units } = view.words
  const note = `${account.own.roles[role]}${units.colon}${account.own.ranks[rank]}`
  return (
    <>
      <Written text={name ?? account.own.operator} locale={view.locale} /> <span class="quiet">{note}</span>
    </>
  )
}
