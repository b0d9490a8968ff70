import { type BlobStore, checkName, isBlobName } from './blob-store.ts'

/** The part of R2 that is used; keeps Cloudflare's types out of shared code. */
export interface R2 {
  put(key: string, value: Uint8Array): Promise<unknown>
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  delete(key: string): Promise<void>
  list(options: { cursor?: string }): Promise<{ objects: { key: string }[]; truncated: boolean; cursor?: string }>
}

/** Keeps each blob as an object of a bucket. R2 shows an object once it is whole. */
export function r2Blobs(bucket: R2, { largest }: Pick<BlobStore, 'largest'>): BlobStore {
  return {
    largest,
    async put(name, bytes) {
      await bucket.put(checkName(name), bytes)
    },
    async get(name) {
      const found = await bucket.get(checkName(name))
      return found === null ? null : new Uint8Array(await found.arrayBuffer())
    },
    remove: (name) => bucket.delete(checkName(name)),
    async *each() {
      for (let cursor: string | undefined; ; ) {
        const page = await bucket.list(cursor === undefined ? {} : { cursor })
        for (const { key } of page.objects) if (isBlobName(key)) yield key
        if (!page.truncated) return
        cursor = page.cursor
      }
    },
  }
}
