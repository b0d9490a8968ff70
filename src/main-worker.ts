import { admitOperator } from './accounts/actions.ts'
import { createApp } from './app.tsx'
import { handlers, nightly, often } from './jobs.ts'
import { reapplyErasures } from './persons/actions/reapply.ts'
import {
  addressFrom,
  auditKeysFrom,
  gatewaysFrom,
  identityFrom,
  internalHostsFrom,
  largestFileFrom,
  limitsFrom,
} from './platform/config.ts'
import { type D1, openD1 } from './platform/database/d1.ts'
import { migrate } from './platform/database/migrate.ts'
import { noErasedList } from './platform/erasures/erased-list.ts'
import { type R2, r2Blobs } from './platform/files/r2.ts'
import { oidc } from './platform/identity/oidc.ts'
import { randomId } from './platform/ids.ts'
import { runDueJobs } from './platform/jobs/jobs.ts'
import { type Sealings, sealingsWith, sealJournal } from './platform/journal/seal.ts'
import { gateways } from './platform/messages/gateway.ts'
import { outgoingAtEdge } from './platform/outgoing/edge.ts'
import type { Ports } from './platform/ports.ts'
import { oramaIndex } from './platform/search/orama-index.ts'
import { pdfStamper } from './platform/stamping/pdf.ts'
import { peerAtEdge } from './platform/web/peer.ts'

interface Env {
  DB: D1
  FILES: R2
  SUNMAO_TIME_ZONE?: string
  /** Where people reach the market: what links in messages begin with. */
  SUNMAO_ADDRESS?: string
  /** A secret that makes its bearer the operator: the way in to a new market (`wrangler secret put`). */
  SUNMAO_OPERATOR_TOKEN?: string
  /** At least 32 characters that seal cookies and codes (`wrangler secret put`); without them nobody can sign in by account. */
  SUNMAO_SECRET?: string
  SUNMAO_LARGEST_FILE?: string
  SUNMAO_MESSAGE_URL?: string
  SUNMAO_MESSAGE_HEADERS?: string
  SUNMAO_MESSAGE_BODY?: string
  SUNMAO_MAIL_URL?: string
  SUNMAO_MAIL_HEADERS?: string
  SUNMAO_MAIL_BODY?: string
  SUNMAO_OIDC_ISSUER?: string
  SUNMAO_OIDC_CLIENT_ID?: string
  SUNMAO_OIDC_CLIENT_SECRET?: string
  SUNMAO_OIDC_SCOPES?: string
  SUNMAO_OIDC_LABEL_ZH?: string
  SUNMAO_OIDC_LABEL_EN?: string
  SUNMAO_OIDC_PHONE_CLAIM?: string
  /** The secret with which the journal is sealed; several by commas, the newest first. */
  SUNMAO_AUDIT_KEY?: string
  SUNMAO_LIMITS?: string
  SUNMAO_INTERNAL_HOSTS?: string
}

/** One market an isolate: it holds its own copy of the index, which follows the journal in D1. Text alone, until there is a model at the edge. */
let opened: Promise<{ ports: Ports; sealings: Sealings; app: ReturnType<typeof createApp> }> | undefined

function market(env: Env) {
  opened ??= open(env).catch((error) => {
    // The next request tries again.
    opened = undefined
    throw error
  })
  return opened
}

async function open(env: Env) {
  const database = openD1(env.DB)
  await migrate(database)
  const identity = identityFrom({ ...env })
  const outgoing = outgoingAtEdge({ internal: internalHostsFrom({ ...env }) })
  const ports: Ports = {
    database,
    search: oramaIndex(),
    embedder: null,
    messenger: gateways(gatewaysFrom({ ...env }), outgoing),
    erased: noErasedList,
    files: r2Blobs(env.FILES, { largest: largestFileFrom({ ...env }) }),
    stamper: pdfStamper(),
    secret: env.SUNMAO_SECRET ?? null,
    now: () => new Date().toISOString(),
    newId: randomId,
    timeZone: env.SUNMAO_TIME_ZONE ?? 'Asia/Shanghai',
    limits: limitsFrom({ ...env }),
    address: addressFrom({ ...env }),
  }
  await reapplyErasures(ports)
  if (env.SUNMAO_OPERATOR_TOKEN) await admitOperator(ports, env.SUNMAO_OPERATOR_TOKEN)
  return {
    ports,
    sealings: sealingsWith(auditKeysFrom(env.SUNMAO_AUDIT_KEY)),
    app: createApp(ports, { peerOf: peerAtEdge, identity: identity && { ...identity, provider: oidc(identity.oidc, outgoing) } }),
  }
}

export default {
  async fetch(request: Request, env: Env, context: Parameters<ReturnType<typeof createApp>['fetch']>[2]): Promise<Response> {
    const { app } = await market(env)
    return app.fetch(request, env, context)
  },
  /** Cron: every few minutes what is due, and just after midnight what is nightly. */
  async scheduled({ cron }: { cron: string }, env: Env): Promise<void> {
    const { ports, sealings } = await market(env)
    if (cron !== '*/5 * * * *') await nightly(ports)
    await often(ports)
    await runDueJobs(ports, handlers)
    await sealJournal(ports.database, sealings)
  },
}
