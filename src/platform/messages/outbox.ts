import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJson } from '../json.ts'
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
    async forget(isToGo) {
      let gone = 0
      for (const name of await namesIn(folder)) {
        const path = join(folder, name)
        // Somebody may have taken the file away meanwhile; what is no message of ours is not ours to delete.
        const message = readJson(await readFile(path, 'utf8').catch(() => '')) as { to?: unknown; at?: unknown } | undefined
        const { to, at } = message ?? {}
        if (typeof to !== 'string' || typeof at !== 'string' || !isToGo({ to, at })) continue
        await rm(path, { force: true })
        gone++
      }
      return gone
    },
  }
}

/** None where nothing was sent yet. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json'))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}
