import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextField } from '../platform/web/parts/fields.tsx'
import { OutboxNote } from '../platform/web/parts/outbox-note.tsx'
import { CopyText, Notice, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { type Rank, ranksOf } from './account.ts'
import type { Role } from './actor.ts'
import type { Invitation, MadeInvitation, Member } from './member.ts'
import { may } from './permissions.ts'

interface MembersPageProps {
  view: View
  form: FormState
  /** Null for the bureau. */
  organisation: string | null
  members: readonly Member[]
  invitations: readonly Invitation[]
}

/** Who acts for one's organisation, and the form that invites somebody. */
export function MembersPage(props: MembersPageProps) {
  const { view, organisation } = props
  const words = view.words.access.members
  const isManager = may(view.actor, 'member.amend', ['organisation'])
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">
          <Written text={words.lead(organisation ?? words.bureau)} locale={view.locale} />
        </p>
        <ul class="plates">
          {props.members.map((member) => (
            <MemberItem view={view} member={member} isManager={isManager} />
          ))}
        </ul>
        {props.invitations.length > 0 && <Invitations {...props} isManager={isManager} />}
        {isManager && <InviteForm {...props} />}
        <Actions>
          <a href="/account">{view.words.account.own.back}</a>
        </Actions>
      </div>
    </Page>
  )
}

function MemberItem({ view, member, isManager }: { view: View; member: Member; isManager: boolean }) {
  const { access, account, units } = view.words
  const words = access.members
  const name = member.name ?? member.phone ?? member.email ?? words.nameless
  return (
    <li>
      <h2>
        <Written text={name} locale={view.locale} /> {member.isOneself && <span class="quiet">{words.oneself}</span>}
      </h2>
      <p class="quiet">
        {[account.own.ranks[member.rank], member.name && member.phone, words.since(units.day(view.dayOf(member.createdAt)))]
          .filter((each) => each !== null)
          .join(' · ')}
      </p>
      {isManager && (
        <div class="actions">
          <form method="post" action="/account/members/rank" class="line">
            <input type="hidden" name="id" value={member.id} />
            <input type="hidden" name="version" value={String(member.version)} />
            <select name="rank" aria-label={words.changeOf(name)}>
              {ranksOf(view.actor.role as Role).map((rank) => (
                <option value={rank} selected={rank === member.rank}>
                  {account.own.ranks[rank]}
                </option>
              ))}
            </select>
            <Button tone="plain">{words.change}</Button>
          </form>
          <form method="post" action="/account/members/end">
            <Button tone="plain" name="id" value={member.id} aria-label={words.endOf(name)}>
              {words.end}
            </Button>
          </form>
        </div>
      )}
    </li>
  )
}

function Invitations({ view, invitations, isManager }: MembersPageProps & { isManager: boolean }) {
  const { access, account, units } = view.words
  const words = access.members
  return (
    <Section title={words.open}>
      <ul class="plates">
        {invitations.map(({ id, phone, email, rank, expiresAt }) => {
          const to = phone?.slice(3) ?? email ?? words.anybody
          return (
            <li>
              <p>{words.openTo(to, account.own.ranks[rank])}</p>
              <p class="quiet">{words.until(units.day(view.dayOf(expiresAt)))}</p>
              {isManager && (
                <form method="post" action="/account/members/invitations/revocation">
                  <Button tone="plain" name="id" value={id} aria-label={`${words.revoke} ${to}`}>
                    {words.revoke}
                  </Button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function InviteForm({ view, form }: MembersPageProps) {
  const { access, account } = view.words
  const words = access.members
  return (
    <Section title={words.invite}>
      <p>{words.inviteLead}</p>
      <ErrorSummary view={view} form={form} labels={{ to: words.to.label, rank: words.rank }} />
      <form method="post" action="/account/members/invitations" novalidate class="stack">
        <TextField {...{ view, form, name: 'to', ...words.to }} />
        <Select
          {...{ view, form, name: 'rank', label: words.rank }}
          // Who does not choose gives the least.
          options={ranksOf(view.actor.role as Role)
            .toReversed()
            .map((rank) => ({ value: rank, label: account.own.ranks[rank] }))}
          isRequired
        />
        <Button isLarge>{words.submit}</Button>
      </form>
    </Section>
  )
}

/** The one page that shows the link of an invitation. */
export function MadeInvitationPage({ view, organisation, made }: { view: View; organisation: string | null; made: MadeInvitation }) {
  const { access, account } = view.words
  const words = access.members
  const hasContact = (made.phone ?? made.email) !== null
  const rank = account.own.ranks[made.rank satisfies Rank]
  return (
    <Page view={view} title={words.made}>
      <div class="narrow">
        <h1>{words.made}</h1>
        <Notice tone={hasContact && !made.isSent ? 'warn' : 'plain'}>
          <p>{made.isSent ? words.sent : hasContact ? words.sendFailed : words.notSent}</p>
          {made.isSent && <OutboxNote view={view} />}
        </Notice>
        <CopyText label={words.link} text={words.text(organisation ?? access.invitation.bureau, rank, made.link)} />
        <Actions>
          <ButtonLink href="/account/members">{words.done}</ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}
