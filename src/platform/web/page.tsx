import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { may } from '../../accounts/permissions.ts'
import type { AppContext } from './context.ts'
import { Theme } from './display.ts'
import { Logo } from './parts/logo.tsx'
import { PageLocale, Written } from './parts/text.tsx'
import type { View } from './view.ts'

/** The places of the main navigation. */
const places = {
  home: '/',
  demands: '/demands',
  offerings: '/offerings',
  experts: '/experts',
  institutions: '/institutions',
  post: '/demands/new',
} as const
export type Place = keyof typeof places

interface PageProps {
  view: View
  title: string
  at?: Place
  /** Whether something shown is seeded, which the page then says. */
  isDemonstration?: boolean
  /** What programs are told of it: feeds, its one address, what it describes. */
  head?: Child
  children?: Child
}

/** The frame of every page. */
export function Page({ view, title, at, isDemonstration = false, head, children }: PageProps) {
  const { words, locale, display } = view
  return (
    <PageLocale.Provider value={locale}>
      {raw('<!doctype html>')}
      <html lang={locale} data-theme={display.theme} data-size={display.size}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <meta name="color-scheme" content={display.theme === 'auto' ? 'light dark' : display.theme} />
          <title>{`${title} · ${words.shell.product}${locale === 'en' ? ' ' : ''}${words.shell.market}`}</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/app.css" />
          <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
          <script src="/htmx.min.js" defer></script>
          {head}
        </head>
        <body>
          <a class="skip" href="#main">
            {words.shell.skip}
          </a>
          <Header view={view} isDemonstration={isDemonstration} {...(at && { at })} />
          <main id="main" tabindex={-1}>
            {children}
          </main>
          <Footer view={view} />
        </body>
      </html>
    </PageLocale.Provider>
  )
}

/** Answers with a page. */
export function answerPage(c: AppContext, page: Parameters<AppContext['html']>[0], status: 200 | 409 | 412 | 422 = 200) {
  return c.html(page as string, status)
}

/** Brand, navigation and what holds for the whole page: that its data is invented, that something is out of order. */
function Header({ view, at, isDemonstration }: { view: View; at?: Place; isDemonstration: boolean }) {
  const { shell } = view.words
  return (
    <header class="top">
      <div class="wide">
        <a class="brand" href="/">
          <Logo />
          <span class="wordmark">{shell.product}</span>
          <span class="market">{shell.market}</span>
        </a>
        <nav aria-label={shell.nav.label}>
          <ul>
            {(Object.keys(places) as Place[]).map((place) => (
              <li>
                <a href={places[place]} class={place === 'post' ? 'button' : undefined} aria-current={place === at ? 'page' : undefined}>
                  {shell.nav[place]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="own">
          {may(view.actor, 'verification.decide') && <a href="/desk">{shell.nav.desk}</a>}
          {view.actor.role === 'broker' && <a href="/today">{view.words.engagement.today.nav}</a>}
          {view.actor.role === 'broker' && <a href="/board">{view.words.engagement.board.title}</a>}
          {['enterprise', 'expert', 'institution'].includes(view.actor.role) && <a href="/inbox">{view.words.engagement.inbox.nav}</a>}
          {view.actor.role === 'institution' && <a href="/requests">{view.words.engagement.requests.nav}</a>}
          {may(view.actor, 'demand.publish') && <a href="/desk/vetting">{shell.nav.vetting}</a>}
          {['enterprise', 'park', 'county', 'broker'].includes(view.actor.role) && <a href="/demands/mine">{shell.nav.myDemands}</a>}
          {view.actor.role === 'institution' && <a href="/offerings/mine">{view.words.offeringForm.mine}</a>}
          {may(view.actor, 'intake.receive') && <a href="/intake">{view.words.intake.nav}</a>}
          {view.actor.role === 'enterprise' && <a href={`/enterprises/${view.actor.id}`}>{shell.nav.mine}</a>}
          {view.actor.role === 'expert' && <a href={`/experts/${view.actor.id}/edit`}>{view.words.profile.nav}</a>}
          <AccountLink view={view} />
          <SizeLink view={view} />
          <LanguageLink view={view} />
        </div>
      </div>
      {isDemonstration && (
        <p class="strip demonstration">
          <strong>{shell.demonstration}</strong> {shell.demonstrationNote}
        </p>
      )}
      {view.visitingAs !== null && (
        <p class="strip demonstration">
          <Written text={shell.visiting(view.visitingAs)} locale={view.locale} />
        </p>
      )}
      {view.isDegraded && (
        <p class="strip degraded" role="status">
          {shell.degraded}
        </p>
      )}
    </header>
  )
}

/** The way in, or to one's own account. A program that comes with a token needs neither. */
function AccountLink({ view }: { view: View }) {
  const { account } = view.words
  if (view.session !== null) return <a href="/account">{account.mine}</a>
  return (
    <a href={`/sign-in?${new URLSearchParams({ back: view.path })}`} rel="nofollow">
      {account.signIn}
    </a>
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

/** Light or dark: three links, of which one is where one is. */
function ThemeLinks({ view }: { view: View }) {
  const { display } = view.words.shell
  return (
    <nav aria-label={display.label}>
      <ul>
        {Theme.options.map((theme) => (
          <li>
            <a
              href={`/display?${new URLSearchParams({ theme, back: view.path })}`}
              rel="nofollow"
              aria-current={theme === view.display.theme ? 'true' : undefined}
            >
              {display.theme[theme]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Footer({ view }: { view: View }) {
  const { footer } = view.words.shell
  return (
    <footer>
      <div class="wide">
        <p>{footer.purpose}</p>
        <ThemeLinks view={view} />
        <ul>
          <li>
            <a href="/privacy">{view.words.privacy.footer}</a>
          </li>
          <li>
            <a href="/docs">{footer.docs}</a>
          </li>
          <li>
            <a href="/openapi.json">{footer.openapi}</a>
          </li>
          <li>{footer.licence}</li>
        </ul>
      </div>
    </footer>
  )
}
