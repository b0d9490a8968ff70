import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { acceptTerms, endDisclosure, listDisclosures, openConfidential } from './actions.ts'
import { Disclosure, DisclosureRequest, NdaTerms, OpeningRequest, terms } from './disclosure.ts'

const tag = 'Disclosures'
const ListedDisclosure = Disclosure.extend({ readerName: z.string().nullable() }).openapi('ListedDisclosure')

/** Who may read what a listing keeps confidential, and under which terms. */
export function disclosureApi(): Api {
  const api = newApi()
  endpoint(
    api,
    { method: 'get', path: '/api/nda', summary: 'Read the non-disclosure terms', tag, returns: [200, NdaTerms], problems: [] },
    async () => ({ version: terms.version, zh: [...terms.zh], en: [...terms.en] }),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/disclosures',
      summary: 'Accept the non-disclosure terms of a listing; its confidential part may be read from then on',
      tag,
      body: DisclosureRequest,
      returns: [201, Disclosure],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => acceptTerms(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/openings',
      summary: 'Open what a listing keeps confidential, as the operator and for a reason that its owner can read',
      tag,
      body: OpeningRequest,
      returns: [201, Disclosure],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, body }) => openConfidential(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/disclosures',
      summary: 'List to whom a listing was disclosed, or what you accepted yourself, newest first',
      tag,
      query: z.object({ ...pageQuery, subjectId: z.string().max(40).optional() }),
      returns: [200, pageOf(ListedDisclosure)],
      problems: ['not-permitted', 'not-found', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listDisclosures(ports, actor, query.subjectId ?? null, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/disclosures/{id}/ending',
      summary: 'End a disclosure, as its reader or as the owner of the listing',
      tag,
      returns: [200, Disclosure],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => endDisclosure(ports, actor, params.id!),
  )
  return api
}
