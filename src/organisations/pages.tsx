import { Hono } from 'hono'
import { blankForm, doneOrForm } from '../accounts/form.ts'
import { may, permit } from '../accounts/permissions.ts'
import { findSubject } from '../directory/actions.ts'
import { Proof, VerificationDecision, verifiableKinds } from '../directory/verification.ts'
import { kindOfId } from '../platform/ids.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { ProfilePurpose } from '../privacy/consent.ts'
import { listWaiting } from '../vetting/actions.ts'
import { decideClaim, listClaims, requestClaim, withdrawClaim } from './actions/claim.ts'
import { listMergers, merge, mergedNames, previewMerger, undoMerger } from './actions/merger.ts'
import { decideVerification, mayAsk, readVerification, requestVerification, withdrawVerification } from './actions/verification.ts'
import { employersAsked, listVerifications } from './actions/verifications.ts'
import { ClaimDecision, ClaimRequest, claimedKinds } from './claim.ts'
import { ClaimPage, ClaimsPage } from './claim-pages.tsx'
import { DeskPage, MergerPage } from './desk-page.tsx'
import { MergerRequest } from './merger.ts'
import { proofFields, VerificationPage } from './verification-page.tsx'

const page = { after: null, limit: 100 }

/** One's own verification and claims, and the desk where they are answered. */
export function organisationPages() {
  return new Hono<Env>()
    .get('/account/verification', (c) => verificationPage(c, blankForm))
    .post('/account/verification', (c) =>
      submitted(c, proofFields, '/account/verification', verificationPage, ({ note = null, email = null, link = null }) =>
        requestVerification(c.var.ports, c.var.actor, c.var.actor.id, parseInput(Proof, { note, email, link })),
      ),
    )
    .post('/account/verification/withdrawal', (c) =>
      submitted(c, [], '/account/verification', verificationPage, ({ id }) => withdrawVerification(c.var.ports, c.var.actor, id ?? '')),
    )
    .get('/account/claims', async (c) => {
      permit(c.var.actor, 'claim.request')
      const { items } = await listClaims(c.var.ports, c.var.actor, { state: null, subjectId: null }, page)
      const own = items.filter(({ accountId }) => accountId === c.var.actor.accountId)
      return answerPage(c, <ClaimsPage view={viewOf(c)} claims={own} />)
    })
    .post('/account/claims/withdrawal', async (c) => {
      await withdrawClaim(c.var.ports, c.var.actor, (await fields(c)).id ?? '')
      return c.redirect('/account/claims', 303)
    })
    .get('/claims/new/:id', (c) => claimPage(c, blankForm))
    .post('/claims/new/:id', (c) =>
      submitted(c, ['note', ...ProfilePurpose.options], '/account/claims', claimPage, ({ note, ...ticked }) => {
        const agreesTo = ProfilePurpose.options.filter((purpose) => ticked[purpose] === 'yes')
        const request = { subjectId: c.req.param('id'), note: note ?? null, agreesTo }
        return requestClaim(c.var.ports, c.var.actor, parseInput(ClaimRequest, request))
      }),
    )
    .get('/desk', (c) => deskPage(c, blankForm))
    .post('/desk/verifications', (c) =>
      submitted(c, ['id', 'reason'], '/desk', deskPage, ({ id, verdict, reason }) =>
        decideVerification(c.var.ports, c.var.actor, id ?? '', parseInput(VerificationDecision, { verdict, reason: reason ?? null })),
      ),
    )
    .post('/desk/claims', (c) =>
      submitted(c, ['id', 'reason'], '/desk', deskPage, ({ id, verdict, reason }) =>
        decideClaim(c.var.ports, c.var.actor, id ?? '', parseInput(ClaimDecision, { verdict, reason: reason ?? null })),
      ),
    )
    .post('/desk/mergers', (c) =>
      submitted(c, mergerFields, '/desk', deskPage, (posted) => merge(c.var.ports, c.var.actor, mergerIn(posted))),
    )
    .post('/desk/mergers/preview', async (c) => {
      const posted = await fields(c)
      const written = Object.fromEntries(Object.entries(posted).map(([name, value]) => [name, value ?? '']))
      const asked = await doneOrForm(viewOf(c).words, written, mergerFields, async () => {
        const request = mergerIn(posted)
        return { request, ...(await previewMerger(c.var.ports, c.var.actor, request)) }
      })
      if ('form' in asked) return deskPage(c, asked.form)
      return answerPage(c, <MergerPage view={viewOf(c)} merging={asked.done} />)
    })
    .post('/desk/mergers/undoing', async (c) => {
      await undoMerger(c.var.ports, c.var.actor, (await fields(c)).id ?? '')
      return c.redirect('/desk', 303)
    })
}

const mergerFields = ['fromId', 'intoId', 'mergeReason']
/** Every form of the desk has a reason of its own. */
const MergerForm = MergerRequest.omit({ reason: true }).extend({ mergeReason: MergerRequest.shape.reason })
function mergerIn({ fromId = '', intoId = '', mergeReason = '' }: Record<string, string | undefined>): MergerRequest {
  const { mergeReason: reason, ...ids } = parseInput(MergerForm, { fromId: fromId.trim(), intoId: intoId.trim(), mergeReason })
  return { ...ids, reason }
}

/** What was posted; a field that was left empty is not there. */
async function fields(c: AppContext): Promise<Record<string, string | undefined>> {
  const posted = parseInput(z.record(z.string(), z.string()), await postedForm(c))
  return Object.fromEntries(Object.entries(posted).filter(([, value]) => value.trim() !== ''))
}

/** 303 to the next page, or the form again as it was written, with its messages. */
async function submitted(
  c: AppContext,
  kept: readonly string[],
  next: string,
  formPage: (c: AppContext, form: FormState) => Promise<Response>,
  act: (fields: Record<string, string | undefined>) => Promise<object>,
): Promise<Response> {
  const posted = await fields(c)
  const written = Object.fromEntries(Object.entries(posted).map(([name, value]) => [name, value ?? '']))
  const answer = await doneOrForm(viewOf(c).words, written, kept, () => act(posted))
  return 'done' in answer ? c.redirect(next, 303) : formPage(c, answer.form)
}

const statusOf = ({ messages }: FormState) => (Object.keys(messages).length > 0 ? 422 : 200)

async function verificationPage(c: AppContext, form: FormState): Promise<Response> {
  const { ports, actor } = c.var
  if (actor.accountId === null && actor.role === 'visitor') throw new Problem('not-signed-in')
  const isVerifiable = verifiableKinds.some((kind) => kind === kindOfId(actor.id))
  const found = isVerifiable ? await findSubject(ports, actor, verifiableKinds, actor.id) : null
  const verification = found === null ? null : await readVerification(ports, actor, actor.id)
  const props = {
    view: viewOf(c),
    subject: found?.subject ?? null,
    isPerson: found?.kind === 'expert',
    verification,
    institutions: verification === null ? [] : await employersAsked(ports, verification),
    mayRequest: found !== null && (await mayAsk(ports, actor, actor.id)),
    form,
  }
  return answerPage(c, <VerificationPage {...props} />, statusOf(form))
}

async function claimPage(c: AppContext, form: FormState): Promise<Response> {
  const { ports, actor } = c.var
  permit(actor, 'claim.request')
  const { subject } = await findSubject(ports, actor, claimedKinds, c.req.param('id')!)
  // The name of somebody who has not claimed his profile is not for outsiders.
  const isExpert = kindOfId(subject.id) === 'expert'
  const isNamed = !isExpert || may(actor, 'expert.read-whole')
  return answerPage(
    c,
    <ClaimPage {...{ view: viewOf(c), subject: { id: subject.id, name: isNamed ? subject.name : null, isExpert }, form }} />,
    statusOf(form),
  )
}

async function deskPage(c: AppContext, form: FormState): Promise<Response> {
  const { ports, actor } = c.var
  const isOperator = may(actor, 'verification.decide')
  const vouches = may(actor, 'expert.verify', ['organisation'])
  if (!isOperator) permit(actor, 'claim.decide', ['organisation'])
  const [verifications, claims, mergers] = await Promise.all([
    isOperator || vouches ? listVerifications(ports, actor, 'requested', page) : { items: [] },
    listClaims(ports, actor, { state: 'requested', subjectId: isOperator ? null : actor.id }, page),
    may(actor, 'merger.read') ? listMergers(ports, actor, page) : null,
  ])
  const names = await mergedNames(ports, mergers?.items ?? [])
  const props = {
    view: viewOf(c),
    verifications: verifications.items.toReversed(),
    claims: claims.items,
    mergers: mergers?.items ?? null,
    names,
    form,
    waiting: may(actor, 'demand.publish') ? (await listWaiting(ports, actor)).length : null,
  }
  return answerPage(c, <DeskPage {...props} />, statusOf(form))
}
