import type { AppContext } from '../../platform/web/context.ts'
import { Button } from '../../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../../platform/web/parts/fields.tsx'
import { Once } from '../../platform/web/parts/once.tsx'
import { Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import { listViews, removedView } from '../actions/saved-view.ts'
import { blankForm } from '../form.ts'
import { type SavedView, viewPath } from '../saved-view.ts'

/** What somebody keeps for a list; null for whoever is not signed in himself. */
export interface OwnViews {
  list: SavedView['list']
  /** The filters as they are now. */
  query: string
  views: readonly SavedView[]
  /** That was removed just now, and can be taken back. */
  removed: SavedView | null
}

export async function ownViews(c: AppContext, list: SavedView['list'], query: string): Promise<OwnViews | null> {
  const { ports, session } = c.var
  if (session === null) return null
  const id = c.req.query('removed')
  const removed = id === undefined ? null : await removedView(ports, session, id)
  return { list, query, views: await listViews(ports, session, list), removed }
}

/** The views of a list as links, the form that keeps its filters, and behind a lid the names to change. */
export function SavedViews({ view, own: { list, query, views, removed } }: { view: View; own: OwnViews }) {
  const words = view.words.account.views
  const isKept = views.some((each) => each.query === query)
  return (
    <>
      {removed !== null && (
        <div class="notice" role="status" tabindex={-1} autofocus>
          <p>
            {words.removed} <Written text={removed.name} locale={view.locale} />
          </p>
          <form method="post" action={`/account/views/${removed.id}/restoration`}>
            <Button tone="plain">{words.restore}</Button>
          </form>
        </div>
      )}
      {views.length > 0 && (
        <nav class="tabs" aria-label={words.title}>
          {views.map((each) => (
            <a href={viewPath(each)} aria-current={each.query === query ? 'page' : undefined}>
              <Written text={each.name} locale={view.locale} />
            </a>
          ))}
        </nav>
      )}
      {query !== '' && !isKept && (
        <details class="more">
          <summary>{words.save}</summary>
          <SaveViewForm view={view} form={blankForm} list={list} query={query} within="view" />
        </details>
      )}
      {views.length > 0 && (
        <details class="more">
          <summary>{words.manage}</summary>
          <ul class="views">
            {views.map((each) => (
              <li>
                <ViewForms view={view} each={each} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

interface SaveProps {
  view: View
  form: FormState
  list: SavedView['list']
  query: string
  /** Set where it stands beside other forms. */
  within?: string
}

export function SaveViewForm({ view, form, list, query, within }: SaveProps) {
  const words = view.words.account.views
  return (
    <form method="post" action="/account/views" novalidate class="stack">
      <Once view={view} />
      <ErrorSummary view={view} form={form} labels={{ name: words.name.label }} />
      <input type="hidden" name="list" value={list} />
      <input type="hidden" name="query" value={query} />
      <TextField view={view} form={form} name="name" {...words.name} isRequired {...(within !== undefined && { within })} />
      <Button>{words.keep}</Button>
    </form>
  )
}

/** A new name that could not be, to be put right. */
export function RenameForm({ view, form, id, back }: { view: View; form: FormState; id: string; back: string }) {
  const words = view.words.account.views
  return (
    <form method="post" action={`/account/views/${id}/name`} novalidate class="stack">
      <ErrorSummary view={view} form={form} labels={{ name: words.name.label }} />
      <input type="hidden" name="back" value={back} />
      <TextField view={view} form={form} name="name" {...words.name} isRequired />
      <Button>{words.rename}</Button>
    </form>
  )
}

function ViewForms({ view, each: { id, name } }: { view: View; each: SavedView }) {
  const words = view.words.account.views
  return (
    <>
      <form method="post" action={`/account/views/${id}/name`}>
        <input type="hidden" name="back" value={view.path} />
        <label>
          <span class="unseen">{words.name.label}</span>
          <input name="name" value={name} autocomplete="off" required />
        </label>
        <Button tone="plain">{words.rename}</Button>
      </form>
      <form method="post" action={`/account/views/${id}/removal`}>
        <input type="hidden" name="back" value={view.path} />
        <Button tone="plain">
          {words.remove}
          <span class="unseen">{name}</span>
        </Button>
      </form>
    </>
  )
}
