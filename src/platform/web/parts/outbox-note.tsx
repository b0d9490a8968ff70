import type { View } from '../view.ts'
import { Notice } from './text.tsx'

/** Beside whatever says that something was sent: here nothing reaches a telephone or a mailbox. */
export function OutboxNote({ view }: { view: View }) {
  if (!view.isOutbox) return null
  return (
    <Notice tone="warn">
      <p>{view.words.shell.outbox}</p>
    </Notice>
  )
}
