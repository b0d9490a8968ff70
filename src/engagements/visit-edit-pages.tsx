import { Hono } from 'hono'
import { writtenFields } from '../accounts/form.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { amendContact, contactBefore, contactToAmend } from './actions/contact.ts'
import { correctionsOf, postedSheet, type Sheet, type SheetForm, sheetOf } from './parts/sheet-form.ts'
import { messagesBy, sheetFieldOf } from './parts/visit-fields.ts'
import { conflictsOf, settled, VisitConflictPage, VisitEditPage } from './visit-edit-page.tsx'

const Version = z.looseObject({ version: z.coerce.number().int().min(1) })

/** Where whoever made a visit puts its sheet right. */
export function visitEditPages() {
  return new Hono<Env>()
    .get('/visits/:id/edit', async (c) => {
      const sheet = await sheetToAmend(c)
      return formPage(c, sheet, sheetOf(sheet), sheet.version)
    })
    .post('/visits/:id/edit', save)
}

/** 303 to the sheet, the form with what is wrong (422), or both versions where somebody else was faster (412). */
async function save(c: AppContext) {
  const { ports, actor } = c.var
  const posted = await writtenFields(c)
  const { version } = parseInput(Version, posted)
  const sheet = await sheetToAmend(c)
  const stored = sheetOf(sheet)
  const form = settled(postedSheet(posted, stored), stored, posted)
  if (sheet.version !== version) return conflict(c, sheet, form, version)
  const saved = await unlessRefused(
    async () => amendContact(ports, actor, sheet.id, version, correctionsOf(form, sheet)),
    ['invalid-input', 'version-differs'],
  )
  if (!(saved instanceof Problem)) return c.redirect(`/visits/${sheet.id}`, 303)
  if (saved.kind === 'version-differs') return conflict(c, await sheetToAmend(c), form, version)
  return formPage(c, sheet, form, version, messagesBy(saved.facts.errors ?? [], viewOf(c).words, sheetFieldOf))
}

async function conflict(c: AppContext, sheet: Sheet, mine: SheetForm, version: number) {
  const before = await contactBefore(c.var.ports, c.var.actor, sheet.id, version)
  const conflicts = conflictsOf(mine, sheetOf(sheet), before && isSheet(before) ? sheetOf(before) : null)
  // What both wrote alike is saved already.
  if (conflicts.length === 0) return c.redirect(`/visits/${sheet.id}`, 303)
  return answerPage(c, <VisitConflictPage {...{ view: viewOf(c), sheet, mine, conflicts }} />, 412)
}

/** 404 for a contact without a sheet. */
async function sheetToAmend(c: AppContext): Promise<Sheet> {
  const id = c.req.param('id')!
  const contact = await contactToAmend(c.var.ports, c.var.actor, id)
  if (!isSheet(contact)) throw new Problem('not-found', { id })
  return contact
}

const isSheet = (contact: Awaited<ReturnType<typeof contactToAmend>>): contact is Sheet => contact.visit !== null

function formPage(c: AppContext, sheet: Sheet, values: SheetForm, version: number, messages: Record<string, string> = {}) {
  const form = { values, chosen: {}, messages }
  return answerPage(c, <VisitEditPage {...{ view: viewOf(c), sheet, version, form }} />, Object.keys(messages).length > 0 ? 422 : 200)
}
