import { z } from '../schema.ts'

/** A person who was erased: random ids, and hashes that only whoever has the key could make. Nothing about anybody. */
export const ErasedPerson = z
  .strictObject({
    id: z.string(),
    reason: z.string(),
    at: z.iso.datetime(),
    /** Of the account, the profiles and what belonged to them. */
    ids: z.array(z.string()),
    /** With which key the marks were made; null where there was none, and no marks. */
    keyId: z.string().nullable(),
    marks: z.array(z.string()),
  })
  .openapi('ErasedPerson')
export type ErasedPerson = z.infer<typeof ErasedPerson>

/** Who was erased, kept where a restored backup of the database does not reach. */
export interface ErasedList {
  read(): Promise<ErasedPerson[]>
  /** Adds those that are not in it. */
  add(persons: readonly ErasedPerson[]): Promise<void>
}

/** Where there is no such place: the database's own list has to be brought back by hand after a restore. */
export const noErasedList: ErasedList = {
  read: async () => [],
  add: async () => {},
}
