import type { Actor } from '../accounts/actor.ts'
import type { Page } from '../platform/database/listings.ts'
import type { Ports } from '../platform/ports.ts'
import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import {
  brokerActions,
  claimProfile,
  countyActions,
  enterpriseActions,
  expertActions,
  institutionActions,
  parkActions,
  providerActions,
  trustInstitution,
} from './actions.ts'
import { Broker, BrokerDraft } from './broker.ts'
import { County, CountyDraft } from './county.ts'
import { Enterprise, EnterpriseDraft } from './enterprise.ts'
import { Expert, ExpertDraft, ExpertView } from './expert.ts'
import { Institution, InstitutionDraft } from './institution.ts'
import { Park, ParkDraft } from './park.ts'
import { Provider, ProviderDraft } from './provider.ts'

export function directoryApi(): Api {
  const api = newApi()
  collection(api, {
    path: 'enterprises',
    one: 'an enterprise',
    required: { name: true },
    draft: EnterpriseDraft,
    noun: Enterprise,
    view: Enterprise,
    actions: enterpriseActions,
  })
  collection(api, {
    path: 'parks',
    one: 'a park',
    required: { name: true },
    draft: ParkDraft,
    noun: Park,
    view: Park,
    actions: parkActions,
  })
  collection(api, {
    path: 'institutions',
    one: 'an institution',
    required: { name: true, kind: true },
    draft: InstitutionDraft,
    noun: Institution,
    view: Institution,
    actions: institutionActions,
  })
  collection(api, {
    path: 'experts',
    one: 'an expert',
    required: { name: true, source: true },
    draft: ExpertDraft,
    noun: Expert,
    view: ExpertView,
    actions: expertActions,
  })
  collection(api, {
    path: 'brokers',
    one: 'a broker',
    required: { name: true },
    draft: BrokerDraft,
    noun: Broker,
    view: Broker,
    actions: brokerActions,
  })
  collection(api, {
    path: 'providers',
    one: 'a service provider',
    required: { name: true },
    draft: ProviderDraft,
    noun: Provider,
    view: Provider,
    actions: providerActions,
  })
  collection(api, {
    path: 'counties',
    one: "a county's office",
    required: { name: true, region: true },
    draft: CountyDraft,
    noun: County,
    view: County,
    actions: countyActions,
  })
  endpoint(
    api,
    {
      method: 'put',
      path: '/api/institutions/{id}/standing-trust',
      summary: 'Say whether an institution vets its own listings',
      tag: 'Directory',
      ifMatch: true,
      body: z.strictObject({ hasStandingTrust: z.boolean() }),
      returns: [200, Institution],
      problems: ['not-found'],
    },
    ({ ports, actor, params, version, body }) => trustInstitution(ports, actor, params.id!, version, body.hasStandingTrust),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/experts/{id}/claim',
      summary: 'Take over the profile that was registered for you',
      tag: 'Directory',
      returns: [200, Expert],
      problems: ['not-found', 'not-allowed-now', 'changed-meanwhile'],
    },
    ({ ports, actor, params }) => claimProfile(ports, actor, params.id!),
  )
  return api
}

interface Collection<Draft, Noun, View> {
  path: string
  one: string
  /** What cannot be left blank. */
  required: Record<string, true>
  draft: z.ZodObject & z.ZodType<Draft>
  noun: z.ZodType<Noun>
  view: z.ZodType<View>
  actions: {
    register(ports: Ports, actor: Actor, draft: Partial<Draft>): Promise<Noun>
    read(ports: Ports, actor: Actor, id: string): Promise<View>
    list(ports: Ports, actor: Actor, page: Page): Promise<{ items: View[]; next: Page['after'] }>
    amend(ports: Ports, actor: Actor, id: string, version: number, patch: unknown): Promise<Noun>
  }
}

/** The four endpoints that every noun of the directory has. */
function collection<Draft, Noun extends { id: string }, View>(api: Api, definition: Collection<Draft, Noun, View>): void {
  const { path, one, draft, noun, view, actions } = definition
  const partial = draft.partial().required(definition.required)
  endpoint(
    api,
    {
      method: 'get',
      path: `/api/${path}`,
      summary: `List ${path}`,
      tag: 'Directory',
      query: z.object(pageQuery),
      returns: [200, pageOf(view)],
      problems: ['bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await actions.list(ports, actor, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'post',
      path: `/api/${path}`,
      summary: `Register ${one}`,
      tag: 'Directory',
      // Every member of a draft, the required ones certainly.
      body: partial as unknown as z.ZodType<Partial<Draft>>,
      returns: [201, noun],
      problems: [],
      location: ({ id }) => `/api/${path}/${id}`,
    },
    ({ ports, actor, body }) => actions.register(ports, actor, body),
  )
  endpoint(
    api,
    { method: 'get', path: `/api/${path}/{id}`, summary: `Read ${one}`, tag: 'Directory', returns: [200, view], problems: ['not-found'] },
    ({ ports, actor, params }) => actions.read(ports, actor, params.id!),
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: `/api/${path}/{id}`,
      summary: `Amend ${one} (JSON Merge Patch)`,
      tag: 'Directory',
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, noun],
      problems: ['not-found'],
    },
    ({ ports, actor, params, version, body }) => actions.amend(ports, actor, params.id!, version, body),
  )
}
