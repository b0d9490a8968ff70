import { z } from '@hono/zod-openapi'

/** The pieces that nouns are made of. Every text door refuses NUL and lone surrogates: PostgreSQL cannot store them. */
export { z }

/** Text a person wrote: trimmed, kept as written, between `min` and `max` characters (code points, as Zod counts). */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => isStorable(value), { error: 'unstorable-text', params: { code: 'unstorable-text' } })

/** A short list of short texts, kept as written: one that is given twice is kept twice. */
export const texts = (count: number, max: number) => z.array(text(1, max)).max(count)

/** An amount in fen. JSON carries it as an integer; beyond 2^53 nothing can. */
export const fen = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** A calendar day in the market's time zone. */
export const day = z.iso.date()

/** An instant, ISO-8601 UTC. */
export const instant = z.iso.datetime()

export const Visibility = z.enum(['public', 'registered', 'nda'])
export type Visibility = z.infer<typeof Visibility>

/** An id of the given prefix, such as `dem_` and 20 base32 characters. */
export const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[a-z2-7]{20}$`), { error: 'not-an-id' })

/** What every stored noun carries beside what people wrote. */
export const stored = {
  /** `source/id` of an imported object, unique; null for what was entered here. */
  originId: z.string().nullable(),
  /** Raised by one with every change; the ETag of the resource. */
  version: z.number().int().min(1),
  createdAt: instant,
  updatedAt: instant,
}

/** NUL and half of a surrogate pair can be written in JSON but not kept by every database. */
export function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0')
}

/** A whole draft: what was written over the blank values; a member given as undefined counts as left out. */
export function filled<Draft extends object>(blank: Partial<Draft>, written: Partial<Draft>): Draft {
  const given = Object.entries(written).filter(([, value]) => value !== undefined)
  // Blank and required members together are all members: the callers' types demand what has no blank.
  return { ...blank, ...Object.fromEntries(given) } as Draft
}
