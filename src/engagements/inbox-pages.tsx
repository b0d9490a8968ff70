import { Hono } from 'hono'
import { doneOrForm, writtenFields } from '../accounts/form.ts'
import { readDemand } from '../demands/actions.ts'
import { expertActions } from '../directory/actions.ts'
import { expertName } from '../directory/cards.tsx'
import { recommend } from '../matching/actions/recommend.ts'
import { itemsOf } from '../matching/search.ts'
import { readOffering } from '../offerings/actions.ts'
import { addDays } from '../platform/days.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { readable } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { handedTo } from './actions/delegated.ts'
import { ownInterests } from './actions/interest.ts'
import { putOff, putOffBy, takeUp } from './actions/postponement.ts'
import { answerInvitation, readReceived, waitingInvitations } from './actions/received.ts'
import { InboxPage } from './inbox-page.tsx'
import { InvitationReply, type ReceivedInvitation } from './invitation.ts'
import type { Item, Wrong } from './parts/inbox-item.tsx'
import { ownContact } from './parts/own-contact.ts'
import { type ShownPairing, shownPairing } from './parts/pairing.ts'
import { namedReply, replyFields, replyIn } from './parts/reply-forms.tsx'
import { Postponement, usualDays } from './postponement.ts'

/** Demands that look for the reader: those that ask him, those that the engine thinks fit, those that he looks at later. */
export function inboxPages() {
  return new Hono<Env>()
    .get('/inbox', (c) => inboxPage(c))
    .post('/inbox/later', async (c) => {
      const { words, today } = viewOf(c)
      const { demandId = '', supplyId = '', when = '', until = '' } = await writtenFields(c)
      const day = when in usualDays ? addDays(today, usualDays[when as keyof typeof usualDays]) : until
      const done = await doneOrForm(words, { until }, ['until'], async () => {
        await putOff(c.var.ports, c.var.actor, parseInput(Postponement, { demandId, supplyId, until: day }))
        return {}
      })
      if ('form' in done) return inboxPage(c, { about: `${demandId}/${supplyId}`, answer: 'later', form: done.form })
      return c.redirect(`/inbox?${new URLSearchParams({ about: `${demandId}/${supplyId}` })}`, 303)
    })
    .post('/inbox/later/ending', async (c) => {
      const ids = parseInput(Postponement.omit({ until: true }).loose(), await writtenFields(c))
      await takeUp(c.var.ports, c.var.actor, ids)
      return c.redirect('/inbox', 303)
    })
    .post('/inbox/invitations/:id', replyPage)
}

/** Takes the answer to a broker, and says at the field what is wrong with it. */
async function replyPage(c: AppContext) {
  const fields = await writtenFields(c)
  const { answer = '' } = fields
  const id = c.req.param('id')!
  const done = await doneOrForm(viewOf(c).words, fields, replyFields, async () =>
    answerInvitation(c.var.ports, c.var.actor, id, parseInput(InvitationReply, replyIn(fields))),
  )
  if ('form' in done) return inboxPage(c, { about: id, answer, form: namedReply(done.form, answer) })
  return c.redirect(`/inbox?${new URLSearchParams({ about: pairingOf(done.done), answered: id })}`, 303)
}

const proposedAtMost = 20

async function inboxPage(c: AppContext, wrong: Wrong | null = null) {
  const { ports, actor } = c.var
  const [mine, later] = [await ownInterests(ports, actor), await putOffBy(ports, actor)]
  const asking = await waitingInvitations(ports, actor)
  const isSupplier = actor.role === 'expert' || actor.role === 'institution'
  const proposed = isSupplier ? (await recommend(ports, actor, proposedAtMost)).items : []
  const ids = [...mine, ...later, ...asking].map(({ demandId }) => demandId).concat(proposed.map(({ match }) => match.subject.id))
  const known = await readable(ids, (id) => readDemand(ports, actor, id))
  const items = await itemsOf(ports, actor, 'demand', [...known.keys()])
  const item = (demandId: string, supplyId: string, more: Partial<Item>): Item[] => {
    const demand = known.get(demandId)
    if (demand === undefined) return []
    const side = demand.enterpriseId === actor.id ? 'demand' : 'supply'
    const until = later.find((each) => each.demandId === demandId && each.supplyId === supplyId)?.until ?? null
    return [{ demand, supplyId, side, interest: null, supplier: null, match: null, invitation: null, handed: null, until, ...more }]
  }
  // An enterprise reads who it is that answers its demand, and on the other side the demand says it.
  const suppliers = await readable([...new Set(mine.map(({ supplyId }) => supplyId))], async (id) => ({
    id,
    name: id.startsWith('off_')
      ? (await readOffering(ports, actor, id)).title
      : expertName(await expertActions.read(ports, actor, id), viewOf(c)),
  }))
  const held = await handedTo(ports, actor)
  const handed = (requestId: string) => held.find(({ delegation }) => delegation.requestId === requestId) ?? null
  const interests = mine.flatMap((interest) =>
    item(interest.demandId, interest.supplyId, {
      interest,
      supplier: suppliers.get(interest.supplyId)?.name ?? null,
      handed: handed(interest.id),
    }),
  )
  const invited = asking.flatMap((invitation) =>
    item(invitation.demandId, invitation.supplyId, { invitation, handed: handed(invitation.id) }),
  )
  const asked = new Set([...mine, ...asking].map(pairingOf))
  const matched = proposed
    .filter(({ match, for: { id } }) => !asked.has(`${match.subject.id}/${id}`))
    .flatMap(({ match, for: { id } }) => item(match.subject.id, id, { match }))
  const found = new Set([...invited, ...interests, ...matched].map(({ demand, supplyId }) => `${demand.id}/${supplyId}`))
  // What is proposed no more by itself was put off all the same.
  const others = later.filter((each) => !found.has(pairingOf(each))).flatMap(({ demandId, supplyId }) => item(demandId, supplyId, {}))
  const props = { view: viewOf(c), items: [...invited, ...interests, ...matched, ...others], isSupplier, wrong, contact: ownContact(c) }
  const isDemonstration = items.some((each) => each.isDemonstration)
  const said = { said: await saidOf(c), replied: await repliedOf(c) }
  return answerPage(c, <InboxPage {...props} {...said} isDemonstration={isDemonstration} />, wrong === null ? 200 : 422)
}

const pairingOf = ({ demandId, supplyId }: { demandId: string; supplyId: string }) => `${demandId}/${supplyId}`

/** The pairing that the reader has just said something about; null where the address names none that he may know of. */
async function saidOf(c: AppContext): Promise<ShownPairing | null> {
  const [demandId, supplyId] = (c.req.query('about') ?? '').split('/')
  if (demandId === undefined || supplyId === undefined) return null
  const found = await readable([demandId], () => shownPairing(c, demandId, supplyId))
  return found.get(demandId) ?? null
}

/** The invitation that he has just answered. */
async function repliedOf(c: AppContext): Promise<ReceivedInvitation | null> {
  const id = c.req.query('answered')
  if (id === undefined) return null
  const found = await readable([id], () => readReceived(c.var.ports, c.var.actor, id))
  return found.get(id) ?? null
}
