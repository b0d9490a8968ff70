import { day, z } from '../../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { amendContact, listContacts, listDue, markNextStep, recordContact } from '../actions/contact.ts'
import { Contact, ContactDraft } from '../contact.ts'

const tag = 'Contacts'
const NextStepMark = z.strictObject({ isDone: z.boolean() }).openapi('NextStepMark')

/** What brokers write down about calls and visits, and what they have to do next. */
export function contactApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/contacts',
      summary: 'Record a call, a message, a visit or a meeting; what was due about the same is done by it',
      tag,
      body: ContactDraft,
      returns: [201, Contact],
      problems: ['changed-meanwhile'],
    },
    ({ ports, actor, body }) => recordContact(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/contacts',
      summary: 'List what was recorded, of one subject or at all, newest first',
      tag,
      query: z.object({ ...pageQuery, subjectId: z.string().max(40).optional() }),
      returns: [200, pageOf(Contact)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listContacts(ports, actor, query.subjectId ?? null, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/contacts/due',
      summary: 'List your next steps that are due by a day',
      tag,
      query: z.object({ until: day }),
      returns: [200, z.object({ items: z.array(Contact) })],
      problems: ['not-permitted'],
    },
    async ({ ports, actor, query }) => ({ items: await listDue(ports, actor, query.until) }),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/contacts/{id}',
      summary: 'Correct what was recorded (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, Contact],
      problems: ['not-found'],
    },
    ({ ports, actor, params, body, version }) => amendContact(ports, actor, params.id!, version, body),
  )
  endpoint(
    api,
    {
      method: 'put',
      path: '/api/contacts/{id}/next-step',
      summary: 'Say that the next step is done, or due again',
      tag,
      ifMatch: true,
      body: NextStepMark,
      returns: [200, Contact],
      problems: ['not-found', 'not-allowed-now'],
    },
    ({ ports, actor, params, body, version }) => markNextStep(ports, actor, params.id!, version, body.isDone),
  )
  return api
}
