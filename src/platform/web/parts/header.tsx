import type { View } from '../view.ts'
import { Logo } from './logo.tsx'
import { OwnMenu } from './own-menu.tsx'
import { Written } from './text.tsx'

/** The places of the main navigation. */
const places = {
  home: '/',
  demands: '/demands',
  offerings: '/offerings',
  experts: '/experts',
  institutions: '/institutions',
} as const
export type Place = keyof typeof places | 'post'

/** Brand, navigation and what holds for the whole page: that its data is invented, that something is out of order. */
export function Header({ view, at, isDemonstration }: { view: View; at?: Place; isDemonstration: boolean }) {
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
            {(Object.keys(places) as (keyof typeof places)[]).map((place) => (
              <li>
                <a href={places[place]} aria-current={place === at ? 'page' : undefined}>
                  {shell.nav[place]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="own">
          <a href="/demands/new" class="button" aria-current={at === 'post' ? 'page' : undefined}>
            {shell.nav.post}
          </a>
          <OwnMenu view={view} />
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
