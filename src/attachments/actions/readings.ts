import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import type { Page } from '../../platform/database/listings.ts'
import type { Ports } from '../../platform/ports.ts'
import { readingsOf } from '../../readings/actions.ts'
import type { ReadingView } from '../../readings/reading.ts'
import type { SubjectKind } from '../attachment.ts'
import { readingVerb, subjectFor } from './subject.ts'

/** Who read what of a listing or an organisation, newest first, for its owner. 401, 403, 404. */
export async function listReadings(
  ports: Ports,
  actor: Actor,
  on: { kind: SubjectKind; id: string },
  page: Page,
): Promise<{ items: ReadingView[]; next: Page['after'] }> {
  const { relations } = await subjectFor(ports, actor, on.id, on.kind)
  permit(actor, readingVerb(on.kind), relations)
  return readingsOf(ports, actor, on.id, page)
}
