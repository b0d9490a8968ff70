/** Where the bytes of files lie: a folder, R2, or the memory of a process that keeps nothing. What they mean stands in the database. */
export interface BlobStore {
  /** The largest file it is to take, in bytes: doors refuse a larger one before they have read it whole. */
  readonly largest: number
  /** Keeps bytes under a name of `blobName`, whole or not at all. Throws a `Problem` when the storage is full or read-only. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null where there is no such blob. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Of a name that is not there, too. */
  remove(name: string): Promise<void>
  /** Every name, in no order that means anything; of a blob whose writing was cut off too. */
  each(): AsyncIterable<string>
}

const form = /^\d{8}-[a-z2-7]{20}$/

/** A new name: the day, by which blobs that nothing refers to are told from those that are being written, and the body of a random id. */
export function blobName(at: string, id: string): string {
  return `${at.slice(0, 10).replaceAll('-', '')}-${id.slice(4)}`
}

export function isBlobName(name: string): boolean {
  return form.test(name)
}

/** The day of an instant as names begin with it. */
export function dayInName(name: string): string {
  return name.slice(0, 8)
}

/** Names are made here and never come from outside: another one is a bug. */
export function checkName(name: string): string {
  if (!isBlobName(name)) throw new Error(`${JSON.stringify(name)} is no name of a blob`)
  return name
}
