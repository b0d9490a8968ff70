import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import type { Page } from '../../platform/database/listings.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Judgment } from '../judgment.ts'
import { judgments } from '../store.ts'

/** All judgments, the newest first. 401, 403. */
export async function listJudgments(ports: Ports, actor: Actor, page: Page): Promise<{ items: Judgment[]; next: Page['after'] }> {
  permit(actor, 'judgment.read')
  const { rows, next } = await judgments.newestPage(ports.database, {}, page)
  return { items: rows, next }
}
