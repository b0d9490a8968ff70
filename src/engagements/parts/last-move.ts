import { brokerActions } from '../../directory/actions.ts'
import { kindOfId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { AppContext } from '../../platform/web/context.ts'
import { unlessRefused } from '../../platform/web/parts/readable.ts'
import { viewOf } from '../../platform/web/view.ts'
import { readEngagement } from '../actions/engagement.ts'
import { readLastMove } from '../actions/move.ts'
import type { Hindrance } from '../actions/move-together.ts'
import type { Engagement } from '../engagement.ts'
import { caseNames } from './subject.ts'

/** Who moved a case last, where to and when, as a sentence. */
export async function lastMoveText(c: AppContext, { id, state }: Engagement): Promise<string> {
  const view = viewOf(c)
  const { board: words, states } = view.words.engagement
  const last = await unlessRefused(() => readLastMove(c.var.ports, c.var.actor, id), ['not-found'])
  if (last instanceof Problem) return words.changed
  const when = `${view.words.units.day(view.dayOf(last.at))} ${view.clockOf(last.at)}`
  const move = { who: await whoName(c, last.by), when, stage: states[state]! }
  return last.kind === 'engagement.undone' ? words.undoneBy(move) : words.movedBy(move)
}

/** Which case it is, and why it did not go along. */
export async function hindranceText(c: AppContext, { id, why }: Hindrance): Promise<string> {
  const view = viewOf(c)
  const { board: words, states } = view.words.engagement
  const engagement = await unlessRefused(() => readEngagement(c.var.ports, c.var.actor, id), ['not-found'])
  if (engagement instanceof Problem) return words.goneCase
  const { supply } = await caseNames(c, engagement)
  const reason = why === 'no-such-move' ? words.noSuchMove(states[engagement.state]!) : await lastMoveText(c, engagement)
  return `${supply}${view.words.units.colon}${reason}`
}

/** What the reader may call whoever moved it: brokers by name, everybody else by his part. */
async function whoName(c: AppContext, by: string): Promise<string> {
  const { words } = viewOf(c)
  if (by === c.var.actor.id) return words.engagement.board.you
  const kind = kindOfId(by)
  if (kind === 'broker') {
    const broker = await unlessRefused(() => brokerActions.read(c.var.ports, c.var.actor, by), ['not-found', 'not-permitted'])
    return broker instanceof Problem ? words.account.own.roles.broker : broker.name
  }
  if (kind === 'enterprise' || kind === 'expert' || kind === 'institution') return words.account.own.roles[kind]
  return kind === 'link' ? words.engagement.board.asked : words.account.own.roles.operator
}
