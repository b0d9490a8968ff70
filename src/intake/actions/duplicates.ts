import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import { demandRelations } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { nameVariants, plainName } from '../../directory/names.ts'
import { enterprisesCalled } from '../../directory/store/names.ts'
import type { Ports } from '../../platform/ports.ts'
import type { IntakeLine } from '../intake.ts'
import { areAlike, type Likened } from '../likeness.ts'
import { openLines } from '../store.ts'

/** What seems to be the same need of the same firm: another line, or a demand that is not closed. */
export type Duplicate = { kind: 'line'; line: IntakeLine } | { kind: 'demand'; demand: Demand }

/** Lines of other files that are compared, newest files first. */
const comparedLines = 1_000
/** Demands that are looked at of the firms of one page. */
const comparedDemands = 100

/**
 * For each line what it seems to repeat: among the open lines of all that the actor received, and among the demands that he reads whole.
 * What others received, and demands that he may not read, are not even counted.
 */
export async function duplicatesOf(ports: Ports, actor: Actor, lines: readonly IntakeLine[]): Promise<Map<string, Duplicate[]>> {
  const { database } = ports
  const names = [...new Set(lines.flatMap(({ content }) => content?.enterprise ?? []))]
  const [others, registered] = await Promise.all([
    openLines(database, may(actor, 'intake.read') ? null : actor.id, comparedLines),
    enterprisesCalled(database, names.flatMap(nameVariants)),
  ])
  const held = new Map<string, { plain: string; demand: Demand }[]>()
  for await (const demand of openDemandsOf(ports, [...registered.keys()])) {
    if (!may(actor, 'demand.read-whole', demandRelations(actor, demand))) continue
    const plain = plainName(registered.get(demand.enterpriseId)!)
    held.set(plain, [...(held.get(plain) ?? []), { plain, demand }])
  }
  const waiting = Map.groupBy(others, ({ content }) => plainName(content?.enterprise ?? ''))
  return new Map(
    lines.map((line) => {
      const own = likenedLine(line)
      const plain = plainName(line.content?.enterprise ?? '')
      if (own === null || plain === '') return [line.id, []]
      const alikeLines = (waiting.get(plain) ?? []).filter((other) => {
        const likened = likenedLine(other)
        return other.id !== line.id && likened !== null && areAlike(own, likened)
      })
      const alikeDemands = (held.get(plain) ?? []).filter(({ demand }) => areAlike(own, likenedDemand(demand)))
      return [
        line.id,
        [
          ...alikeDemands.map(({ demand }): Duplicate => ({ kind: 'demand', demand })),
          ...alikeLines.map((other): Duplicate => ({ kind: 'line', line: other })),
        ],
      ]
    }),
  )
}

async function* openDemandsOf({ database }: Ports, enterpriseIds: readonly string[]): AsyncGenerator<Demand> {
  if (enterpriseIds.length === 0) return
  const page = { after: null, limit: comparedDemands }
  const { rows } = await demands.newestPage(
    database,
    { enterprise_id: enterpriseIds.slice(0, 90), state: ['draft', 'vetting', 'published'] },
    page,
  )
  yield* rows
}

function likenedLine({ content }: IntakeLine): Likened | null {
  if (content === null || content.title === '') return null
  return { title: content.title, text: [content.title, content.problem ?? '', ...content.indicators].join('\n') }
}

function likenedDemand({ title, problem, indicators }: Demand): Likened {
  return { title, text: [title, problem ?? '', ...indicators.map(({ text }) => text)].join('\n') }
}
