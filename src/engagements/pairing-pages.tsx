import { Hono } from 'hono'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { demandRelations, readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { findSettings } from '../market/store.ts'
import { demandToMatch } from '../matching/actions/match-offerings.ts'
import { matchesOf } from '../matching/actions/matches-of.ts'
import { Decline } from '../matching/refusal.ts'
import { wordDocument, wordType } from '../platform/documents/word.ts'
import { kindOfId } from '../platform/ids.ts'
import { parseInput } from '../platform/input.ts'
import { text, z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerFile } from '../platform/web/download.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { proposeEngagement } from './actions/engagement.ts'
import { answerInterest, expressInterest, withdrawInterest } from './actions/interest.ts'
import { sendInvitation, withdrawInvitation } from './actions/invitation.ts'
import { endRefusal, recordRefusal } from './actions/refusal.ts'
import { knownSides } from './actions/sides.ts'
import { EngagementRequest } from './engagement.ts'
import { type InterestAnswer, InterestRequest } from './interest.ts'
import { InvitationRequest } from './invitation.ts'
import { MadeInvitationPage } from './made-page.tsx'
import { PairingPage } from './pairing-page.tsx'
import { declineFields, declineIn } from './parts/decline.tsx'
import { ownContact } from './parts/own-contact.ts'
import { pairingPath, shownPairing } from './parts/pairing.ts'
import { talkingPoints } from './parts/talking-points.ts'
import { ReferralDraft } from './referral.ts'

/** Of a person to call, on a form that asks for one. */
const ContactFields = z.object({ name: text(1, 60), phone: text(5, 40) })
const contactIn = (fields: Record<string, string>) => ({
  ...parseInput(ContactFields, { name: fields.name, phone: fields.phone }),
  email: null,
})

/** One demand with one who could solve it: looked at, asked, answered, refused, carried on. */
export function pairingPages() {
  const at = '/pairings/:demandId/:supplyId'
  return (
    new Hono<Env>()
      // Whoever wants to answer a demand, whatever he is here so far.
      .get('/pairings/:demandId/own', (c) => c.redirect(ownPairing(c), 303))
      .get(`${at}/talking-points`, talkingPointsFile)
      .get(at, async (c) => pairingPage(c, await filledIn(c)))
      .post(`${at}/interest`, (c) =>
        doing(c, ['note', 'name', 'phone'], async (fields) => {
          const contact = contactIn(fields)
          return expressInterest(
            c.var.ports,
            c.var.actor,
            parseInput(InterestRequest, { ...idsOf(c), note: written(fields.note), contact }),
          )
        }),
      )
      .post(`${at}/interest/answer`, (c) =>
        doing(c, ['name', 'phone', 'referred', 'institution', 'referNote', ...declineFields], async (fields) =>
          answerInterest(c.var.ports, c.var.actor, fields.id ?? '', answerIn(fields)),
        ),
      )
      .post(`${at}/interest/withdrawal`, (c) => doing(c, [], ({ id = '' }) => withdrawInterest(c.var.ports, c.var.actor, id)))
      .post(`${at}/refusal`, (c) =>
        doing(c, declineFields, (fields) =>
          recordRefusal(c.var.ports, c.var.actor, { ...parseIds(c), ...parseInput(Decline, declineIn(fields)) }),
        ),
      )
      .post(`${at}/refusal/ending`, (c) => doing(c, [], ({ id = '' }) => endRefusal(c.var.ports, c.var.actor, id)))
      .post(`${at}/engagement`, (c) =>
        doing(c, [], () => proposeEngagement(c.var.ports, c.var.actor, parseInput(EngagementRequest, { ...idsOf(c), outside: null }))),
      )
      .post(`${at}/invitation/withdrawal`, (c) => doing(c, [], ({ id = '' }) => withdrawInvitation(c.var.ports, c.var.actor, id)))
      .post(`${at}/invitation`, invite)
  )
}

function answerIn(fields: Record<string, string>): InterestAnswer {
  switch (fields.answer) {
    case 'accepted':
    case 'call':
      return { answer: fields.answer, contact: contactIn(fields) }
    case 'referred': {
      const { referred, institution, referNote } = fields
      return { answer: 'referred', ...parseInput(ReferralDraft, { referred, institution: written(institution), note: written(referNote) }) }
    }
    default:
      return { answer: 'declined', ...parseInput(Decline, declineIn(fields)) }
  }
}

function ownPairing(c: AppContext): string {
  const demandId = c.req.param('demandId')!
  const { actor, session } = c.var
  if (session !== null && (actor.role === 'expert' || actor.role === 'institution')) return pairingPath(demandId, actor.id)
  return `/account/enrolment?${new URLSearchParams({ as: 'expert', back: pairingPath(demandId, 'own') })}`
}

const idsOf = (c: AppContext) => ({ demandId: c.req.param('demandId'), supplyId: c.req.param('supplyId') })
const parseIds = (c: AppContext) => parseInput(InterestRequest.pick({ demandId: true, supplyId: true }), idsOf(c))
const written = (value: string | undefined) => (value?.trim() ? value.replaceAll('\r\n', '\n') : null)

/** Does it and comes back, or shows the form with what is wrong. */
async function doing(c: AppContext, kept: readonly string[], act: (fields: Record<string, string>) => Promise<object>) {
  const fields = await writtenFields(c)
  const done = await doneOrForm(viewOf(c).words, fields, kept, () => act(fields))
  if ('form' in done) return pairingPage(c, named(done.form, fields.answer))
  const path = pairingPath(c.req.param('demandId')!, c.req.param('supplyId')!)
  return c.redirect(fields.back === undefined ? path : ownPath(fields.back), 303)
}

/** Messages at the names that the forms have. */
const named = ({ messages, ...form }: FormState, answer?: string): FormState => ({
  ...form,
  messages: Object.fromEntries(
    Object.entries(messages).map(([name, message]) => [
      name === 'note' && !('note' in form.values) ? ('word' in form.values ? 'word' : answer === 'referred' ? 'referNote' : 'why') : name,
      message,
    ]),
  ),
})

/** For whoever carries the demand. */
async function talkingPointsFile(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const supplyId = c.req.param('supplyId')!
  const demand = await demandToMatch(ports, actor, c.req.param('demandId')!)
  permit(actor, 'demand.read-every-exclusion', demandRelations(actor, demand))
  await knownSides(ports, actor, { demandId: demand.id, supplyId })
  const told = (await matchesOf(ports, actor, demand, [supplyId])).get(supplyId)!
  const title = demandTitle(await readDemand(ports, actor, demand.id), view)
  const kind = kindOfId(supplyId) === 'expert' ? 'expert' : 'offering'
  const { talking: words, shortlist } = view.words.engagement
  const { settings } = await findSettings(ports.database)
  const foot = shortlist.foot(view.locale === 'en' ? settings.nameEn : settings.name, view.words.units.day(view.today))
  const bytes = await wordDocument(talkingPoints(view, { title }, { kind, id: supplyId }, told), { title: words.title, foot })
  return answerFile(c, { name: words.fileName(title.slice(0, 40)), plainName: 'talking-points.docx', type: wordType, bytes })
}

async function pairingPage(c: AppContext, form: FormState) {
  const pairing = await shownPairing(c, c.req.param('demandId')!, c.req.param('supplyId')!)
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <PairingPage view={viewOf(c)} pairing={pairing} form={form} />, status)
}

/** The contact person whom the demand names already; else the one who is signed in. */
async function filledIn(c: AppContext): Promise<FormState> {
  const { demand, side } = await shownPairing(c, c.req.param('demandId')!, c.req.param('supplyId')!)
  const contact = side === 'demand' ? demand.businessContact : null
  return contact === null ? ownContact(c) : { ...blankForm, values: { name: contact.name, phone: contact.phone ?? '' } }
}

async function invite(c: AppContext) {
  const view = viewOf(c)
  const fields = await writtenFields(c)
  const done = await doneOrForm(view.words, fields, ['word'], async () =>
    sendInvitation(c.var.ports, c.var.actor, parseInput(InvitationRequest, { ...idsOf(c), note: written(fields.word) })),
  )
  if ('form' in done) return pairingPage(c, named(done.form))
  const { demand, supply } = await shownPairing(c, done.done.demandId, done.done.supplyId)
  return answerPage(c, <MadeInvitationPage view={view} made={done.done} demand={demandTitle(demand, view)} supply={supply.name} />)
}
