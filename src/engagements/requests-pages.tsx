import { Hono } from 'hono'
import { blankForm, doneOrForm, postedFields, writtenFields } from '../accounts/form.ts'
import { may } from '../accounts/permissions.ts'
import { readDemand } from '../demands/actions.ts'
import { expertView } from '../directory/actions.ts'
import { expertName } from '../directory/cards.tsx'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { id, z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { readable } from '../platform/web/parts/readable.ts'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { delegateRequests, endDelegation, readDelegation, undoDelegations } from './actions/delegation.ts'
import { answerInvitation } from './actions/received.ts'
import { delegates, listRequests, readRequest } from './actions/requests.ts'
import { findSides } from './actions/sides.ts'
import { DelegationRequest, DelegationUndoing, delegatedAtMost } from './delegation.ts'
import { InvitationReply } from './invitation.ts'
import type { Wrong } from './parts/inbox-item.tsx'
import { ownContact } from './parts/own-contact.ts'
import { supplyName } from './parts/pairing.ts'
import { namedReply, replyFields, replyIn } from './parts/reply-forms.tsx'
import { RequestPage } from './request-page.tsx'
import { RequestsPage, type Said, type ShownRequest } from './requests-page.tsx'

/** What a whole institution is asked, and the forms that hand it to its people. */
export function requestPages() {
  return new Hono<Env>()
    .get('/requests', (c) => requestsPage(c))
    .post('/requests/delegation', delegate)
    .get('/requests/:id', (c) => invitationPage(c, null))
    .post('/requests/:id', async (c) => {
      const fields = await writtenFields(c)
      const { answer = '' } = fields
      const id = c.req.param('id')
      const done = await doneOrForm(viewOf(c).words, fields, replyFields, async () =>
        answerInvitation(c.var.ports, c.var.actor, id, parseInput(InvitationReply, replyIn(fields))),
      )
      if ('form' in done) return invitationPage(c, { about: id, answer, form: namedReply(done.form, answer) })
      return c.redirect(`/requests/${id}`, 303)
    })
    .post('/requests/delegation/undoing', async (c) => {
      const { seen } = await posted(c, 'seen')
      const delegations = seen.map((each) => {
        const [id, version] = each.split(':')
        return { id, version: Number(version) }
      })
      await undoDelegations(c.var.ports, c.var.actor, parseInput(DelegationUndoing, { delegations }))
      return c.redirect('/requests?said=undone', 303)
    })
    .post('/requests/delegation/ending', async (c) => {
      const { id: ended } = await endDelegation(c.var.ports, c.var.actor, (await postedFields(c)).id ?? '')
      return c.redirect(`/requests?${new URLSearchParams({ said: 'ended', of: ended })}`, 303)
    })
}

/** The fields of a form of which one may come several times. */
async function posted<Name extends string>(c: AppContext, several: Name) {
  const { [several]: many = [], ...rest } = (await postedForm(c, { all: true })) as Record<string, unknown>
  const fields = parseInput(z.record(z.string(), z.string()), rest)
  return { fields, [several]: [many].flat().map(String) } as { fields: Record<string, string> } & Record<Name, string[]>
}

const written = (value: string | undefined) => (value?.trim() ? value.replaceAll('\r\n', '\n') : null)

async function delegate(c: AppContext) {
  const view = viewOf(c)
  const { fields, request: requestIds } = await posted(c, 'request')
  if (requestIds.length === 0) {
    const messages = { request: view.words.engagement.requests.noneChosen }
    return requestsPage(c, { values: fields, chosen: {}, messages })
  }
  const asked = { requestIds, to: fields.to, note: written(fields.note), until: written(fields.until) }
  const done = await doneOrForm(view.words, fields, ['to', 'note', 'until'], async () => ({
    made: await delegateRequests(c.var.ports, c.var.actor, parseInput(DelegationRequest, asked)),
  }))
  if ('form' in done) return requestsPage(c, { ...done.form, chosen: { request: requestIds } })
  return c.redirect(`/requests?${new URLSearchParams({ said: 'made', of: done.done.made.map((each) => each.id).join(',') })}`, 303)
}

async function requestsPage(c: AppContext, form: FormState = blankForm) {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const isDone = c.req.query('state') === 'done'
  const found = await listRequests(ports, actor, isDone)
  const people = may(actor, 'delegation.make', ['organisation']) ? await delegates(ports, actor) : null
  const demands = await readable(
    found.map(({ demandId }) => demandId),
    (each) => readDemand(ports, actor, each),
  )
  const options = (people ?? []).map((expert) => ({ value: expert.id, label: expertName(expertView(actor, expert), view) }))
  const nameOf = (expertId: string) => options.find(({ value }) => value === expertId)?.label ?? expertId
  const shown = await Promise.all(
    found.map(async (request): Promise<ShownRequest[]> => {
      const [demand, sides] = [demands.get(request.demandId), await findSides(ports, request)]
      if (demand === undefined || sides === undefined) return []
      const supply = { kind: sides.supply.kind, name: supplyName(view, sides.supply) }
      return [{ request, demand, supply, holder: request.delegation && nameOf(request.delegation.to) }]
    }),
  )
  const said = await saidIn(c)
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  const props = { view, form, isDone, said, nameOf, people: people && options, requests: shown.flat() }
  return answerPage(c, <RequestsPage {...props} />, status)
}

/** What the form that led here did, and the delegations by which it is undone. */
async function saidIn(c: AppContext): Promise<Said | null> {
  const said = z.enum(['made', 'ended', 'undone']).safeParse(c.req.query('said')).data
  if (said === undefined) return null
  const ids =
    z
      .array(id('dlg'))
      .max(delegatedAtMost)
      .safeParse((c.req.query('of') ?? '').split(',')).data ?? []
  const of = await readable(ids, (each) => readDelegation(c.var.ports, c.var.actor, each))
  return { said, of: [...of.values()] }
}

/** One invitation, and the answers to it. */
async function invitationPage(c: AppContext, wrong: Wrong | null) {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const request = await readRequest(ports, actor, c.req.param('id')!)
  const [demand, sides] = [await readDemand(ports, actor, request.demandId), await findSides(ports, request)]
  if (request.kind !== 'invitation' || sides === undefined) throw new Problem('not-found')
  const shown = { request, demand, supply: { kind: sides.supply.kind, name: supplyName(view, sides.supply) } }
  const page = (
    <RequestPage
      {...shown}
      view={view}
      wrong={wrong}
      contact={ownContact(c)}
      canAnswer={may(actor, 'invitation.answer', ['organisation'])}
    />
  )
  return answerPage(c, page, wrong === null ? 200 : 422)
}
