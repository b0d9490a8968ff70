import { z } from '../platform/schema.ts'
import { cursorOf, pageFrom, pageOf, pageQuery } from '../platform/web/cursor.ts'
import { type Api, endpoint, newApi } from '../platform/web/endpoint.ts'
import { giveJudgment } from './actions/give.ts'
import { marketQuality } from './actions/market.ts'
import { nextPair } from './actions/next.ts'
import { listJudgments } from './actions/read.ts'
import { Judgment, JudgmentRequest, NextPair } from './judgment.ts'
import { MarketQuality } from './report.ts'

const tag = 'Quality'

/** Judging pairs without knowing who they are, and what that says of the matching. */
export function qualityApi(): Api {
  const api = newApi()
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/judgments/next',
      summary: 'The next pair for you to judge: what is asked for and what is offered, without names, places or scores',
      tag,
      returns: [200, NextPair],
      problems: ['not-permitted', 'not-signed-in'],
    },
    ({ ports, actor }) => nextPair(ports, actor),
  )
  endpoint(
    api,
    {
      method: 'post',
      path: '/api/judgments',
      summary: 'Say how well a supply answers a demand, 0 to 3; said again, it replaces what you said before',
      tag,
      body: JudgmentRequest,
      returns: [201, Judgment],
      problems: ['changed-meanwhile'],
    },
    ({ ports, actor, body }) => giveJudgment(ports, actor, body),
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/judgments',
      summary: 'All judgments, newest first',
      tag,
      query: z.object(pageQuery),
      returns: [200, pageOf(Judgment)],
      problems: ['not-permitted', 'not-signed-in', 'bad-cursor'],
    },
    async ({ ports, actor, query }) => {
      const { items, next } = await listJudgments(ports, actor, pageFrom(query))
      return { items, next: cursorOf(next) }
    },
  )
  endpoint(
    api,
    {
      method: 'get',
      path: '/api/market/quality',
      summary: 'How good the matching is on this market’s own pairs, beside simpler ways',
      tag,
      returns: [200, MarketQuality],
      problems: ['not-permitted', 'not-signed-in'],
    },
    ({ ports, actor }) => marketQuality(ports, actor),
  )
  return api
}
