import { Hono } from 'hono'
import type { Session } from '../accounts/account.ts'
import { type OpenAuth, signOut } from '../accounts/actions/session.ts'
import { type Actor, actingAs } from '../accounts/actor.ts'
import { blankForm, doneOrShortForm, postedFields, writtenFields } from '../accounts/form.ts'
import { expertActions } from '../directory/actions.ts'
import { brokers, experts } from '../directory/store.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { ProfilePurpose } from '../privacy/consent.ts'
import { findPrivacy, latestConsent } from '../privacy/store.ts'
import { agree, answerForOneself, ownConsents } from './actions/consent.ts'
import { erase } from './actions/erase.ts'
import { exportOwn } from './actions/export.ts'
import { findPerson } from './actions/find-person.ts'
import { type Proof, proveOneself, sendProof } from './actions/prove.ts'
import { AgreementPage } from './agreement-page.tsx'
import { DataPage } from './data-page.tsx'
import { ErasedPage, ErasurePage } from './erasure-page.tsx'
import { noticeOf } from './parts/notice.ts'
import { PrivacyPage } from './privacy-page.tsx'

/** What is held about people, and one's own. */
export function personPages(auth: OpenAuth) {
  return new Hono<Env>()
    .get('/privacy', async (c) => {
      const view = viewOf(c)
      return answerPage(c, <PrivacyPage view={view} notice={noticeOf(await findPrivacy(c.var.ports.database), view.words)} />)
    })
    .get('/account/agreement', (c) => signedIn(c, (session) => agreementPage(c, session)))
    .post('/account/agreement', (c) => signedIn(c, (session) => decided(c, auth, session)))
    .get('/account/data', (c) => signedIn(c, (session) => dataPage(c, session)))
    .get('/account/data/export', (c) => signedIn(c, (session) => exportFile(c, session)))
    .post('/account/data/consents', (c) =>
      signedIn(c, async (session) => {
        const { purpose, expertId = '', isGiven } = await postedFields(c)
        const answer = { purpose: parseInput(ProfilePurpose, purpose), expertId, isGiven: isGiven === 'yes' }
        await answerForOneself(c.var.ports, session, answer)
        return c.redirect('/account/data', 303)
      }),
    )
    .post('/account/data/shown', (c) =>
      signedIn(c, async (session) => {
        const { expertId = '', version, visibility, name, works, contact } = await postedFields(c)
        const patch = { visibility, shown: { name, works, contact } }
        await expertActions.amend(c.var.ports, asExpert(session, expertId), expertId, parseInput(z.coerce.number().int(), version), patch)
        return c.redirect('/account/data', 303)
      }),
    )
    .get('/account/data/erasure', (c) => signedIn(c, (session) => erasurePage(c, session, blankForm, c.req.query('code') ?? null)))
    .post('/account/data/erasure/code', (c) =>
      signedIn(c, async (session) => {
        const { id = null } = await writtenFields(c)
        const sent = await doneOrShortForm(viewOf(c).words, {}, [], () => sendProof(c.var.ports, session, c.var.locale))
        // The code that was sent before is still good.
        if ('form' in sent) return erasurePage(c, session, sent.form, id)
        return c.redirect(`/account/data/erasure?${new URLSearchParams({ code: sent.done.id })}`, 303)
      }),
    )
    .post('/account/data/erasure', (c) => signedIn(c, (session) => erased(c, auth, session)))
}

/** Who is not signed in is asked to, and comes back. */
function signedIn(c: AppContext, answer: (session: Session) => Promise<Response>): Promise<Response> | Response {
  if (c.var.session !== null) return answer(c.var.session)
  const back = c.req.method === 'GET' ? viewOf(c).path : '/account/data'
  return c.redirect(`/sign-in?${new URLSearchParams({ back })}`, 303)
}

/** An account that nobody stands behind yet goes at once if its owner does not agree. */
async function standing(c: AppContext, { account, memberships }: Session) {
  const latest = await latestConsent(c.var.ports.database, { accountId: account.id }, 'account')
  return { isAnew: latest !== undefined, isNew: latest === undefined && memberships.length === 0 }
}

async function agreementPage(c: AppContext, session: Session) {
  const back = ownPath(c.req.query('back') ?? '/')
  const { responsible } = (await findPrivacy(c.var.ports.database)).settings
  if (!session.needsAgreement || responsible === null) return c.redirect(back, 303)
  return answerPage(c, <AgreementPage {...{ view: viewOf(c), back, responsible, ...(await standing(c, session)) }} />)
}

async function decided(c: AppContext, auth: OpenAuth, session: Session) {
  const { decision, back = '/' } = await postedFields(c)
  if (decision === 'agree') {
    await agree(c.var.ports, session)
    return c.redirect(ownPath(back), 303)
  }
  const { isNew } = await standing(c, session)
  if (!isNew) return c.redirect('/account/data', 303)
  return eraseOwn(c, auth, session)
}

async function dataPage(c: AppContext, session: Session) {
  const { ports } = c.var
  const ids = session.memberships.flatMap(({ role, subjectId }) => (role === 'expert' && subjectId !== null ? [subjectId] : []))
  const profiles = await experts.findMany(ports.database, ids)
  return answerPage(c, <DataPage {...{ view: viewOf(c), consents: await ownConsents(ports, session), profiles }} />)
}

async function exportFile(c: AppContext, { account }: Session) {
  const data = await exportOwn(c.var.ports, account.id)
  return c.body(JSON.stringify(data, null, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="sunmao-my-data.json"',
    'cache-control': 'no-store',
  })
}

/** The person as the expert that he is, whomever he has chosen to act for. 404 for a profile that is not his. */
function asExpert({ account, memberships }: Session, expertId: string): Actor {
  if (!memberships.some(({ role, subjectId }) => role === 'expert' && subjectId === expertId)) throw new Problem('not-found')
  return actingAs('expert', expertId, { accountId: account.id })
}

async function erasurePage(c: AppContext, session: Session, form: FormState, codeId: string | null) {
  const { ports } = c.var
  const { account } = session
  const data = await exportOwn(ports, account.id)
  const people = [
    ...(await experts.findMany(ports.database, data.profileIds)),
    ...(await brokers.findMany(ports.database, data.profileIds)),
  ]
  const props = {
    view: viewOf(c),
    form,
    phone: account.phone,
    hasPassword: account.hasPassword,
    codeId,
    profiles: people.map(({ name }) => name),
    contacts: new Set(data.contacts.map(({ demandId }) => demandId)).size,
  }
  return answerPage(c, <ErasurePage {...props} />, Object.keys(form.messages).length > 0 ? 422 : 200)
}

async function erased(c: AppContext, auth: OpenAuth, session: Session) {
  const { ports } = c.var
  const fields = await writtenFields(c)
  const proof = await doneOrShortForm(viewOf(c).words, fields, ['confirmed'], async () => {
    if (fields.confirmed !== 'yes') throw fault('/confirmed', 'not-confirmed')
    await proveOneself(ports, await auth(isSecure(c)), session, proofIn(session, fields))
    return session
  })
  if ('form' in proof) return erasurePage(c, session, proof.form, fields.id ?? null)
  return eraseOwn(c, auth, session)
}

function proofIn({ account }: Session, { id = '', code = '', password = '' }: Record<string, string>): Proof {
  if (account.phone === null && !account.hasPassword) return { kind: 'session' }
  const digits = code.normalize('NFKC').replaceAll(/\s/g, '')
  if (id !== '' && digits !== '') return { kind: 'code', id, code: digits }
  if (password !== '') return { kind: 'password', password }
  throw fault(id === '' ? '/password' : '/code', 'no-proof')
}

const fault = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })

/** Nobody is signed in on this page any more. */
async function eraseOwn(c: AppContext, auth: OpenAuth, { account }: Session) {
  const { ports } = c.var
  const cookies = await signOut(await auth(isSecure(c)), c.req.raw.headers)
  await erase(ports, await findPerson(ports, account.id), { reason: 'own-request', by: account.id })
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  c.set('session', null)
  return answerPage(c, <ErasedPage view={viewOf(c)} />)
}
