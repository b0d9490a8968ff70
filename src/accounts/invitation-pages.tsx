import { Hono } from 'hono'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Notice, Rows, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { viewOf } from '../platform/web/view.ts'
import { type Account, maskedEmail, maskedPhone } from './account.ts'
import { acceptInvitation, declineInvitation, isFor, type OpenInvitation, openInvitation } from './actions/invitation.ts'
import { signedIn } from './own-pages.tsx'

/** Where the link of an invitation leads. Looking at it changes nothing; accepting needs an account, declining needs none. */
export function invitationPages() {
  return new Hono<Env>()
    .get('/invitations/:secret', async (c) => {
      const opened = await openInvitation(c.var.ports, c.req.param('secret'))
      return answerPage(c, <InvitationPage view={viewOf(c)} opened={opened} account={c.var.session?.account ?? null} />)
    })
    .post('/invitations/:secret/acceptance', (c) =>
      signedIn(c, async (session) => {
        await acceptInvitation(c.var.ports, session, c.req.param('secret'))
        return c.redirect('/account', 303)
      }),
    )
    .post('/invitations/:secret/refusal', async (c) => {
      await declineInvitation(c.var.ports, c.var.session?.account ?? null, c.req.param('secret'))
      return declinedPage(c)
    })
}

function declinedPage(c: AppContext) {
  const view = viewOf(c)
  const { invitation } = view.words.access
  return answerPage(
    c,
    <Page view={view} title={invitation.declined}>
      <div class="narrow">
        <h1>{invitation.declined}</h1>
        <p class="lead">{invitation.declinedLead}</p>
      </div>
    </Page>,
  )
}

function InvitationPage({ view, opened, account }: { view: View; opened: OpenInvitation; account: Account | null }) {
  const { access, account: own, units } = view.words
  const words = access.invitation
  const { invitation, organisation, inviter } = opened
  const title = words.title(organisation ?? words.bureau)
  const isHis = account !== null && isFor(invitation, account)
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>
          <Written text={title} locale={view.locale} />
        </h1>
        <Rows
          rows={[
            [words.rank, units.withNote(own.own.roles[invitation.role], own.own.ranks[invitation.rank])],
            [words.by, inviter && nameOf(inviter)],
            [words.until, units.day(view.dayOf(invitation.expiresAt))],
          ]}
        />
        {account !== null && <p>{words.asAccount(nameOf(account))}</p>}
        {account !== null && !isHis && (
          <Notice tone="warn">
            <p>{words.other}</p>
          </Notice>
        )}
        <div class="actions">
          {account === null && (
            <ButtonLink href={`/sign-in?${new URLSearchParams({ back: view.path })}`} rel="nofollow">
              {words.signIn}
            </ButtonLink>
          )}
          {isHis && (
            <form method="post" action={`${pathOf(view)}/acceptance`}>
              <Button>{words.accept}</Button>
            </form>
          )}
          {account !== null && !isHis ? (
            <form method="post" action="/sign-out">
              <Button tone="plain">{own.signOut}</Button>
            </form>
          ) : (
            <form method="post" action={`${pathOf(view)}/refusal`}>
              <Button tone="plain">{words.decline}</Button>
            </form>
          )}
        </div>
      </div>
    </Page>
  )
}

/** Without the language that somebody may have asked for. */
const pathOf = ({ path }: View) => path.split('?')[0]!

/** Enough to be recognised by those who know him. */
function nameOf({ name, phone, email, id }: Account): string {
  return name ?? (phone !== null ? maskedPhone(phone) : email !== null ? maskedEmail(email) : id)
}
