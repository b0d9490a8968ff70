import { brokerActions, parkActions } from '../../directory/actions.ts'
import { labelOf } from '../../platform/codes/codes.ts'
import type { AppContext } from '../../platform/web/context.ts'
import { Actions, Button, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import type { Option } from '../../platform/web/parts/fields.tsx'
import { readable } from '../../platform/web/parts/readable.ts'
import { type View, viewOf } from '../../platform/web/view.ts'
import type { BoardRead } from '../actions/board.ts'
import { type BoardFilter, Due, filterQuery } from '../board-filter.ts'
import { EngagementStage } from '../engagement.ts'

/** By what a board can be narrowed: name of the field → its values. */
export type Choices = Record<'stage' | 'due' | 'region' | 'park' | 'broker', Option[]>

export async function choicesOf(c: AppContext, { regions, parkIds, brokerIds }: BoardRead): Promise<Choices> {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { board: words, states } = view.words.engagement
  const [parks, brokers] = await Promise.all([
    readable(parkIds, (id) => parkActions.read(ports, actor, id)),
    readable(brokerIds, (id) => brokerActions.read(ports, actor, id)),
  ])
  const named = (found: Map<string, { name: string }>) => [...found].map(([value, { name }]) => ({ value, label: name }))
  return {
    stage: EngagementStage.options.map((value) => ({ value, label: states[value]! })),
    due: Due.options.map((value) => ({ value, label: words.due[value] })),
    region: regions.map((value) => ({ value, label: labelOf('region', value, view.locale) })),
    park: named(parks),
    broker: named(brokers),
  }
}

/** The form that narrows the board; of what has nothing to choose from there is no field. */
export function BoardFilters({ view, filter, choices }: { view: View; filter: BoardFilter; choices: Choices }) {
  const { board: words } = view.words.engagement
  const { demand, ...rest } = filter
  const isNarrowed = Object.values(rest).some((value) => value !== null)
  // The keys of an object literal are those of its type.
  const fields = (Object.keys(choices) as (keyof Choices)[]).filter((name) => choices[name].length > 0)
  return (
    <details class="more" open={isNarrowed}>
      <summary>{words.narrow}</summary>
      <form method="get" action="/board" class="narrowing">
        {demand !== null && <input type="hidden" name="demand" value={demand} />}
        <label>
          <span>{words.words}</span>
          <input name="words" value={filter.words ?? ''} autocomplete="off" />
        </label>
        {fields.map((name) => (
          <label>
            <span>{words.fields[name]}</span>
            <select name={name}>
              <option value="">{words.any}</option>
              {choices[name].map(({ value, label }) => (
                <option value={value} selected={value === filter[name]}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ))}
        <Actions>
          <Button tone="plain">{view.words.listing.apply}</Button>
          {isNarrowed && (
            <ButtonLink tone="plain" href={`/board?${filterQuery({ ...cleared, demand })}`}>
              {view.words.listing.clear}
            </ButtonLink>
          )}
        </Actions>
      </form>
    </details>
  )
}

const cleared = { stage: null, due: null, region: null, park: null, broker: null, words: null } as const
