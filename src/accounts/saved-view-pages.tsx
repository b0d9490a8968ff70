import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { ownPath, viewOf, withQuery } from '../platform/web/view.ts'
import type { Session } from './account.ts'
import { removeView, renameView, restoreView, saveView } from './actions/saved-view.ts'
import { doneOrForm, postedFields, writtenFields } from './form.ts'
import { RenameForm, SaveViewForm } from './parts/saved-views.tsx'
import { SavedViewDraft, viewPath } from './saved-view.ts'

/** The forms of what stands above a list: keep its filters, call them otherwise, take them away and back. */
export function savedViewPages() {
  return new Hono<Env>()
    .post('/account/views', save)
    .post('/account/views/:id/name', async (c) => {
      const view = viewOf(c)
      const fields = await writtenFields(c)
      const back = ownPath(fields.back ?? '/')
      const id = c.req.param('id')
      const done = await doneOrForm(view.words, fields, ['name'], async () => {
        const { name } = parseInput(SavedViewDraft.pick({ name: true }), { name: fields.name })
        return renameView(c.var.ports, signedIn(c), id, name)
      })
      if (!('form' in done)) return c.redirect(back, 303)
      return formPage(c, view.words.account.views.rename, back, <RenameForm view={view} form={done.form} id={id} back={back} />)
    })
    .post('/account/views/:id/removal', async (c) => {
      const { back = '/' } = await postedFields(c, 1_000)
      const { id } = await removeView(c.var.ports, signedIn(c), c.req.param('id'))
      return c.redirect(withQuery(ownPath(back), { removed: id }), 303)
    })
    .post('/account/views/:id/restoration', async (c) => {
      await postedFields(c)
      return c.redirect(viewPath(await restoreView(c.var.ports, signedIn(c), c.req.param('id'))), 303)
    })
}

async function save(c: AppContext) {
  const view = viewOf(c)
  const fields = await writtenFields(c)
  const { list, query } = parseInput(SavedViewDraft.pick({ list: true, query: true }), { list: fields.list, query: fields.query })
  const session = signedIn(c)
  const done = await doneOrForm(view.words, fields, ['name'], async () =>
    saveView(c.var.ports, session, parseInput(SavedViewDraft, { list, query, name: fields.name })),
  )
  if (!('form' in done)) return c.redirect(viewPath(done.done), 303)
  const form = <SaveViewForm view={view} form={done.form} list={list} query={query} />
  return formPage(c, view.words.account.views.save, viewPath({ list, query }), form)
}

/** A form that comes back as it was written, and the way to the list that it stood on. */
function formPage(c: AppContext, title: string, back: string, form: Child) {
  const view = viewOf(c)
  return answerPage(
    c,
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        {form}
        <p class="actions">
          <a href={back}>{view.words.account.views.back}</a>
        </p>
      </div>
    </Page>,
    422,
  )
}

/** Views are a person's: a token keeps none. */
function signedIn(c: AppContext): Session {
  if (c.var.session === null) throw new Problem('not-signed-in')
  return c.var.session
}
