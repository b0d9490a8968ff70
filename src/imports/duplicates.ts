import type { Database } from '../platform/database/database.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { erasedAmong } from '../privacy/store.ts'
import { placeOf, type ReadRow, type RowFault } from './drafting.ts'
import { originMember } from './headers.ts'
import { ownIdIn } from './origins.ts'
import type { Reference, Resolver } from './references.ts'
import { heldRows } from './store.ts'

/** A row with what it would become; `draft` is null and `faults` tell why where it would become nothing. */
export interface Candidate {
  row: ReadRow
  references: readonly Reference[]
  draft: object | null
  faults: RowFault[]
  originId: string
  id: string
}

/** Refuses the second row of one origin, and what is in the database already, seen or not. A resumed import's own rows are none. */
export async function refuseDuplicates(
  database: Database,
  kind: ImportKind,
  candidates: readonly Candidate[],
  batchId: string | null,
): Promise<void> {
  const first = new Map<string, number>()
  for (const candidate of candidates) {
    const line = first.get(candidate.originId)
    if (line === undefined) first.set(candidate.originId, candidate.row.line)
    else refuse(candidate, { line })
  }
  // What was exported here comes back under the id that it has.
  const sought = candidates.map(({ id, originId }) => ({ id: ownIdIn(originId) ?? id, originId }))
  const held = (await heldRows(database, kind, sought)).filter((row) => batchId === null || row.batchId !== batchId)
  const taken = new Map(held.flatMap(({ id, originId }) => [[id, id] as const, [originId ?? id, id] as const]))
  for (const [at, candidate] of candidates.entries()) {
    const existing = taken.get(sought[at]!.id) ?? taken.get(candidate.originId)
    if (existing !== undefined) refuse(candidate, { existing })
  }
}

/** Refuses who was erased at his own wish: what a file still says of him does not bring him back. */
export async function refuseErased(database: Database, candidates: readonly Candidate[]): Promise<void> {
  const erased = await erasedAmong(
    database,
    candidates.map(({ id }) => id),
  )
  for (const candidate of candidates) if (erased.has(candidate.id)) refuse(candidate, {}, 'was-erased')
}

function refuse(candidate: Candidate, facts: RowFault['facts'], rule?: string): void {
  const { row, originId } = candidate
  const place = placeOf(row, [originMember])
  candidate.draft = null
  candidate.faults.push({
    column: place?.column ?? '',
    value: place?.value ?? originId,
    rule: rule ?? (row.origin === null ? 'duplicate-row' : 'duplicate-origin'),
    facts,
  })
}

/** What refers to a row of the same file that is not written refers to nothing. */
export function refuseDependents(candidates: readonly Candidate[], resolve: Resolver): void {
  const written = new Set(candidates.filter(({ draft }) => draft !== null).map(({ id }) => id))
  const wrong = new Set(candidates.map(({ id }) => id).filter((id) => !written.has(id)))
  for (let before = -1; before !== wrong.size; ) {
    before = wrong.size
    for (const candidate of candidates) {
      const dangling = candidate.draft && candidate.references.find((reference) => wrong.has(resolve(reference) ?? ''))
      if (!dangling) continue
      const place = placeOf(candidate.row, dangling.path)
      candidate.draft = null
      candidate.faults.push({ column: place?.column ?? '', value: dangling.text, rule: 'unknown-reference', facts: {} })
      wrong.add(candidate.id)
    }
  }
}
