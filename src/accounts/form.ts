import type { Words } from '../platform/i18n/words.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext } from '../platform/web/context.ts'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { postedForm } from '../platform/web/posted.ts'

/** The longest field of a form of names, numbers and codes. */
const shortField = 300

export const blankForm: FormState = { values: {}, chosen: {}, messages: {} }

/** What a form of short fields was posted with. */
export async function postedFields(c: AppContext, longest = shortField): Promise<Record<string, string>> {
  return parseInput(z.record(z.string(), z.string().max(longest)), await postedForm(c))
}

/** What a form was posted with, however long it is: `doneOrForm` says at the field what is too long. */
export async function writtenFields(c: AppContext): Promise<Record<string, string>> {
  return parseInput(z.record(z.string(), z.string()), await postedForm(c))
}

/**
 * What was done, or the form to show again with each message at its field. Values of `kept` fields alone come back: no code, no password.
 */
export async function doneOrForm<Done extends object>(
  words: Words,
  fields: Record<string, string>,
  kept: readonly string[],
  act: () => Promise<Done>,
): Promise<{ done: Done } | { form: FormState }> {
  const done = await unlessRefused(act, ['invalid-input'])
  if (!(done instanceof Problem)) return { done }
  const messages = Object.fromEntries(
    (done.facts.errors ?? []).map(({ pointer, code, facts }) => {
      const name = pointer.slice(1)
      // What was left empty is neither too short nor wrong.
      const isEmpty = ['too-small', 'invalid-value', 'invalid-type'].includes(code) && (fields[name] ?? '').trim() === ''
      return [name, words.fault(isEmpty ? 'required' : code, facts ?? {})]
    }),
  )
  const values = Object.fromEntries(kept.map((name) => [name, fields[name] ?? '']))
  return { form: { values, chosen: {}, messages } }
}

/** The same for a form of names, numbers and codes, where what is done has no limits of its own. */
export function doneOrShortForm<Done extends object>(...[words, fields, kept, act]: Parameters<typeof doneOrForm<Done>>) {
  const tooLong = Object.keys(fields).filter((name) => fields[name]!.length > shortField)
  const errors = tooLong.map((name) => ({ pointer: `/${name}`, code: 'too-big', facts: { maximum: shortField, origin: 'string' } }))
  return doneOrForm(words, fields, kept, async () => {
    if (errors.length > 0) throw new Problem('invalid-input', { errors })
    return act()
  })
}

/** 303 to the next page, with what the session's cookie is from now on. */
export function withCookies(c: AppContext, cookies: string[], to: string) {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return c.redirect(to, 303)
}
