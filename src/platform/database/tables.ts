/** The tables as Kysely sees them. A contract test compares them with the migrated databases. Booleans are 0/1, JSON is text. */

/** Columns of every listing. `body` is the whole noun; the other columns are what SQL selects, sorts or joins on. */
export interface ListingRow {
  id: string
  origin_id: string | null
  version: number
  visibility: string
  title: string
  /** The import that brought it; invisible until that batch is complete. */
  batch_id: string | null
  created_at: string
  updated_at: string
  body: string
}

export interface Tables {
  enterprise: ListingRow & { region_code: string | null; park_id: string | null }
  park: ListingRow & { region_code: string | null }
  institution: ListingRow & { region_code: string | null; parent_id: string | null }
  expert: ListingRow & { region_code: string | null; is_claimed: number }
  broker: ListingRow & { region_code: string | null }
  provider: ListingRow & { region_code: string | null }
  county: ListingRow & { region_code: string | null }
  verification: ListingRow & { subject_id: string; state: string; institution_id: string | null }
  claim: ListingRow & { subject_id: string; account_id: string; state: string }
  disclosure: ListingRow & { subject_id: string; reader_id: string; state: string; until: string | null }
  merger: ListingRow & { from_id: string; into_id: string; state: string }
  evidence: ListingRow & { expert_id: string; offering_id: string | null; position: number }
  demand: ListingRow & {
    state: string
    enterprise_id: string
    broker_id: string | null
    region_code: string | null
    budget_min_fen: number | null
    budget_max_fen: number | null
    deadline_on: string | null
    expires_on: string | null
    published_at: string | null
  }
  offering: ListingRow & {
    state: string
    kind: string
    owner_id: string | null
    region_code: string | null
    readiness_level: number | null
    expires_on: string | null
    published_at: string | null
  }
  refusal: ListingRow & { demand_id: string; supply_id: string; state: string }
  /** How well a supply answers a demand, by one judge. */
  judgment: ListingRow & { demand_id: string; supply_id: string; given_by: string; grade: number }
  interest: ListingRow & { demand_id: string; supply_id: string; state: string }
  /** Asked of an expert or a transfer office; those into an organisation are `member_invitation`. */
  invitation: ListingRow & { demand_id: string; supply_id: string; sent_by: string; state: string }
  referral: ListingRow & { demand_id: string; invitation_id: string; from_id: string; sent_by: string; state: string }
  delegation: ListingRow & { institution_id: string; request_id: string; expert_id: string; state: string }
  engagement: ListingRow & { demand_id: string; supply_id: string | null; broker_id: string | null; state: string }
  shortlist: ListingRow & { demand_id: string; made_by: string }
  /** `next_on` is null once nothing is due. */
  contact: ListingRow & {
    subject_id: string
    recorded_by: string
    next_on: string | null
    /** The day of a visit that has its sheet. */
    visited_on: string | null
  }
  /** Two demands that may be one, the smaller id first. */
  twins: ListingRow & { first_id: string; second_id: string; state: string }
  intake: ListingRow & { received_by: string; file_sha256: string }
  /** What somebody looks at on a later day; see `engagements/postponement.ts`. */
  postponed: { account_id: string; actor_id: string; demand_id: string; supply_id: string; until: string }
  /** Forms that were begun and not sent; see `unfinished/`. */
  unfinished_form: { account_id: string; actor_id: string; path: string; fields: string; at: string }
  /** What stands in a file that was received; see `intake/`. */
  intake_source: { intake_id: string; tables: string; source: string; corrections: string }
  intake_line: {
    id: string
    intake_id: string
    position: number
    grid: number
    line: number
    part: number
    state: string
    demand_id: string | null
    reason: string | null
    decided_at: string | null
    content: string | null
  }
  classification: { subject_id: string; scheme: string; edition: string; code: string }
  journal: {
    seq: number
    subject_id: string
    subject_version: number
    kind: string
    actor_id: string
    at: string
    facts: string
    /** Salted sha256 of the revision of the same commit, hex; null where an entry has none, or was recorded before there were any. */
    revision_hash: string | null
    /** sha256 of the entry's canonical form, hex; see `journal.ts`. */
    digest: string
    /** In whose session it was written; null for tokens, commands and the market itself. */
    account_id: string | null
  }
  /** The chain of hashes over the journal, one an entry; see `seal.ts`. */
  seal: {
    seq: number
    hash: string
    /** Which key it was made with; null for none. */
    key_id: string | null
  }
  /** The whole noun as it was; `salt` goes when the revision is erased, and with it what its entry's hash could tell. */
  revision: { subject_id: string; version: number; visibility: string; body: string; salt: string | null }
  vector: { text_hash: string; model: string; data: Uint8Array }
  import_batch: {
    id: string
    version: number
    kind: string
    state: string
    file_sha256: string
    name: string
    row_count: number
    actor_id: string
    created_at: string
    updated_at: string
  }
  token: {
    id: string
    version: number
    secret_hash: string
    role: string
    subject_id: string | null
    expires_at: string
    revoked_at: string | null
    created_at: string
    name: string | null
    /** Whose key it is; null for one that the command line gave. */
    account_id: string | null
    /** The token by which it was made over HTTP; it dies with it. */
    made_with: string | null
    rank: string | null
    /** JSON list; null for everything. */
    scopes: string | null
    requests_per_minute: number | null
    /** The last day on which somebody came with it. */
    last_used_on: string | null
  }
  account: {
    id: string
    version: number
    name: string
    email: string
    email_verified: number
    image: string | null
    phone: string | null
    two_factor_enabled: number | null
    created_at: string
    updated_at: string
  }
  /** What an account signs in with beside codes: a password's hash, or what another provider of identities gave. */
  credential: {
    id: string
    account_id: string
    provider_id: string
    provider_account_id: string
    password: string | null
    access_token: string | null
    refresh_token: string | null
    id_token: string | null
    access_token_expires_at: string | null
    refresh_token_expires_at: string | null
    scope: string | null
    created_at: string
    updated_at: string
  }
  session: {
    id: string
    account_id: string
    token: string
    /** The membership that was chosen; null while there is only one to take. */
    membership_id: string | null
    second_factor_at: string | null
    /** When somebody last showed in it who he is, by the market's clock. */
    signed_in_at: string | null
    ip_address: string | null
    user_agent: string | null
    expires_at: string
    created_at: string
    updated_at: string
  }
  sign_in_value: { id: string; identifier: string; value: string; expires_at: string; created_at: string; updated_at: string }
  second_factor: {
    id: string
    account_id: string
    secret: string
    backup_codes: string
    verified: number | null
    failed_verification_count: number | null
    locked_until: string | null
  }
  sign_in_code: { id: string; phone: string; code_hash: string; attempts: number; sent_at: string; expires_at: string }
  saved_view: {
    id: string
    version: number
    account_id: string
    list: string
    name: string
    query: string
    created_at: string
    removed_at: string | null
  }
  membership: {
    id: string
    version: number
    account_id: string
    role: string
    subject_id: string | null
    rank: string
    created_at: string
    ended_at: string | null
  }
  link: {
    id: string
    purpose: string
    secret_hash: string
    expires_at: string
    used_at: string | null
    created_at: string
    /** What it is about: a demand, an account. */
    object_id: string | null
    actor_id: string | null
    /** The address or number that it is about. */
    contact: string | null
    /** What its holder decided, and what he wrote. */
    answer: string | null
    note: string | null
  }
  member_invitation: {
    id: string
    version: number
    role: string
    subject_id: string | null
    rank: string
    phone: string | null
    email: string | null
    /** The actor who invited, and his account where he was signed in. */
    invited_by: string
    account_id: string | null
    secret_hash: string
    expires_at: string
    created_at: string
  }
  attachment: {
    id: string
    version: number
    subject_id: string
    /** One of the few places that a subject has, which keeps the racing last one out. */
    place: number
    field_group: string
    name: string
    media_type: string
    size: number
    sha256: string
    /** Name of its bytes in the blob store. */
    blob: string
    uploaded_by: string
    created_at: string
  }
  /** Who read what of somebody's, and when. */
  reading: {
    id: string
    /** The listing or organisation to whose owner it is told. */
    subject_id: string
    /** What of it was read: an attachment's id, or the name of a part. */
    object: string
    reader_id: string
    reader_role: string
    /** In whose session; null for tokens. */
    account_id: string | null
    at: string
    /** What a stamped copy is known by; null where nothing was handed out. */
    code: string | null
  }
  /** Matches as they were shown, one row a page that differs; `engine`, `weights` and `items` are JSON. */
  match_list: {
    id: string
    asked_id: string
    is_whole: number
    kind: string
    reader_role: string
    engine: string
    weights: string
    on_day: string
    /** Of its first item, counted from 1. */
    place: number
    items: string
    times: number
    first_at: string
    last_at: string
  }
  /** What was spent of a limit, by a keyed hash of whom it is about; see `limits/`. */
  quota: { key: string; clear_at_ms: number }
  idempotency: {
    actor_id: string
    key: string
    request_hash: string
    state: string
    status: number | null
    headers: string | null
    body: string | null
    at: string
  }
  job: { id: string; kind: string; payload: string; state: string; run_at: string; finished_at: string | null; failure: string | null }
  setting: { key: string; version: number; value: string; updated_at: string }
  /** What somebody said to a purpose: of an account, or of an expert's profile. */
  consent: {
    id: string
    version: number
    account_id: string | null
    expert_id: string | null
    purpose: string
    text_version: string
    how: string
    recorded_by: string
    /** Null where the answer was no from the beginning. */
    given_at: string | null
    withdrawn_at: string | null
    created_at: string
  }
  /** Persons who were erased, by keyed hashes of their numbers and addresses: nothing about anybody. */
  erasure: { id: string; reason: string; at: string; key_id: string | null; marks: string }
  erased_subject: { subject_id: string; erasure_id: string }
  /** When an account was last used, and when its owner was asked whether it still is. */
  account_use: { account_id: string; last_at: string; asked_at: string | null }
}

/** Tables whose rows are listings: one noun a row. */
export type ListingTable =
  | 'enterprise'
  | 'park'
  | 'county'
  | 'institution'
  | 'expert'
  | 'broker'
  | 'provider'
  | 'verification'
  | 'claim'
  | 'merger'
  | 'disclosure'
  | 'evidence'
  | 'demand'
  | 'offering'
  | 'refusal'
  | 'judgment'
  | 'interest'
  | 'invitation'
  | 'referral'
  | 'delegation'
  | 'engagement'
  | 'contact'
  | 'shortlist'
  | 'intake'
  | 'twins'

/** Listings that a file may bring. */
export type ImportKind = Exclude<
  ListingTable,
  | 'county'
  | 'provider'
  | 'verification'
  | 'claim'
  | 'merger'
  | 'disclosure'
  | 'refusal'
  | 'judgment'
  | 'interest'
  | 'invitation'
  | 'referral'
  | 'delegation'
  | 'engagement'
  | 'contact'
  | 'shortlist'
  | 'intake'
  | 'twins'
>
