import { readRows } from '../../seed/rows.ts'
import { commandLine } from '../../src/accounts/actor.ts'
import { draftDemand } from '../../src/demands/actions.ts'
import { enterpriseActions } from '../../src/directory/actions.ts'
import type { Ports } from '../../src/platform/ports.ts'

export interface StoredDemand {
  title: string
  problem: string | null
  enterpriseId: string
  /** A demand that asks for nothing but an answer, and the same with terms that exclude offerings. */
  plain: string
  filtered: string
}

/** Demands of the demonstration data, stored in the market that is measured. */
export async function storedDemands(ports: Ports, count: number): Promise<StoredDemand[]> {
  const { id: enterpriseId } = await enterpriseActions.register(ports, commandLine, { name: '砺州恒砺机械有限公司' })
  const stored: StoredDemand[] = []
  for (const row of readRows('demands-collected').slice(0, count)) {
    const title = row.title as string
    const draft = { title, problem: (row.problem as string | undefined) ?? null, enterpriseId }
    const plain = await draftDemand(ports, commandLine, draft)
    const filtered = await draftDemand(ports, commandLine, { ...draft, modes: ['licence'], readinessFrom: 6, budgetMaxFen: 50_000_000 })
    stored.push({ title, problem: draft.problem, enterpriseId, plain: plain.id, filtered: filtered.id })
  }
  return stored
}
