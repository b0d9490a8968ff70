import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { amendDemand, demandRelations, draftDemand, findFor, withdrawDemand } from '../../demands/actions.ts'
import type { Demand, DemandDraft, Routing } from '../../demands/demand.ts'
import { demandLifecycle } from '../../demands/lifecycle.ts'
import { demands } from '../../demands/store.ts'
import { findOrRegisterEnterprise } from '../../directory/actions/enterprises.ts'
import { plainName } from '../../directory/names.ts'
import { enterprises } from '../../directory/store.ts'
import { ConcurrentChange } from '../../platform/database/database.ts'
import { commitTogether, nextOf } from '../../platform/journal/change.ts'
import { nextState, pastOf, type VerbOf } from '../../platform/lifecycle.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { draftOf } from '../content.ts'
import { type Intake, type IntakeLine, type LineDraft, type LineMerging, lineLifecycle } from '../intake.ts'
import type { LineContent } from '../line.ts'
import { intakes, updateLine } from '../store.ts'
import { findLineFor } from './find.ts'

/** What a decision leaves. */
export interface Decided {
  line: IntakeLine
  demandId: string | null
}

/** Makes a demand of a line, for its enterprise; a new one is registered. 401, 403, 404, 409 where it is decided, 422. */
export async function draftLine(ports: Ports, actor: Actor, id: string, written: LineDraft): Promise<Decided> {
  return drafting(ports, actor, id, written, null)
}

/** Sends a need that is not technical to where it belongs: it is kept as a demand that was routed. 401, 403, 404, 409, 422. */
export async function routeLine(ports: Ports, actor: Actor, id: string, routing: Routing, written: LineDraft = {}): Promise<Decided> {
  return drafting(ports, actor, id, written, routing)
}

async function drafting(ports: Ports, actor: Actor, id: string, written: LineDraft, routing: Routing | null): Promise<Decided> {
  const { line, intake } = await findLineFor(ports, actor, id, 'intake.decide')
  const content = contentOf(line)
  const verb = routing === null ? 'draft' : 'route'
  nextState(lineLifecycle, line.state, verb)
  const enterprise = await enterpriseOf(ports, actor, content, written)
  const draft = draftOf(content, today(ports))
  const title = written.title ?? draft.title
  if ([...title].length < 4) throw new Problem('invalid-input', { errors: [{ pointer: '/title', code: 'required' }] })
  const input = { ...draft, title, channel: intake.channel, enterpriseId: enterprise.id }
  let decided: Decided | undefined
  await raced(() =>
    draftDemand(ports, actor, input, (demand) => {
      const relations = demandRelations(actor, demand)
      const moved = { ...line, state: nextState(lineLifecycle, line.state, verb), demandId: demand.id, reason: routing?.reason ?? null }
      decided = { line: moved, demandId: demand.id }
      const statements = decisionOn(ports, actor, intake, moved, verb)
      if (routing === null) return statements
      permit(actor, 'demand.route', relations)
      return [...routed(ports, actor, demand, routing), ...statements]
    }),
  )
  return decided!
}

function routed(ports: Ports, actor: Actor, demand: Demand, routing: Routing): Compilable[] {
  const change = { kind: 'demand.routed', actorId: actor.id, facts: { from: demand.state, to: routing.to } } as const
  return nextOf(ports, demands, demand, { routing, state: nextState(demandLifecycle, demand.state, 'route') }, change).statements
}

/** Whose need it is; 422 where nobody says. */
async function enterpriseOf(ports: Ports, actor: Actor, content: LineContent, written: LineDraft): Promise<{ id: string; name: string }> {
  const name = written.enterprise ?? content.enterprise
  if (name === null || name.trim().length < 2)
    throw new Problem('invalid-input', { errors: [{ pointer: '/enterprise', code: 'required' }] })
  // A code that stands beside another name is not its.
  const isSame = written.enterprise === undefined || plainName(written.enterprise) === plainName(content.enterprise ?? '')
  const about = { creditCode: isSame ? content.creditCode : null, region: content.region, parkId: actor.role === 'park' ? actor.id : null }
  const { enterprise } = await findOrRegisterEnterprise(ports, actor, { name, ...about })
  return enterprise
}

/**
 * Adds a line to a demand that says the same: what is taken of it, the demand says from now on. 401, 403, 404, 409 where one is decided or the
 * enterprise is another, 412, 422.
 */
export async function mergeLine(ports: Ports, actor: Actor, id: string, { demandId, version, take }: LineMerging): Promise<Decided> {
  const { line, intake } = await findLineFor(ports, actor, id, 'intake.decide')
  const content = contentOf(line)
  const state = nextState(lineLifecycle, line.state, 'merge')
  const demand = await findFor(ports, actor, demandId, 'demand.amend')
  if (demand.version !== version) throw new Problem('version-differs', { current: demand.version })
  const enterprise = await enterprises.find(ports.database, demand.enterpriseId)
  if (content.enterprise !== null && plainName(enterprise?.name ?? '') !== plainName(content.enterprise))
    throw new Problem('not-allowed-now', { reason: 'other-enterprise' })
  const moved = { ...line, state, demandId }
  const statements = decisionOn(ports, actor, intake, moved, 'merge')
  const patch = taken(demand, draftOf(content, today(ports)), take)
  if (Object.keys(patch).length === 0) await commitTogether(ports, statements)
  else await amendDemand(ports, actor, demandId, version, patch, statements)
  return { line: moved, demandId }
}

/** Of what is to be taken, that which the demand says otherwise. */
function taken(demand: Demand, draft: Partial<DemandDraft>, take: LineMerging['take']): Partial<DemandDraft> {
  const plain = (member: keyof DemandDraft, value: unknown) =>
    member === 'indicators' ? (value as Demand['indicators']).map(({ text }) => text) : value
  const differs = (member: LineMerging['take'][number]) =>
    JSON.stringify(plain(member, draft[member])) !== JSON.stringify(plain(member, demand[member]))
  return Object.fromEntries(take.filter(differs).map((member) => [member, draft[member]]))
}

/** Leaves a line out that is no need, or no new one. 401, 403, 404, 409. */
export async function leaveLine(ports: Ports, actor: Actor, id: string, reason: string | null): Promise<Decided> {
  const { line, intake } = await findLineFor(ports, actor, id, 'intake.decide')
  const moved = { ...line, state: nextState(lineLifecycle, line.state, 'leave'), reason }
  await commitTogether(ports, decisionOn(ports, actor, intake, moved, 'leave'))
  return { line: moved, demandId: null }
}

/** Takes a decision back: a draft that came of it is withdrawn. 401, 403, 404, 409 once it went further. */
export async function reopenLine(ports: Ports, actor: Actor, id: string): Promise<Decided> {
  const { line, intake } = await findLineFor(ports, actor, id, 'intake.decide')
  contentOf(line)
  const moved = { ...line, state: nextState(lineLifecycle, line.state, 'reopen'), demandId: null, reason: null }
  const statements = decisionOn(ports, actor, intake, { ...moved, decidedAt: null }, 'reopen')
  if (line.demandId === null) await commitTogether(ports, statements)
  else {
    const { state } = await findFor(ports, actor, line.demandId, 'demand.withdraw')
    if (!isFresh(state)) throw new Problem('not-allowed-now', { state })
    await raced(() => withdrawDemand(ports, actor, line.demandId!, statements))
  }
  return { line: { ...moved, decidedAt: null }, demandId: null }
}

/** Nothing has come of it since the line was decided. */
const isFresh = (state: Demand['state']) => state === 'draft' || state === 'routed'

/** Whether the actor may take the decision on a line back: whoever may withdraw the draft that came of it. */
export async function mayReopen(ports: Ports, actor: Actor, line: IntakeLine): Promise<boolean> {
  if (line.content === null || !('reopen' in lineLifecycle[line.state])) return false
  if (line.demandId === null) return true
  const demand = await demands.find(ports.database, line.demandId)
  return demand !== undefined && isFresh(demand.state) && may(actor, 'demand.withdraw', demandRelations(actor, demand))
}

/** The statements of a decision: of two at once about lines of one file the slower is refused, so that no line is decided twice. */
function decisionOn(ports: Ports, actor: Actor, intake: Intake, line: IntakeLine, verb: VerbOf<typeof lineLifecycle>): Compilable[] {
  const facts = { line: line.id, ...(line.demandId !== null && { demandId: line.demandId }) }
  const change = { kind: `intake.line-${pastOf[verb]}`, actorId: actor.id, facts } as const
  const { next, statements } = nextOf(ports, intakes, intake, {}, change)
  const decided = verb === 'reopen' ? line : { ...line, decidedAt: next.updatedAt }
  return [...statements, updateLine(ports.database, decided)]
}

function contentOf({ content, state }: IntakeLine): LineContent {
  if (content === null) throw new Problem('not-allowed-now', { state, reason: 'file-gone' })
  return content
}

async function raced<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('changed-meanwhile', { state: null }, { cause: error })
  }
}
