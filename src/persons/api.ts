import type { Session } from '../accounts/account.ts'
import type { OpenAuth } from '../accounts/actions/session.ts'
import { ErasedPerson } from '../platform/erasures/erased-list.ts'
import { wordsOf } from '../platform/i18n/words.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { Consent, ProfilePurpose } from '../privacy/consent.ts'
import { findPrivacy } from '../privacy/store.ts'
import { agree, answerForOneself, ownConsents, recordAnswer } from './actions/consent.ts'
import { erase, erasePerson } from './actions/erase.ts'
import { exportOwn, exportPerson } from './actions/export.ts'
import { findPerson } from './actions/find-person.ts'
import { amendPrivacy } from './actions/notice.ts'
import { proveOneself, sendProof } from './actions/prove.ts'
import { applyList, readErasures } from './actions/reapply.ts'
import { noticeOf, PrivacyNotice } from './parts/notice.ts'
import { Erased, OperatorsReason, PersonData } from './person.ts'

const tag = 'Personal data'

/** What is held about people, and what they can do about it; what the operator does for those without an account. */
export function personApi(auth: OpenAuth): Api {
  const api = newApi()
  noticeEndpoints(api)
  ownEndpoints(api)
  ownErasure(api, auth)
  operatorEndpoints(api)
  return api
}

function noticeEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/privacy',
      summary: 'What personal data is held, why, on what legal basis, who sees it and how long it is kept; who is responsible',
      tag,
      returns: [200, PrivacyNotice],
      problems: [],
    },
    async ({ ports, locale }) => noticeOf(await findPrivacy(ports.database), wordsOf(locale)),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/privacy',
      summary: 'Say who is responsible, and how long things are kept (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, PrivacyNotice],
      problems: [],
    },
    async ({ ports, actor, locale, version, body }) => noticeOf(await amendPrivacy(ports, actor, version, body), wordsOf(locale)),
  )
}

/** These are for people: a token is nobody. */
function signedIn(session: Session | null): Session {
  if (session === null) throw new Problem('not-signed-in')
  return session
}

function ownEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/account/data',
      summary: 'Everything that is held about you (with the session cookie)',
      tag,
      returns: [200, PersonData],
      problems: [],
    },
    ({ ports, session }) => exportOwn(ports, signedIn(session).account.id),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/account/consents',
      summary: 'What you agreed to or refused (with the session cookie)',
      tag,
      returns: [200, z.object({ items: z.array(Consent) })],
      problems: [],
    },
    async ({ ports, session }) => ({ items: await ownConsents(ports, signedIn(session)) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/agreement',
      summary: 'Agree to how personal data is handled, for your account (with the session cookie)',
      tag,
      returns: [200, Consent],
      problems: [],
    },
    ({ ports, session }) => agree(ports, signedIn(session)),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/consents',
      summary: 'Give or withdraw consent for your own expert profile (with the session cookie)',
      tag,
      body: z.strictObject({ purpose: ProfilePurpose, expertId: z.string().max(40), isGiven: z.boolean() }),
      returns: [201, Consent],
      problems: ['not-found', 'changed-meanwhile'],
    },
    ({ ports, session, body }) => answerForOneself(ports, signedIn(session), body),
  )
}

function ownErasure(api: Api, auth: OpenAuth): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/erasure-code',
      summary: 'Have a code sent to your own number, to confirm the erasure of your data (with the session cookie)',
      tag,
      returns: [200, z.object({ id: z.string() })],
      problems: [],
    },
    ({ ports, session, locale }) => sendProof(ports, signedIn(session), locale),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/account/erasure',
      summary:
        'Erase your data and close your account, for good, with a fresh code or your password, or a session that began just now where you have neither (with the session cookie)',
      tag,
      body: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('code'), id: z.string().max(40), code: z.string().max(20) }),
        z.strictObject({ kind: z.literal('password'), password: z.string().max(200) }),
        z.strictObject({ kind: z.literal('session') }),
      ]),
      returns: [200, Erased],
      problems: ['not-allowed-now', 'changed-meanwhile'],
    },
    async ({ ports, session, body }) => {
      const own = signedIn(session)
      await proveOneself(ports, await auth(true), own, body)
      const { id } = own.account
      return erase(ports, await findPerson(ports, id), { reason: 'own-request', by: id })
    },
  )
}

function operatorEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/persons/{id}',
      summary: 'Everything that is held about a person, by the id of an account, an expert or a broker; the export is recorded',
      tag,
      returns: [200, PersonData],
      problems: ['not-permitted', 'not-found'],
    },
    ({ ports, actor, params }) => exportPerson(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/persons/{id}/erasure',
      summary: 'Erase a person, for good',
      tag,
      body: z.strictObject({ reason: OperatorsReason }),
      returns: [200, Erased],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => erasePerson(ports, actor, params.id!, body.reason),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/experts/{id}/consents',
      summary: 'Record what an expert said on paper or by phone',
      tag,
      body: z.strictObject({ purpose: ProfilePurpose, isGiven: z.boolean(), how: z.enum(['on-paper', 'by-phone']) }),
      returns: [201, Consent],
      problems: ['not-found', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body: { how, ...answer } }) => recordAnswer(ports, actor, { ...answer, expertId: params.id! }, how),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/erasures',
      summary: 'The list of erasures, to be kept where no backup reaches: ids and keyed hashes, no personal data',
      tag,
      returns: [200, z.object({ items: z.array(ErasedPerson) })],
      problems: ['not-permitted'],
    },
    async ({ ports, actor }) => ({ items: await readErasures(ports, actor) }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/erasures',
      summary: 'Apply a list of erasures after a restore; what is already known is skipped',
      tag,
      body: z.strictObject({ items: z.array(ErasedPerson).max(10_000) }),
      returns: [201, z.object({ applied: z.number().int() })],
      problems: ['changed-meanwhile'],
    },
    async ({ ports, actor, body }) => ({ applied: await applyList(ports, actor, body.items) }),
  )
}
