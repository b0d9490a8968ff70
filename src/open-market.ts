import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { reapplyErasures } from './persons/actions/reapply.ts'
import { type Config, erasedFileOf, filesOf, isFile, outboxOf, secretFileOf, snapshotOf } from './platform/config.ts'
import { migrate } from './platform/database/migrate.ts'
import { openPostgres } from './platform/database/postgres.ts'
import { openSqlite } from './platform/database/sqlite.ts'
import type { Embedder } from './platform/embedding/embedder.ts'
import { hashingEmbedder } from './platform/embedding/hashing.ts'
import { httpEmbedder } from './platform/embedding/http.ts'
import { ModelUnusable } from './platform/embedding/onnx.ts'
import { threadedEmbedder } from './platform/embedding/threaded.ts'
import { erasedFile } from './platform/erasures/erased-file.ts'
import { noErasedList } from './platform/erasures/erased-list.ts'
import { diskBlobs } from './platform/files/disk.ts'
import { memoryBlobs } from './platform/files/memory.ts'
import { refuseHeld } from './platform/holder.ts'
import { randomId } from './platform/ids.ts'
import { gateways } from './platform/messages/gateway.ts'
import { outbox } from './platform/messages/outbox.ts'
import { outgoingOfNode } from './platform/outgoing/node.ts'
import type { Outgoing } from './platform/outgoing/outgoing.ts'
import type { Ports } from './platform/ports.ts'
import { threadedIndex } from './platform/search/search-thread.ts'
import { keptSecret } from './platform/secret-file.ts'
import { threadedStamper } from './platform/stamping/threaded.ts'

export interface Market {
  ports: Ports
  /** The one way out of this process. */
  outgoing: Outgoing
  /** Why no model runs though one was wanted; null when all is well. */
  degraded: string | null
  close(): Promise<void>
}

/** Ports of one process: opens the database, brings it up to date, starts index and model threads. */
export async function openMarket(config: Config): Promise<Market> {
  if (isFile(config)) {
    mkdirSync(dirname(config.database), { recursive: true })
    if (!existsSync(config.database)) {
      refuseHeld(config.database)
      // It holds numbers and names: nobody else on the machine reads it. What SQLite makes beside it is as it is.
      closeSync(openSync(config.database, 'wx', 0o600))
    }
  }
  const database = isFile(config) || config.database === ':memory:' ? openSqlite(config.database) : openPostgres(config.database)
  await migrate(database)
  const search = threadedIndex(snapshotOf(config))
  const outgoing = outgoingOfNode({ internal: config.internalHosts })
  const { embedder, degraded } = await openEmbedder(config, outgoing)
  const now = () => new Date().toISOString()
  const { messages } = config
  const listFile = erasedFileOf(config)
  const folder = filesOf(config)
  const limits = { largest: config.largestFile }
  const stamper = threadedStamper()
  const ports: Ports = {
    database,
    search,
    embedder,
    messenger: messages.kind === 'gateway' ? gateways(messages, outgoing) : outbox(outboxOf(config, messages.folder), { now }),
    erased: listFile === null ? noErasedList : erasedFile(listFile),
    files: folder === null ? memoryBlobs(limits) : diskBlobs(folder, limits),
    stamper,
    secret: config.secret ?? keptSecret(secretFileOf(config)),
    now,
    newId: randomId,
    timeZone: config.timeZone,
    limits: config.limits,
    address: config.address ?? `http://${config.host}:${config.port}`,
  }
  const close = async () => {
    await embedder?.close()
    await stamper.close()
    await search.close()
    await database.close()
  }
  try {
    // Before anybody reads what a restored backup has brought back.
    await reapplyErasures(ports)
  } catch (error) {
    await close()
    throw error
  }
  return { ports, outgoing, degraded, close }
}

/** Without its model the market runs on text alone and says why; a wrong configuration is an error. */
async function openEmbedder(
  { embedding }: Config,
  outgoing: Outgoing,
): Promise<{ embedder: (Embedder & { close(): Promise<void> }) | null; degraded: string | null }> {
  const closable = (embedder: Embedder) => ({ embedder: { ...embedder, close: async () => {} }, degraded: null })
  switch (embedding.kind) {
    case 'off':
      return { embedder: null, degraded: null }
    case 'hashing':
      return closable(hashingEmbedder())
    case 'http':
      return closable(httpEmbedder({ ...embedding, timeoutMs: 20_000 }, outgoing))
    case 'model':
      try {
        return { embedder: await threadedEmbedder({ folder: embedding.folder, threads: 2 }), degraded: null }
      } catch (error) {
        if (!(error instanceof ModelUnusable)) throw error
        return { embedder: null, degraded: error.message }
      }
  }
}
