import { z } from 'zod'

/** Everything that the environment decides, read once at the start. */
const Environment = z.object({
  /** A file, or `postgres://…`. */
  SUNMAO_DATABASE: z.string().min(1).default('data/sunmao.db'),
  /** Where the index is kept from one start to the next; beside the database unless it says otherwise. */
  SUNMAO_SNAPSHOT: z.string().min(1).optional(),
  SUNMAO_HOST: z.string().default('127.0.0.1'),
  SUNMAO_PORT: z.coerce.number().int().min(0).max(65535).default(4310),
  SUNMAO_TIME_ZONE: z.string().default('Asia/Shanghai'),
  /** A secret of at least 32 characters that makes its bearer the operator: the way in to a new market. */
  SUNMAO_OPERATOR_TOKEN: z.string().min(32).optional(),
  /** A secret of at least 32 characters with which the journal is sealed; several by commas, the newest first, when it is replaced. */
  SUNMAO_AUDIT_KEY: z.string().optional(),
  /** `model`: the model in SUNMAO_MODEL; `http`: a service; `hashing`: no model, for trials; `off`: text alone. */
  SUNMAO_EMBEDDING: z.enum(['model', 'http', 'hashing', 'off']).default('model'),
  SUNMAO_MODEL: z.string().default('models/bge-small-zh-v1.5-q'),
  /** The whole address of an OpenAI-compatible embeddings endpoint. */
  SUNMAO_EMBEDDING_URL: z.url().optional(),
  SUNMAO_EMBEDDING_NAME: z.string().optional(),
  SUNMAO_EMBEDDING_KEY: z.string().optional(),
  SUNMAO_EMBEDDING_DIMENSIONS: z.coerce.number().int().min(1).max(8192).optional(),
})

export interface Config {
  database: string
  /** Null: as the database says, see `snapshotOf`. */
  snapshot: string | null
  host: string
  port: number
  timeZone: string
  operatorToken: string | null
  /** Newest first; none for plain seals. */
  auditKeys: string[]
  embedding:
    | { kind: 'model'; folder: string }
    | { kind: 'http'; url: string; model: string; apiKey: string | null; dimensions: number }
    | { kind: 'hashing' }
    | { kind: 'off' }
}

export const isFile = ({ database }: Pick<Config, 'database'>): boolean => database !== ':memory:' && !/^postgres(ql)?:/.test(database)

/** The file in which the index is kept; null for a database that is gone with its process. */
export function snapshotOf({ database, snapshot }: Pick<Config, 'database' | 'snapshot'>): string | null {
  if (snapshot !== null || database === ':memory:') return snapshot
  return isFile({ database }) ? `${database}.index` : 'data/sunmao.index'
}

/** The configuration was wrong; the message names the variable and what it must be. */
export class ConfigWrong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigWrong'
  }
}

export function configFrom(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const result = Environment.safeParse(given)
  if (!result.success) throw new ConfigWrong(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const e = result.data
  return {
    database: e.SUNMAO_DATABASE,
    snapshot: e.SUNMAO_SNAPSHOT ?? null,
    host: e.SUNMAO_HOST,
    port: e.SUNMAO_PORT,
    timeZone: e.SUNMAO_TIME_ZONE,
    operatorToken: e.SUNMAO_OPERATOR_TOKEN ?? null,
    auditKeys: auditKeysFrom(e.SUNMAO_AUDIT_KEY),
    embedding: embeddingFrom(e),
  }
}

/** The keys in SUNMAO_AUDIT_KEY. */
export function auditKeysFrom(text: string | undefined): string[] {
  const keys = text === undefined || text === '' ? [] : text.split(',').map((key) => key.trim())
  if (keys.some((key) => key.length < 32)) throw new ConfigWrong('SUNMAO_AUDIT_KEY: each key must have at least 32 characters')
  return keys
}

function embeddingFrom(e: z.infer<typeof Environment>): Config['embedding'] {
  switch (e.SUNMAO_EMBEDDING) {
    case 'model':
      return { kind: 'model', folder: e.SUNMAO_MODEL }
    case 'http': {
      const { SUNMAO_EMBEDDING_URL: url, SUNMAO_EMBEDDING_NAME: model, SUNMAO_EMBEDDING_DIMENSIONS: dimensions } = e
      if (!url || !model || !dimensions) {
        throw new ConfigWrong('SUNMAO_EMBEDDING=http needs SUNMAO_EMBEDDING_URL, SUNMAO_EMBEDDING_NAME and SUNMAO_EMBEDDING_DIMENSIONS')
      }
      return { kind: 'http', url, model, apiKey: e.SUNMAO_EMBEDDING_KEY ?? null, dimensions }
    }
    default:
      return { kind: e.SUNMAO_EMBEDDING }
  }
}
