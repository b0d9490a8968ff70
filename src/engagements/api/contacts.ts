import { day, z } from '../../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../../platform/web/endpoint.ts'
import { amendContact, listContacts, listDue, listVisits, markNextStep, readContact, recordContact } from '../actions/contact.ts'
import { diagnoseDemand } from '../actions/diagnosis.ts'
import { Contact, ContactInput, DiagnosisDraft } from '../contact.ts'

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
      body: ContactInput,
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
      method: 'get',
      path: '/api/contacts/visits',
      summary: 'List your visits that have their sheet, of all days or of some, the latest first; the operator sees those of everybody',
      tag,
      query: z.object({ ...pageQuery, from: day.optional(), until: day.optional() }),
      returns: [200, pageOf(Contact)],
      problems: ['not-permitted', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const days = { from: query.from ?? null, until: query.until ?? null }
      const { items, next } = await listVisits(ports, actor, days, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/contacts/{id}',
      summary: 'What was recorded of one contact, the sheet of a visit and an interview with it',
      tag,
      returns: [200, Contact],
      problems: ['not-found'],
    },
    ({ ports, actor, params }) => readContact(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/demands/{id}/diagnosis',
      summary: 'Keep an interview about a demand: its answers go into the demand, words that are its owner’s as a proposal',
      tag,
      body: DiagnosisDraft,
      returns: [200, Contact],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile', 'telling-words'],
    },
    ({ ports, actor, params, body }) => diagnoseDemand(ports, actor, params.id!, body),
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
