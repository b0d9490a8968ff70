import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { postedForm } from '../platform/web/posted.ts'
import { isUpload } from '../platform/web/upload.ts'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { isSecretField } from '../platform/web/written-form.ts'
import { dropUnfinished, keepUnfinished } from './actions.ts'
import { formField } from './parts/autosaved.tsx'
import { FormFields, FormPath } from './unfinished.ts'

/** Where forms are kept while they are written. */
export function unfinishedPages() {
  return new Hono<Env>()
    .post('/unfinished', async (c) => {
      const { [formField]: path, ...posted } = await postedForm(c, { all: true })
      const { kept, notKept } = viewOf(c).words.unfinished
      const isKept = await keepUnfinished(c.var.ports, c.var.actor, pathFrom(path), fieldsOf(posted))
      return c.html(isKept ? kept : notKept)
    })
    .post('/unfinished/dropping', async (c) => {
      const { [formField]: path, back } = await postedForm(c)
      await dropUnfinished(c.var.ports, c.var.actor, pathFrom(path))
      return c.redirect(pathFrom(back), 303)
    })
}

/** A form that was sent and taken is not unfinished any more. */
export const finishedForms = createMiddleware<Env>(async (c, next) => {
  await next()
  if (c.req.method !== 'POST' || c.res.status !== 303 || c.var.actor.accountId === null || isUpload(c)) return
  const path = await formPath(c)
  if (path !== null) await dropUnfinished(c.var.ports, c.var.actor, path)
})

async function formPath(c: AppContext): Promise<string | null> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')) return null
  const { [formField]: path } = await c.req.parseBody()
  return typeof path === 'string' && path !== '' ? ownPath(path) : null
}

const pathFrom = (path: unknown) => ownPath(parseInput(FormPath, path))

/** Names and texts; no secrets, no files, and not the number that one sending has. */
function fieldsOf(posted: Record<string, unknown>) {
  const fields = Object.entries(posted).flatMap(([name, value]) => [value].flat().map((each) => [name, each]))
  return parseInput(
    FormFields,
    fields.filter(([name, value]) => typeof value === 'string' && name !== 'once' && !isSecretField(String(name))),
  )
}
