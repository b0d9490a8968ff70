import { Button } from '../../platform/web/parts/buttons.tsx'
import { Notice, Section } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Draft } from './written.ts'

/** The field by which a form says which one it is. */
export const formField = 'unfinished'

/** In a form: keeps what is written in it, two seconds after the last stroke, and says so. Without scripts, and for visitors, nothing. */
export function Autosaved({ view, draft }: { view: View; draft: Draft }) {
  if (view.session === null) return null
  const saving = {
    'hx-post': '/unfinished',
    'hx-trigger': 'input delay:2s from:form:has(#autosaved)',
    'hx-include': 'closest form',
    'hx-target': '#autosaved',
    'hx-swap': 'innerHTML',
    'hx-status:4xx': 'swap:none',
    'hx-status:5xx': 'swap:none',
  }
  return (
    <>
      <input type="hidden" name={formField} value={draft.path} />
      <p id="autosaved" class="quiet" aria-live="polite" {...saving}></p>
    </>
  )
}

/** Above a form that shows what was begun earlier: since when, and the way to begin anew. */
export function Resumed({ view, draft: { path, written } }: { view: View; draft: Draft }) {
  const { drop, resumed } = view.words.unfinished
  if (written === null) return null
  return (
    <Notice>
      <p role="status">{resumed(view.dayOf(written.at), view.clockOf(written.at))}</p>
      <Dropping path={path} back={path} label={drop} />
    </Notice>
  )
}

/** What the reader has begun and not sent, where his own things are listed. */
export function UnfinishedList({ view, forms }: { view: View; forms: readonly { path: string; at: string }[] }) {
  const words = view.words.unfinished
  if (forms.length === 0) return null
  return (
    <Section title={words.listed}>
      <p>{words.listedLead}</p>
      <ul class="cards">
        {forms.map(({ path, at }) => (
          <li>
            <article class="card">
              <h3>
                <a href={path}>{words.form(path)}</a>
              </h3>
              <p class="quiet">{words.writtenOn(view.dayOf(at), view.clockOf(at))}</p>
              <Dropping path={path} back={view.path} label={words.dropListed} />
            </article>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Dropping({ path, back, label }: { path: string; back: string; label: string }) {
  return (
    <form method="post" action="/unfinished/dropping">
      <input type="hidden" name={formField} value={path} />
      <input type="hidden" name="back" value={back} />
      <Button tone="plain">{label}</Button>
    </form>
  )
}
