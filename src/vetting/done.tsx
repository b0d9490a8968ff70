import { Notice, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'

/** What the operator has just decided. */
export interface Done {
  title: string
  state: string
}

export function DoneNotice({ view, done }: { view: View; done: Done | null }) {
  if (done === null) return null
  const { decided } = view.words.vetting
  const say = decided[done.state as keyof typeof decided] ?? decided.other
  return (
    <Notice>
      <Written text={say(done.title)} locale={view.locale} />
    </Notice>
  )
}
