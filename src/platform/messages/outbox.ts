import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Messenger, textOf } from './messenger.ts'

/** Writes one file a message: for development and the demonstration, where nobody is to be reached. */
export function outbox(folder: string, { now }: { now(): string }): Messenger {
  let count = 0
  return {
    reaches: 'outbox',
    async send(message) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const at = now()
      const name = `${at.replaceAll(':', '-')}-${String(++count).padStart(4, '0')}-${message.kind}.json`
      await writeFile(join(folder, name), `${JSON.stringify({ at, ...message, text: textOf(message) }, null, 2)}\n`, { mode: 0o600 })
    },
  }
}
