import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { readsDetail } from '../../demands/actions.ts'
import { knownSides } from '../../engagements/actions/sides.ts'
import { idFromOrigin } from '../../platform/ids.ts'
import { chronicle, commitTogether, step } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Judgment, JudgmentRequest } from '../judgment.ts'
import { judgments } from '../store.ts'

/** Says how well a supply answers a demand; said again, it replaces what the same judge said before. 401, 403, 422 for a side that he may not know of. */
export async function giveJudgment(ports: Ports, actor: Actor, { demandId, supplyId, grade }: JudgmentRequest): Promise<Judgment> {
  permit(actor, 'judgment.give')
  const { demand, supply } = await knownSides(ports, actor, { demandId, supplyId })
  // Of a teaser nobody can tell whether it is answered.
  if (!readsDetail(actor, demand)) throw new Problem('not-permitted', { verb: 'judgment.give', role: actor.role })
  // One row a pair and judge: of two forms sent at the same moment, the journal lets one.
  const id = await idFromOrigin('judgment', `${actor.id} ${demand.id} ${supply.noun.id}`)
  const facts = { demandId, grade }
  const before = await judgments.find(ports.database, id)
  if (before !== undefined) return step(ports, judgments, before, { grade }, { kind: 'judgment.changed', actorId: actor.id, facts })
  const now = ports.now()
  const judgment: Judgment = {
    id,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    demandId,
    supplyId,
    grade,
    by: actor.id,
  }
  const entries = chronicle(ports, judgment, { kind: 'judgment.given', actorId: actor.id, facts })
  await commitTogether(ports, [...entries, ...judgments.insert(ports.database, judgment)])
  return judgment
}
