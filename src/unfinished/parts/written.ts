import type { AppContext } from '../../platform/web/context.ts'
import { ownPath } from '../../platform/web/view.ts'
import { unfinishedOn } from '../actions.ts'

/** Which form a page shows, and what the reader wrote in it earlier and has not sent; `fields` as they would be posted. */
export interface Draft {
  path: string
  written: { at: string; fields: Record<string, string | string[]> } | null
}

export async function draftOn(c: AppContext, path: string): Promise<Draft> {
  const found = await unfinishedOn(c.var.ports, c.var.actor, path)
  return { path, written: found ? { at: found.at, fields: posted(found.fields) } : null }
}

/** The page of a form that was refused: what it said of itself when it was sent. */
export const refusedDraft = (path: unknown, otherwise: string): Draft => ({
  path: typeof path === 'string' && path !== '' ? ownPath(path) : otherwise,
  written: null,
})

function posted(fields: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = {}
  for (const [name, value] of fields) all[name] = all[name] === undefined ? value : [all[name], value].flat()
  return all
}
