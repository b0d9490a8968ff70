import { maskedEmail, maskedPhone } from '../../../accounts/account.ts'
import type { ActorKind } from '../../../accounts/actor.ts'
import { may } from '../../../accounts/permissions.ts'
import type { View } from '../view.ts'
import { Written } from './text.tsx'

/** What is one's own: the way in or as whom one is here, where one works, and how pages are read. The first place of work stands beside it where there is room. */
export function OwnMenu({ view }: { view: View }) {
  const { shell, account } = view.words
  const places = ownPlaces(view)
  const [first] = places
  return (
    <>
      {first !== undefined && (
        <span class="roomy">
          <Place view={view} {...first} />
        </span>
      )}
      {view.session === null && (
        <a href={`/sign-in?${new URLSearchParams({ back: view.path })}`} rel="nofollow">
          {account.signIn}
        </a>
      )}
      <details class="menu">
        <summary>{view.session === null ? shell.menu.visitor : shell.menu.own}</summary>
        <div>
          <Who view={view} />
          <ul>
            {places.map((place) => (
              <li>
                <Place view={view} {...place} />
              </li>
            ))}
            {view.session !== null && (
              <li>
                <Place view={view} href="/account" label={account.mine} />
              </li>
            )}
            <li>
              <SizeLink view={view} />
            </li>
            <li>
              <LanguageLink view={view} />
            </li>
          </ul>
          {view.session !== null && (
            <form method="post" action="/sign-out">
              <button type="submit" class="button plain">
                {account.signOut}
              </button>
            </form>
          )}
        </div>
      </details>
    </>
  )
}

interface OwnPlace {
  href: string
  label: string
}

/** Where somebody of his role works, the first thing of his day first. */
function ownPlaces({ actor, words }: View): OwnPlace[] {
  const { shell, engagement, intake, offeringForm, profile } = words
  const isOneOf = (...roles: ActorKind[]) => roles.includes(actor.role)
  const all: [boolean, string, string][] = [
    [may(actor, 'verification.decide'), '/desk', shell.nav.desk],
    [isOneOf('broker'), '/today', engagement.today.nav],
    [isOneOf('broker'), '/board', engagement.board.title],
    [isOneOf('enterprise', 'expert', 'institution'), '/inbox', engagement.inbox.nav],
    [isOneOf('institution'), '/requests', engagement.requests.nav],
    [isOneOf('institution', 'enterprise'), '/offerings/mine', offeringForm.mine],
    [may(actor, 'demand.publish'), '/desk/vetting', shell.nav.vetting],
    [isOneOf('enterprise', 'park', 'county', 'broker'), '/demands/mine', shell.nav.myDemands],
    [may(actor, 'judgment.give'), '/judgments', words.quality.nav],
    [may(actor, 'intake.receive'), '/intake', intake.nav],
    [isOneOf('enterprise'), `/enterprises/${actor.id}`, shell.nav.mine],
    [isOneOf('expert'), `/experts/${actor.id}/edit`, profile.nav],
  ]
  return all.filter(([isHis]) => isHis).map(([, href, label]) => ({ href, label }))
}

function Place({ view, href, label }: OwnPlace & { view: View }) {
  return (
    <a href={href} aria-current={view.path.split('?')[0] === href ? 'page' : undefined}>
      {label}
    </a>
  )
}

/** Whom he acts for, in which role, and by what he signed in. */
function Who({ view: { session, actingFor, words, locale } }: { view: View }) {
  if (session === null) return null
  const { account, membership } = session
  const person = account.name ?? (account.phone && maskedPhone(account.phone)) ?? (account.email && maskedEmail(account.email))
  const role = membership && words.account.own.roles[membership.role]
  return (
    <p>
      {actingFor !== null && (
        <strong>
          <Written text={actingFor} locale={locale} />
        </strong>
      )}
      <span class="quiet">{[role, person].filter(Boolean).join(' · ')}</span>
    </p>
  )
}

function LanguageLink({ view }: { view: View }) {
  const { name, code } = view.words.shell.otherLanguage
  const query = new URLSearchParams({ to: code, back: view.path })
  return (
    <a href={`/language?${query}`} lang={code} hreflang={code} rel="nofollow">
      {name}
    </a>
  )
}

/** 长辈模式, where those look who need it. */
function SizeLink({ view }: { view: View }) {
  const other = view.display.size === 'large' ? 'standard' : 'large'
  return (
    <a href={`/display?${new URLSearchParams({ size: other, back: view.path })}`} rel="nofollow">
      {view.words.shell.display.size[other]}
    </a>
  )
}
