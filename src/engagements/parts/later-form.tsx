import { addDays } from '../../platform/days.ts'
import { Actions, Button } from '../../platform/web/parts/buttons.tsx'
import { type FormState, TextField } from '../../platform/web/parts/fields.tsx'
import type { View } from '../../platform/web/view.ts'

interface Pair {
  demandId: string
  supplyId: string
}

export const Ids = ({ demandId, supplyId }: Pair) => (
  <>
    <input type="hidden" name="demandId" value={demandId} />
    <input type="hidden" name="supplyId" value={supplyId} />
  </>
)

/** 稍后: puts a pairing off until a day. */
export function LaterForm({ view, form, within, ids }: { view: View; form: FormState; within: string; ids: Pair }) {
  const { later: words } = view.words.engagement.inbox
  return (
    <>
      <p class="quiet">{words.lead}</p>
      <form method="post" action="/inbox/later" novalidate class="stack">
        <Ids {...ids} />
        <Actions>
          <Button tone="plain" name="when" value="tomorrow">
            {words.tomorrow}
          </Button>
          <Button tone="plain" name="when" value="week">
            {words.week}
          </Button>
        </Actions>
        <TextField view={view} form={withDay(form, view.today)} name="until" {...words.day} type="date" within={within} />
        <Button tone="plain">{words.submit}</Button>
      </form>
    </>
  )
}

const inAMonth = 30
const withDay = (form: FormState, today: string): FormState => ({ ...form, values: { until: addDays(today, inAMonth), ...form.values } })
