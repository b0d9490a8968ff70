import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { AppContext } from './context.ts'
import { Theme } from './display.ts'
import { Header, type Place } from './parts/header.tsx'
import { PageLocale } from './parts/text.tsx'
import type { View } from './view.ts'

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
