import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Mixed, Notice, Rows, Tag, Written } from '../platform/web/parts/text.tsx'
import { ownPath, type View } from '../platform/web/view.ts'
import { type EngagementState, nextStages } from './engagement.ts'
import type { Card } from './parts/board.tsx'

interface ConflictPageProps {
  view: View
  card: Card
  /** Who moved it meanwhile, where to and when. */
  said: string
  /** Where the reader wanted it; null where he wanted it back. */
  wanted: EngagementState | null
  /** What he wrote, to go on with. */
  fields: Record<string, string>
}

/** Somebody has moved the case since the reader saw it: nothing was done, and he may do it nevertheless. */
export function ConflictPage({ view, card: { engagement, demand, supply }, said, wanted, fields }: ConflictPageProps) {
  const { board: words, case: caseWords, pairing, states } = view.words.engagement
  const { id, version, state, steps } = engagement
  const theirs = steps.at(-1)?.note ?? null
  const back = ownPath(fields.back ?? '/board')
  const leads = wanted !== null && nextStages(state).includes(wanted)
  return (
    <Page view={view} title={words.conflict}>
      <div class="narrow">
        <h1>{words.conflict}</h1>
        <Notice tone="warn">
          <p>
            <Mixed text={said} />
          </p>
          <p>{words.nothingDone}</p>
        </Notice>
        <Rows
          rows={[
            [pairing.wanted, <Written text={demand} locale={view.locale} />],
            [caseWords.pair, <Written text={supply} locale={view.locale} />],
            [words.now, <Tag tone="busy">{states[state]}</Tag>],
            [words.theirNote, theirs && <Written text={theirs} locale={view.locale} />],
            [words.wanted, wanted !== null && <Tag>{states[wanted]}</Tag>],
            [words.yourNote, fields.note && <Written text={fields.note} locale={view.locale} />],
          ]}
        />
        {wanted === state && <p>{words.alreadyThere}</p>}
        {wanted !== null && wanted !== state && !leads && <p>{words.noSuchMove(states[state]!)}</p>}
        <form method="post" action={`/engagements/${id}/moves`}>
          <input type="hidden" name="version" value={String(version)} />
          {['to', 'on', 'code', 'note', 'back'].map((name) => (
            <input type="hidden" name={name} value={fields[name] ?? ''} />
          ))}
          <Actions>
            {leads && <Button>{words.nevertheless(states[wanted]!)}</Button>}
            <ButtonLink tone="plain" href={back}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}
