import { wordsOf } from '../platform/i18n/words.ts'
import { z } from '../platform/schema.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { findPrivacy } from '../privacy/store.ts'
import { amendPrivacy } from './actions/notice.ts'
import { noticeOf, PrivacyNotice } from './parts/notice.ts'

const tag = 'Personal data'

/** What is held about people, and what they can do about it. */
export function personApi(): Api {
  const api = newApi()
  noticeEndpoints(api)
  return api
}

function noticeEndpoints(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/privacy',
      summary: 'What personal data is held, why, on what ground, who sees it and how long; who is responsible',
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
