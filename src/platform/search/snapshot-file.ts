import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { SavedIndex } from './orama-index.ts'

/**
 * The index at rest, so that a start need not read and tokenise every text. One line (what it is, version, sha256 of the rest), then
 * the typed arrays and tables as V8 writes them. It is a copy of what the database says: whatever is wrong with it, it is left aside.
 */
export interface Snapshot {
  /** What the writer wants to know it by. */
  mark: string
  index: SavedIndex
}

/** The snapshot in a file, or null: there is none, it is damaged, or other code wrote it. */
export function readSnapshot(path: string): Snapshot | null {
  try {
    const bytes = readFileSync(path)
    const end = bytes.indexOf('\n')
    const content = bytes.subarray(end + 1)
    return bytes.toString('latin1', 0, end) === headOf(content) ? deserialize(content) : null
  } catch {
    return null
  }
}

/** Puts a snapshot in the place of the former one, whole or not at all. Throws what the disk says. */
export function writeSnapshot(path: string, snapshot: Snapshot): void {
  const content = serialize(snapshot)
  const unfinished = `${path}.unfinished`
  try {
    writeFileSync(unfinished, headOf(content), { mode: 0o600 })
    writeFileSync(unfinished, '\n', { flag: 'a' })
    writeFileSync(unfinished, content, { flag: 'a' })
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

const headOf = (content: Uint8Array): string => `sunmao-index ${version()} ${createHash('sha256').update(content).digest('hex')}`

let ownVersion: string | undefined
/** The code itself: what is projected, tokenised and laid out in another way is another version, without anybody having to think of it. */
function version(): string {
  if (ownVersion !== undefined) return ownVersion
  const source = fileURLToPath(new URL('../..', import.meta.url))
  const hash = createHash('sha256').update(process.versions.v8)
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) hash.update(readFileSync(path))
  ownVersion = hash.digest('hex')
  return ownVersion
}
