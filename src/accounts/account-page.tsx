import { verifiedKinds } from '../directory/verification.ts'
import { Page } from '../platform/web/page.tsx'
import { Notice, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { maskedPhone, type Session } from './account.ts'
import type { NamedMembership } from './actions/membership.ts'
import { may } from './permissions.ts'

interface AccountPageProps {
  view: View
  session: Session
  memberships: readonly NamedMembership[]
  back: string
}

/** Who is signed in, for whom he acts, and what he may choose instead. */
export function AccountPage({ view, session, memberships, back }: AccountPageProps) {
  const { own, signOut, factor, password, devices } = view.words.account
  const { organisation } = view.words
  const { phone } = session.account
  const current = memberships.find(({ id }) => id === session.membership?.id)
  return (
    <Page view={view} title={own.title}>
      <div class="narrow">
        <h1>{own.title}</h1>
        <Rows
          rows={[
            [own.signedInAs, phone && maskedPhone(phone)],
            [own.actsFor, current && <MembershipName view={view} membership={current} />],
          ]}
        />
        {memberships.length === 0 && (
          <Notice>
            <p>{own.nobody}</p>
          </Notice>
        )}
        {memberships.length > 1 && <Switch {...{ view, memberships, current, back }} />}
        <p class="actions">
          <a class="button plain" href="/account/second-factor">
            {factor.title}
          </a>
          <a class="button plain" href="/account/password">
            {password.set}
          </a>
          <a class="button plain" href="/account/devices">
            {devices.title}
          </a>
          <a class="button plain" href="/account/data">
            {view.words.privacy.data.title}
          </a>
          <a class="button plain" href="/account/claims">
            {organisation.claim.sent}
          </a>
          {verifiedKinds.some((kind) => kind === current?.role) && (
            <a class="button plain" href="/account/verification">
              {organisation.verification.title}
            </a>
          )}
          {(may(view.actor, 'verification.decide') || may(view.actor, 'claim.decide', ['organisation'])) && (
            <a class="button plain" href="/desk">
              {organisation.desk.title}
            </a>
          )}
        </p>
        <form method="post" action="/sign-out" class="actions">
          <button type="submit" class="button plain">
            {signOut}
          </button>
        </form>
      </div>
    </Page>
  )
}

function Switch({ view, memberships, current, back }: Omit<AccountPageProps, 'session'> & { current: NamedMembership | undefined }) {
  const { own } = view.words.account
  return (
    <Section title={own.chooseTitle}>
      {current === undefined && <p>{own.choose}</p>}
      <form method="post" action="/account/membership" class="stack">
        <input type="hidden" name="back" value={back} />
        <ul class="choices">
          {memberships.map((membership) => (
            <li>
              <button
                type="submit"
                name="id"
                value={membership.id}
                class="button plain"
                aria-current={membership === current ? 'true' : undefined}
              >
                <MembershipName view={view} membership={membership} />
              </button>
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
