import { Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import type { View } from '../platform/web/view.ts'
import type { Session } from './account.ts'
import type { Device } from './store.ts'

/** Where one's account is signed in, and the way to end it. */
export function DevicesPage({ view, session, devices }: { view: View; session: Session; devices: readonly Device[] }) {
  const { devices: words, own } = view.words.account
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <form method="post" action="/account/devices/end">
          <ul class="stack">
            {devices.map(({ id, userAgent, createdAt }) => (
              <li>
                <span lang="en">{nameOf(userAgent) ?? words.unknown}</span>{' '}
                <span class="quiet">{words.since(view.words.units.day(view.dayOf(createdAt)))}</span>{' '}
                {id === session.id ? (
                  <strong>{words.current}</strong>
                ) : (
                  <Button tone="plain" name="id" value={id}>
                    {words.end}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </form>
        <form method="post" action="/account/devices/end-all" class="actions">
          <Button tone="plain">{words.endAll}</Button>
          <a href="/account">{own.back}</a>
        </form>
      </div>
    </Page>
  )
}

/** As much of a browser's long name as its owner recognises it by: the browser, and what it runs on. */
function nameOf(userAgent: string | null): string | null {
  const known = [browsers, systems].flatMap((names) => names.find(([part]) => userAgent?.includes(part))?.[1] ?? [])
  return known.length === 0 ? null : known.join(' · ')
}

/** Part of the long name → what people say; the first that fits, since most pretend to be others too. */
const browsers = [
  ['MicroMessenger', 'WeChat'],
  ['Edg', 'Edge'],
  ['HuaweiBrowser', 'Huawei'],
  ['MiuiBrowser', 'Xiaomi'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const systems = [
  ['HarmonyOS', 'HarmonyOS'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Macintosh', 'macOS'],
  ['Linux', 'Linux'],
] as const
