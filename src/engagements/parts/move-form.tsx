import { declineReasons } from '../../matching/refusal.ts'
import { Button } from '../../platform/web/parts/buttons.tsx'
import { type FormState, Select, TextField } from '../../platform/web/parts/fields.tsx'
import type { View } from '../../platform/web/view.ts'
import { type Engagement, EngagementStage, nextStages } from '../engagement.ts'
import { reasonName } from './pairing.ts'

/** How a form names a case in the version that its reader saw. */
export const caseField = ({ id, version }: Pick<Engagement, 'id' | 'version'>) => `${id}:${version}`

/** Why a case may be lost, by either side's list. */
export const lossReasons = (view: View) =>
  [...new Set([...declineReasons.supply, ...declineReasons.demand])].map((value) => ({ value, label: reasonName(value, view) }))

/** Of several at once: whom each of them named is asked for one by one. */
export const jointReasons = (view: View) => lossReasons(view).filter(({ value }) => value !== 'referred')

/** Without a reason the case page asks for it. */
export function MoveForm({ view, engagement }: { view: View; engagement: Engagement }) {
  const { board: words, states } = view.words.engagement
  const { id, version, state } = engagement
  return (
    <form method="post" action={`/engagements/${id}/moves`} class="actions">
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="back" value={view.path} />
      <label>
        <span class="unseen">{words.stage}</span>
        <select name="to">
          {nextStages(state).map((to) => (
            <option value={to}>{states[to]}</option>
          ))}
        </select>
      </label>
      <Button tone="plain">{words.move}</Button>
    </form>
  )
}

export function UndoForm({ view, engagement: { id, version } }: { view: View; engagement: Engagement }) {
  return (
    <form method="post" action={`/engagements/${id}/undoing`}>
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="back" value={view.path} />
      <Button tone="plain">{view.words.engagement.board.undo}</Button>
    </form>
  )
}

/** A move with its reason, a note and the day it happened. */
export function MoveInFull({ view, form, engagement }: { view: View; form: FormState; engagement: Engagement }) {
  const { case: words, board, states, pairing } = view.words.engagement
  const { id, version, state } = engagement
  const field = { view, form }
  return (
    <details class="more" open={Object.keys(form.messages).length > 0}>
      <summary>{board.move}</summary>
      <form method="post" action={`/engagements/${id}/moves`} novalidate class="stack">
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="back" value={`/engagements/${id}`} />
        <Select
          {...field}
          name="to"
          label={words.move}
          options={nextStages(state).map((value) => ({ value, label: states[value]! }))}
          isRequired
        />
        <Select
          {...field}
          name="code"
          label={board.reason}
          when={board.whenLost}
          options={lossReasons(view)}
          any={pairing.refusal.choose}
        />
        {engagement.supplyId !== null && (
          <div class="referred">
            <TextField {...field} name="referred" label={words.referred} when={words.whenReferred} />
            <TextField {...field} name="institution" label={words.referredFrom} />
          </div>
        )}
        <TextField {...field} name="on" {...words.on} type="date" />
        <TextField {...field} name="note" {...words.note} />
        <Button>{board.move}</Button>
      </form>
    </details>
  )
}

/** Moves all cards that are ticked; it stands behind the board, and at the foot of the screen while any are. */
export function TogetherBar({ view }: { view: View }) {
  const { board: words, case: caseWords, pairing, states } = view.words.engagement
  return (
    <form method="post" action="/board/moves" id="together" class="together" aria-label={words.together}>
      <input type="hidden" name="back" value={view.path} />
      <p data-count={words.chosen('#')} aria-live="polite">
        {words.together}
      </p>
      <label>
        <span>{caseWords.move}</span>
        <select name="to">
          {EngagementStage.options.map((to) => (
            <option value={to} selected={to === 'contacted'}>
              {states[to]}
            </option>
          ))}
        </select>
      </label>
      <label class="loss">
        <span>{words.reason}</span>
        <select name="code">
          <option value="">{pairing.refusal.choose}</option>
          {jointReasons(view).map(({ value, label }) => (
            <option value={value}>{label}</option>
          ))}
        </select>
      </label>
      <label class="loss">
        <span>{caseWords.note.label}</span>
        <input name="note" autocomplete="off" />
      </label>
      <Button>{words.moveTogether}</Button>
    </form>
  )
}
