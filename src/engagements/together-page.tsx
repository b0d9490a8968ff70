import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextField } from '../platform/web/parts/fields.tsx'
import { Mixed, Notice, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { EngagementState } from './engagement.ts'
import type { Card } from './parts/board.tsx'
import { caseField, jointReasons } from './parts/move-form.tsx'

interface TogetherPageProps {
  view: View
  form: FormState
  /** Those that may go. */
  cards: readonly Card[]
  /** Those that may not, each as a sentence. */
  reasons: readonly string[]
  to: EngagementState
  back: string
}

/** Several cases that were not moved yet: what hinders some of them, or what is still to be said. */
export function TogetherPage({ view, form, cards, reasons, to, back }: TogetherPageProps) {
  const { board: words, case: caseWords, pairing, states } = view.words.engagement
  const field = { view, form }
  const labels = { cases: words.together, code: words.reason, note: caseWords.note.label }
  const title = words.togetherTo(states[to]!)
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <ErrorSummary view={view} form={form} labels={labels} />
        {reasons.length > 0 && (
          <Notice tone="warn">
            <h2>{words.hindered(reasons.length)}</h2>
            <ul>
              {reasons.map((each) => (
                <li>
                  <Mixed text={each} />
                </li>
              ))}
            </ul>
            <p>{words.nothingDone}</p>
          </Notice>
        )}
        {cards.length > 0 && (
          <Section title={words.free(cards.length)} id="cases">
            <ul class="plain">
              {cards.map(({ supply, demand }) => (
                <li>
                  <Written text={supply} locale={view.locale} /> · <Written text={demand} locale={view.locale} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <form method="post" action="/board/moves" novalidate class="stack">
          <input type="hidden" name="to" value={to} />
          <input type="hidden" name="back" value={back} />
          {cards.map(({ engagement }) => (
            <input type="hidden" name="case" value={caseField(engagement)} />
          ))}
          {to === 'lost' && cards.length > 0 && (
            <Select {...field} name="code" label={words.reason} options={jointReasons(view)} any={pairing.refusal.choose} isRequired />
          )}
          {(to === 'lost' || (form.values.note ?? '') !== '') && <TextField {...field} name="note" {...caseWords.note} />}
          <Actions>
            {cards.length > 0 && <Button>{words.moveThese(cards.length)}</Button>}
            <ButtonLink tone="plain" href={back}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}
