import { type BlobStore, checkName } from './blob-store.ts'

/** Keeps files as long as the process lives, beside a database in memory. */
export function memoryBlobs({ largest }: Pick<BlobStore, 'largest'>): BlobStore {
  const blobs = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    largest,
    async put(name, bytes) {
      blobs.set(checkName(name), Uint8Array.from(bytes))
    },
    async get(name) {
      return blobs.get(checkName(name))?.slice() ?? null
    },
    async remove(name) {
      blobs.delete(checkName(name))
    },
    async *each() {
      yield* [...blobs.keys()]
    },
  }
}
