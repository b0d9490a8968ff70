import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseIsNewer, isMigrated, migrate } from '../../src/platform/database/migrate.ts'
import type { Tables } from '../../src/platform/database/tables.ts'
import { journalHead } from '../../src/platform/journal/journal.ts'
import { emptyDatabases, type World } from '../worlds.ts'

for (const [name, open] of Object.entries<() => Promise<World>>(emptyDatabases)) {
  describe(`migrations on ${name}`, () => {
    let world: World
    beforeAll(async () => {
      world = await open()
    })
    afterAll(() => world?.close())

    it('run once, from nothing', async () => {
      expect(await isMigrated(world.database)).toBe(false)
      expect(await migrate(world.database)).toEqual([
        '0001_core',
        '0002_seal',
        '0003_accounts',
        '0004_audit',
        '0005_defence',
        '0006_attachment',
        '0007_organisations',
        '0008_keys',
        '0009_persons',
        '0010_disclosure',
        '0016_order',
        '0018_engagements',
        '0019_entered',
        '0020_intake',
        '0021_unfinished',
        '0022_visits',
        '0023_postponed',
        '0024_saved_views',
        '0025_twins',
        '0026_delegation',
        '0028_vouching',
        '0029_match_lists',
      ])
      expect(await migrate(world.database)).toEqual([])
      expect(await isMigrated(world.database)).toBe(true)
      expect(await journalHead(world.database)).toBe(0)
    })

    it('make the tables that the program knows, of portable types only', async () => {
      const tables = await world.database.query.introspection.getTables()
      const found = Object.fromEntries(
        tables.map(({ name, columns }) => [
          name,
          Object.fromEntries(
            columns.map((column) => [column.name, `${typeNames[column.dataType.toLowerCase()]}${isNullable(column) ? ' null' : ''}`]),
          ),
        ]),
      )
      expect(found).toEqual(tableTypes)
    })

    it('refuse a database that a newer version has made', async () => {
      await sql`insert into kysely_migration (name, timestamp) values ('9999_from_the_future', '2030-01-01T00:00:00.000Z')`.execute(
        world.database.query,
      )
      const error: unknown = await migrate(world.database).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(DatabaseIsNewer)
      expect(String(error)).toContain('9999_from_the_future')
      expect(await isMigrated(world.database)).toBe(false)
    })
  })
}

/** What SQLite and PostgreSQL call the four portable types. */
const typeNames: Record<string, string> = {
  text: 'text',
  bigint: 'bigint',
  int8: 'bigint',
  'double precision': 'double precision',
  float8: 'double precision',
  bytea: 'bytea',
}

/** SQLite alone says that a primary key of one column may be null. */
function isNullable({ name, isNullable }: { name: string; isNullable: boolean }): boolean {
  return isNullable && !['id', 'seq', 'key'].includes(name)
}

/** The type of a column that holds `Value`: the compiler holds this file to `tables.ts`, and the test holds it to the databases. */
type ColumnType<Value> =
  `${[NonNullable<Value>] extends [string] ? 'text' : [NonNullable<Value>] extends [number] ? 'bigint' | 'double precision' : 'bytea'}${null extends Value ? ' null' : ''}`
type TableTypes = { [Table in keyof Tables]: { [Column in keyof Tables[Table]]: ColumnType<Tables[Table][Column]> } }

const listing = {
  id: 'text',
  origin_id: 'text null',
  version: 'bigint',
  visibility: 'text',
  title: 'text',
  batch_id: 'text null',
  created_at: 'text',
  updated_at: 'text',
  body: 'text',
} as const

const tableTypes: TableTypes = {
  enterprise: { ...listing, region_code: 'text null', park_id: 'text null' },
  park: { ...listing, region_code: 'text null' },
  institution: { ...listing, region_code: 'text null', parent_id: 'text null' },
  expert: { ...listing, region_code: 'text null', is_claimed: 'bigint' },
  broker: { ...listing, region_code: 'text null' },
  provider: { ...listing, region_code: 'text null' },
  county: { ...listing, region_code: 'text null' },
  verification: { ...listing, subject_id: 'text', state: 'text', institution_id: 'text null' },
  claim: { ...listing, subject_id: 'text', account_id: 'text', state: 'text' },
  disclosure: { ...listing, subject_id: 'text', reader_id: 'text', state: 'text', until: 'text null' },
  merger: { ...listing, from_id: 'text', into_id: 'text', state: 'text' },
  twins: { ...listing, first_id: 'text', second_id: 'text', state: 'text' },
  evidence: { ...listing, expert_id: 'text', offering_id: 'text null', position: 'bigint' },
  demand: {
    ...listing,
    state: 'text',
    enterprise_id: 'text',
    broker_id: 'text null',
    region_code: 'text null',
    budget_min_fen: 'bigint null',
    budget_max_fen: 'bigint null',
    deadline_on: 'text null',
    expires_on: 'text null',
    published_at: 'text null',
  },
  offering: {
    ...listing,
    state: 'text',
    kind: 'text',
    owner_id: 'text null',
    region_code: 'text null',
    readiness_level: 'bigint null',
    expires_on: 'text null',
    published_at: 'text null',
  },
  classification: { subject_id: 'text', scheme: 'text', edition: 'text', code: 'text' },
  journal: {
    seq: 'bigint',
    subject_id: 'text',
    subject_version: 'bigint',
    kind: 'text',
    actor_id: 'text',
    at: 'text',
    facts: 'text',
    revision_hash: 'text null',
    digest: 'text',
    account_id: 'text null',
  },
  seal: { seq: 'bigint', hash: 'text', key_id: 'text null' },
  revision: { subject_id: 'text', version: 'bigint', visibility: 'text', body: 'text', salt: 'text null' },
  vector: { text_hash: 'text', model: 'text', data: 'bytea' },
  import_batch: {
    id: 'text',
    version: 'bigint',
    kind: 'text',
    state: 'text',
    file_sha256: 'text',
    name: 'text',
    row_count: 'bigint',
    actor_id: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  token: {
    id: 'text',
    version: 'bigint',
    secret_hash: 'text',
    role: 'text',
    subject_id: 'text null',
    expires_at: 'text',
    revoked_at: 'text null',
    created_at: 'text',
    name: 'text null',
    account_id: 'text null',
    made_with: 'text null',
    rank: 'text null',
    scopes: 'text null',
    requests_per_minute: 'bigint null',
    last_used_on: 'text null',
  },
  account: {
    id: 'text',
    version: 'bigint',
    name: 'text',
    email: 'text',
    email_verified: 'bigint',
    image: 'text null',
    phone: 'text null',
    two_factor_enabled: 'bigint null',
    created_at: 'text',
    updated_at: 'text',
  },
  credential: {
    id: 'text',
    account_id: 'text',
    provider_id: 'text',
    provider_account_id: 'text',
    password: 'text null',
    access_token: 'text null',
    refresh_token: 'text null',
    id_token: 'text null',
    access_token_expires_at: 'text null',
    refresh_token_expires_at: 'text null',
    scope: 'text null',
    created_at: 'text',
    updated_at: 'text',
  },
  session: {
    id: 'text',
    account_id: 'text',
    token: 'text',
    membership_id: 'text null',
    second_factor_at: 'text null',
    signed_in_at: 'text null',
    ip_address: 'text null',
    user_agent: 'text null',
    expires_at: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  sign_in_value: { id: 'text', identifier: 'text', value: 'text', expires_at: 'text', created_at: 'text', updated_at: 'text' },
  second_factor: {
    id: 'text',
    account_id: 'text',
    secret: 'text',
    backup_codes: 'text',
    verified: 'bigint null',
    failed_verification_count: 'bigint null',
    locked_until: 'text null',
  },
  sign_in_code: { id: 'text', phone: 'text', code_hash: 'text', attempts: 'bigint', sent_at: 'text', expires_at: 'text' },
  saved_view: {
    id: 'text',
    version: 'bigint',
    account_id: 'text',
    list: 'text',
    name: 'text',
    query: 'text',
    created_at: 'text',
    removed_at: 'text null',
  },
  membership: {
    id: 'text',
    version: 'bigint',
    account_id: 'text',
    role: 'text',
    subject_id: 'text null',
    rank: 'text',
    created_at: 'text',
    ended_at: 'text null',
  },
  link: {
    id: 'text',
    purpose: 'text',
    secret_hash: 'text',
    expires_at: 'text',
    used_at: 'text null',
    created_at: 'text',
    object_id: 'text null',
    actor_id: 'text null',
    contact: 'text null',
    answer: 'text null',
    note: 'text null',
  },
  refusal: { ...listing, demand_id: 'text', supply_id: 'text', state: 'text' },
  judgment: { ...listing, demand_id: 'text', supply_id: 'text', given_by: 'text', grade: 'bigint' },
  interest: { ...listing, demand_id: 'text', supply_id: 'text', state: 'text' },
  invitation: { ...listing, demand_id: 'text', supply_id: 'text', sent_by: 'text', state: 'text' },
  referral: { ...listing, demand_id: 'text', invitation_id: 'text', from_id: 'text', sent_by: 'text', state: 'text' },
  delegation: { ...listing, institution_id: 'text', request_id: 'text', expert_id: 'text', state: 'text' },
  engagement: { ...listing, demand_id: 'text', supply_id: 'text null', broker_id: 'text null', state: 'text' },
  contact: { ...listing, subject_id: 'text', recorded_by: 'text', next_on: 'text null', visited_on: 'text null' },
  shortlist: { ...listing, demand_id: 'text', made_by: 'text' },
  postponed: { account_id: 'text', actor_id: 'text', demand_id: 'text', supply_id: 'text', until: 'text' },
  unfinished_form: { account_id: 'text', actor_id: 'text', path: 'text', fields: 'text', at: 'text' },
  intake: { ...listing, received_by: 'text', file_sha256: 'text' },
  intake_source: { intake_id: 'text', tables: 'text', source: 'text', corrections: 'text' },
  intake_line: {
    id: 'text',
    intake_id: 'text',
    position: 'bigint',
    grid: 'bigint',
    line: 'bigint',
    part: 'bigint',
    state: 'text',
    demand_id: 'text null',
    reason: 'text null',
    decided_at: 'text null',
    content: 'text null',
  },
  member_invitation: {
    id: 'text',
    version: 'bigint',
    role: 'text',
    subject_id: 'text null',
    rank: 'text',
    phone: 'text null',
    email: 'text null',
    invited_by: 'text',
    account_id: 'text null',
    secret_hash: 'text',
    expires_at: 'text',
    created_at: 'text',
  },
  attachment: {
    id: 'text',
    version: 'bigint',
    subject_id: 'text',
    place: 'bigint',
    field_group: 'text',
    name: 'text',
    media_type: 'text',
    size: 'bigint',
    sha256: 'text',
    blob: 'text',
    uploaded_by: 'text',
    created_at: 'text',
  },
  match_list: {
    id: 'text',
    asked_id: 'text',
    is_whole: 'bigint',
    kind: 'text',
    reader_role: 'text',
    engine: 'text',
    weights: 'text',
    on_day: 'text',
    place: 'bigint',
    items: 'text',
    times: 'bigint',
    first_at: 'text',
    last_at: 'text',
  },
  reading: {
    id: 'text',
    subject_id: 'text',
    object: 'text',
    reader_id: 'text',
    reader_role: 'text',
    account_id: 'text null',
    at: 'text',
    code: 'text null',
  },
  quota: { key: 'text', clear_at_ms: 'bigint' },
  idempotency: {
    actor_id: 'text',
    key: 'text',
    request_hash: 'text',
    state: 'text',
    status: 'bigint null',
    headers: 'text null',
    body: 'text null',
    at: 'text',
  },
  job: { id: 'text', kind: 'text', payload: 'text', state: 'text', run_at: 'text', finished_at: 'text null', failure: 'text null' },
  setting: { key: 'text', version: 'bigint', value: 'text', updated_at: 'text' },
  consent: {
    id: 'text',
    version: 'bigint',
    account_id: 'text null',
    expert_id: 'text null',
    purpose: 'text',
    text_version: 'text',
    how: 'text',
    recorded_by: 'text',
    given_at: 'text null',
    withdrawn_at: 'text null',
    created_at: 'text',
  },
  erasure: { id: 'text', reason: 'text', at: 'text', key_id: 'text null', marks: 'text' },
  erased_subject: { subject_id: 'text', erasure_id: 'text' },
  account_use: { account_id: 'text', last_at: 'text', asked_at: 'text null' },
}
