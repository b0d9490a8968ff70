import { declineReasons, type Side } from '../../matching/refusal.ts'
import { type FormState, Select, TextField, Yes } from '../../platform/web/parts/fields.tsx'
import type { View } from '../../platform/web/view.ts'
import { reasonName } from './pairing.ts'

/** Why something does not fit, in the reasons of one side, and whether the other one is told. */
export function DeclineFields({ side, ...of }: { view: View; form: FormState; side: Side; within?: string }) {
  const { view } = of
  const { refusal } = view.words.engagement.pairing
  // 推荐他人 has its own form.
  const options = declineReasons[side].filter((code) => code !== 'referred').map((value) => ({ value, label: reasonName(value, view) }))
  return (
    <>
      <Select {...of} name="code" label={refusal.reason} options={options} any={refusal.choose} isRequired />
      <TextField {...of} name="why" {...refusal.note} />
      <Yes {...of} name="isReleased" label={refusal.isReleased} />
    </>
  )
}

/** What the form says, as the actions take it. */
export const declineIn = ({ code, why, isReleased }: Record<string, string>) => ({
  code: code === '' ? undefined : code,
  note: why?.trim() ? why : null,
  isReleased: isReleased === 'yes',
})

/** Which fields come back where something is wrong. */
export const declineFields = ['code', 'why', 'isReleased'] as const
