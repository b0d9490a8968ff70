import { permit } from '../accounts/permissions.ts'
import { MarketOverview, overview } from '../matching/overview.ts'
import { z } from '../platform/schema.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { amendSettings, readFlaggedTerms, setFlaggedTerms } from './actions.ts'
import { FlaggedTerms } from './flagged-terms.ts'
import { MarketSettings } from './settings.ts'
import { findSettings } from './store.ts'

const tag = 'Market'
const VersionedSettings = MarketSettings.extend({ version: z.number().int().min(0) }).openapi('VersionedMarketSettings')
const VersionedTerms = FlaggedTerms.extend({ version: z.number().int().min(0) }).openapi('VersionedFlaggedTerms')

export function marketApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/market',
      summary: 'The market at a glance: counts, facets, latest, most wanted',
      tag,
      returns: [200, MarketOverview],
      problems: [],
    },
    ({ ports, actor }) => overview(ports, actor),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/market/settings',
      summary: "The operator's settings",
      tag,
      returns: [200, VersionedSettings],
      problems: ['not-permitted', 'not-signed-in'],
    },
    async ({ ports, actor }) => {
      permit(actor, 'market.read-settings')
      const { settings, version } = await findSettings(ports.database)
      return { ...settings, version }
    },
  )
  endpoint(
    api,
    {
      method: 'patch',
      path: '/api/market/settings',
      summary: 'Change the settings (JSON Merge Patch)',
      tag,
      ifMatch: true,
      body: z.looseObject({}),
      bodyType: 'application/merge-patch+json',
      returns: [200, VersionedSettings],
      problems: [],
    },
    async ({ ports, actor, version, body }) => {
      const { settings, version: next } = await amendSettings(ports, actor, version, body)
      return { ...settings, version: next }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/market/flagged-terms',
      summary: 'The flagged terms that vetting marks',
      tag,
      returns: [200, VersionedTerms],
      problems: ['not-permitted', 'not-signed-in'],
    },
    async ({ ports, actor }) => {
      const { terms, version } = await readFlaggedTerms(ports, actor)
      return { ...terms, version }
    },
  )
  endpoint(
    api,
    {
      method: 'put',
      path: '/api/market/flagged-terms',
      summary: 'Replace the list of flagged terms',
      tag,
      ifMatch: true,
      body: FlaggedTerms,
      returns: [200, VersionedTerms],
      problems: [],
    },
    async ({ ports, actor, version, body }) => {
      const { terms, version: next } = await setFlaggedTerms(ports, actor, version, body)
      return { ...terms, version: next }
    },
  )
  return api
}
