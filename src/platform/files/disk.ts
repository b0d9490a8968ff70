import { mkdir, open, opendir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { type BlobStore, checkName, isBlobName } from './blob-store.ts'

/** Ends the name of what is being written, or of what a crash left half written. */
const part = '.part'

/** Keeps each blob as a file, readable by its owner alone, in a folder a month. */
export function diskBlobs(root: string, { largest }: Pick<BlobStore, 'largest'>): BlobStore {
  const folderOf = (name: string) => join(root, checkName(name).slice(0, 6))
  const fileOf = (name: string) => join(folderOf(name), name)
  return {
    largest,
    async put(name, bytes) {
      const file = fileOf(name)
      try {
        await mkdir(folderOf(name), { recursive: true, mode: 0o700 })
        await written(file + part, bytes)
        await rename(file + part, file)
      } catch (error) {
        await rm(file + part, { force: true }).catch(() => {})
        throw storageProblem(error)
      }
    },
    async get(name) {
      try {
        return Uint8Array.from(await readFile(fileOf(name)))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },
    async remove(name) {
      for (const file of [fileOf(name), fileOf(name) + part]) await rm(file, { force: true })
    },
    async *each() {
      for await (const month of entries(root)) {
        if (!month.isDirectory() || !/^\d{6}$/.test(month.name)) continue
        for await (const entry of entries(join(root, month.name))) {
          const name = entry.name.endsWith(part) ? entry.name.slice(0, -part.length) : entry.name
          if (entry.isFile() && isBlobName(name)) yield name
        }
      }
    },
  }
}

/** On the disk before anything refers to it: a commit is a promise. */
async function written(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* entries(folder: string) {
  try {
    yield* await opendir(folder)
  } catch (error) {
    // Nothing was ever kept, or a month's folder went away meanwhile.
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

function storageProblem(error: unknown): unknown {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Problem('storage-full', {}, { cause: error })
  if (['EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOTDIR'].includes(code)) return new Problem('storage-read-only', {}, { cause: error })
  return error
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''
