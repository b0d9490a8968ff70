import { Hono } from 'hono'
import { postedFields } from '../accounts/form.ts'
import { may } from '../accounts/permissions.ts'
import { fieldName } from '../demands/field-name.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { id, z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { problemDocument } from '../platform/web/problem-document.ts'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { distinguish, reconsider } from './actions/decide.ts'
import { mergeDemands } from './actions/merge.ts'
import { compareTwins } from './actions/overview.ts'
import { recordsOf } from './actions/records.ts'
import { unmergeDemand } from './actions/unmerge.ts'
import { MergingPage } from './merging-page.tsx'
import { RecordsPage } from './records-page.tsx'
import { MergeField } from './twins.ts'

const Said = z.looseObject({ withId: id('dem'), back: z.string() })

/** Two demands beside each other, and what is decided of them. */
export function twinsPages() {
  return new Hono<Env>()
    .get('/demands/:id/merging', (c) => mergingPage(c, c.req.query('with') ?? '', {}, null))
    .post('/demands/:id/merging', postMerging)
    .post('/demands/:id/merging/undoing', async (c) => {
      const demand = await unmergeDemand(c.var.ports, c.var.actor, c.req.param('id'))
      return c.redirect(`/demands/${demand.id}`, 303)
    })
    .post('/demands/:id/distinction', async (c) => {
      const { withId, back } = parseInput(Said, await postedFields(c))
      await distinguish(c.var.ports, c.var.actor, c.req.param('id'), withId)
      return c.redirect(ownPath(back), 303)
    })
    .post('/demands/:id/distinction/undoing', async (c) => {
      const { withId, back } = parseInput(Said, await postedFields(c))
      await reconsider(c.var.ports, c.var.actor, c.req.param('id'), withId)
      return c.redirect(ownPath(back), 303)
    })
    .get('/demands/:id/records', async (c) => {
      const records = await recordsOf(c.var.ports, c.var.actor, c.req.param('id'))
      return answerPage(c, <RecordsPage view={viewOf(c)} records={records} />)
    })
}

async function mergingPage(c: AppContext, withId: string, chosen: Record<string, string>, refused: Problem | null) {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const comparison = await compareTwins(ports, actor, c.req.param('id')!, withId)
  const refusal = refused && refusalOf(refused, c)
  const mayMergeEnterprises = may(actor, 'merger.merge')
  return answerPage(c, <MergingPage {...{ view, comparison, chosen, refusal, mayMergeEnterprises }} />, refused === null ? 200 : 422)
}

function refusalOf(refused: Problem, c: AppContext): string {
  const { words } = viewOf(c)
  const [past] = refused.facts.errors ?? []
  if (past !== undefined)
    return `${fieldName(past.pointer.replace(/^\/take/, ''), words)}${words.units.colon}${words.fault(past.code, past.facts ?? {})}`
  return refused.kind === 'changed-meanwhile' ? words.twins.merging.changed : problemDocument(refused, words, '').detail
}

/** 303 to the demand that stays, or both again with why it was refused. */
async function postMerging(c: AppContext) {
  const { ports, actor } = c.var
  const fields = await postedFields(c)
  const Ids = z.looseObject({ with: id('dem'), stays: id('dem') })
  const { with: withId, stays } = parseInput(Ids, fields)
  const firstId = c.req.param('id')!
  const otherId = stays === firstId ? withId : firstId
  if (stays !== firstId && stays !== withId) throw new Problem('invalid-input', { errors: [{ pointer: '/stays', code: 'invalid-value' }] })
  const request = {
    withId: otherId,
    version: Number(fields[`version-${stays}`]),
    withVersion: Number(fields[`version-${otherId}`]),
    take: MergeField.options.filter((field) => fields[`take-${field}`] === otherId),
  }
  const merged = await unlessRefused(
    () => mergeDemands(ports, actor, stays, request),
    ['changed-meanwhile', 'not-allowed-now', 'telling-words', 'invalid-input'],
  )
  if (merged instanceof Problem) return mergingPage(c, withId, fields, merged)
  return c.redirect(`/demands/${stays}?merged=${otherId}`, 303)
}
