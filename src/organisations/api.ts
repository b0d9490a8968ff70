import { Proof, Verification, VerificationDecision, verifiedKinds } from '../directory/verification.ts'
import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { decideClaim, listClaims, requestClaim, withdrawClaim } from './actions/claim.ts'
import { enrol } from './actions/enrol.ts'
import { listMergers, merge, undoMerger } from './actions/merger.ts'
import { decideVerification, readVerification, requestVerification, withdrawVerification } from './actions/verification.ts'
import { listVerifications } from './actions/verifications.ts'
import { Claim, ClaimDecision, ClaimRequest } from './claim.ts'
import { Enrolment, EnrolmentRequest } from './enrolment.ts'
import { Merger, MergerRequest } from './merger.ts'

const tag = 'Organisations'
const ListedVerification = Verification.extend({
  subjectName: z.string(),
  institutions: z.array(z.string()),
  isOutdated: z.boolean(),
  namesakeIds: z.array(z.string()),
}).openapi('ListedVerification')
const ListedClaim = Claim.extend({ subjectName: z.string(), phone: z.string().nullable() }).openapi('ListedClaim')

/** Whether organisations are what they say, who takes over a profile, and two profiles that are one. */
export function organisationApi(): Api {
  const api = newApi()
  verificationEndpoints(api)
  claimEndpoints(api)
  enrolmentEndpoint(api)
  mergerEndpoints(api)
  return api
}

function enrolmentEndpoint(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/enrolments',
      summary: 'Join the market, for an enterprise or as an expert, and act for it from now on',
      tag,
      body: EnrolmentRequest,
      returns: [201, Enrolment],
      problems: ['not-permitted', 'already-exists'],
    },
    async ({ ports, actor, body }) => {
      const { id, role, subjectId } = await enrol(ports, actor, body)
      return { membershipId: id, role, subjectId: subjectId! }
    },
  )
}

const verified = [
  { path: '/api/organisations/{id}/verification', of: 'an organisation', kinds: verifiedKinds },
  { path: '/api/experts/{id}/verification', of: 'somebody who entered the market himself', kinds: ['expert'] },
] as const

function verificationEndpoints(api: Api): void {
  for (const { path, of, kinds } of verified) {
    endpoint(
      api,
      {
        method: 'post',
        path,
        summary: `Ask for the verification of ${of}`,
        tag,
        body: Proof,
        returns: [201, Verification],
        problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
      },
      ({ ports, actor, params, body }) => requestVerification(ports, actor, params.id!, body, kinds),
    )
    endpoint(
      api,
      {
        method: 'get',
        path,
        summary: `Read the latest verification of ${of}; null if none was requested`,
        tag,
        returns: [200, z.object({ verification: Verification.nullable() })],
        problems: ['not-permitted', 'not-found'],
      },
      async ({ ports, actor, params }) => ({ verification: await readVerification(ports, actor, params.id!, kinds) }),
    )
  }
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/verifications',
      summary: 'List verifications, newest first; an institution lists what it is asked about its people',
      tag,
      query: z.object({ ...pageQuery, state: Verification.shape.state.optional() }),
      returns: [200, pageOf(ListedVerification)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listVerifications(ports, actor, query.state ?? null, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/verifications/{id}/decision',
      summary: 'Grant, refuse or revoke a verification',
      tag,
      body: VerificationDecision,
      returns: [200, Verification],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => decideVerification(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/verifications/{id}/withdrawal',
      summary: 'Withdraw a request that nobody has answered',
      tag,
      returns: [200, Verification],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => withdrawVerification(ports, actor, params.id!),
  )
}

function claimEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/claims',
      summary: 'Claim a profile that others registered as your own, or your organisation’s',
      tag,
      body: ClaimRequest,
      returns: [201, Claim],
      problems: ['not-found', 'not-allowed-now', 'already-exists', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => requestClaim(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/claims',
      summary: 'List claims, newest first: your own, or those of profiles that you answer for',
      tag,
      query: z.object({ ...pageQuery, state: Claim.shape.state.optional(), subjectId: z.string().max(40).optional() }),
      returns: [200, pageOf(ListedClaim)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const wanted = { state: query.state ?? null, subjectId: query.subjectId ?? null }
      const { items, next } = await listClaims(ports, actor, wanted, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/claims/{id}/decision',
      summary: 'Grant or refuse a claim',
      tag,
      body: ClaimDecision,
      returns: [200, Claim],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params, body }) => decideClaim(ports, actor, params.id!, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/claims/{id}/withdrawal',
      summary: 'Withdraw your own claim',
      tag,
      returns: [200, Claim],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => withdrawClaim(ports, actor, params.id!),
  )
}

function mergerEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/mergers',
      summary: 'Merge two profiles of the same subject',
      tag,
      body: MergerRequest,
      returns: [201, Merger],
      problems: ['not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => merge(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/mergers',
      summary: 'List mergers, newest first',
      tag,
      query: z.object(pageQuery),
      returns: [200, pageOf(Merger)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listMergers(ports, actor, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/mergers/{id}/undoing',
      summary: 'Undo a merger',
      tag,
      returns: [200, Merger],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => undoMerger(ports, actor, params.id!),
  )
}
