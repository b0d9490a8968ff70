import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Verb } from '../../accounts/permissions.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Intake, IntakeLine } from '../intake.ts'
import { findLine, intakes } from '../store.ts'

const relations = (actor: Actor, { receivedBy }: Intake) => (actor.id === receivedBy ? (['entered'] as const) : [])

/** 404 for whoever may not know of it, 401 and 403 for whoever may not do it. */
export async function findIntake(ports: Pick<Ports, 'database'>, actor: Actor, id: string, verb: Verb): Promise<Intake> {
  const intake = await intakes.find(ports.database, id)
  if (intake === undefined || !may(actor, 'intake.read', relations(actor, intake))) throw new Problem('not-found', { id })
  permit(actor, verb, relations(actor, intake))
  return intake
}

/** A line with its intake. 401, 403, 404. */
export async function findLineFor(
  ports: Pick<Ports, 'database'>,
  actor: Actor,
  id: string,
  verb: Verb,
): Promise<{ line: IntakeLine; intake: Intake }> {
  const line = await findLine(ports.database, id)
  if (line === undefined) throw new Problem('not-found', { id })
  return { line, intake: await findIntake(ports, actor, line.intakeId, verb) }
}

/** A line with its intake, for whoever may read it. 401, 403, 404. */
export const readLine = (ports: Pick<Ports, 'database'>, actor: Actor, id: string) => findLineFor(ports, actor, id, 'intake.read')
