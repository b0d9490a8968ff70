import type { Actor } from '../accounts/actor.ts'
import { permit } from '../accounts/permissions.ts'
import { ConcurrentChange } from '../platform/database/database.ts'
import { entriesAbout, record } from '../platform/journal/journal.ts'
import { amended } from '../platform/merge-patch.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { differenceOf, type FlaggedTerms, tidied } from './flagged-terms.ts'
import { MarketSettings } from './settings.ts'
import { findFlaggedTerms, findSettings, flaggedTermsId, putFlaggedTerms, putSettings } from './store.ts'

/** Changes the market's settings by JSON Merge Patch. 403, 412, 422. */
export async function amendSettings(ports: Ports, actor: Actor, version: number, patch: unknown) {
  permit(actor, 'market.set')
  const { settings, version: current } = await findSettings(ports.database)
  if (current !== version) throw new Problem('version-differs', { current })
  const next = amended(MarketSettings, settings, patch)
  const at = ports.now()
  try {
    await ports.database.commit(
      putSettings(ports.database, next, version + 1, at),
      record(ports.database, {
        subjectId: 'market',
        subjectVersion: version + 1,
        kind: 'market.amended',
        actorId: actor.id,
        at,
        facts: {},
      }),
    )
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('version-differs', { current: (await findSettings(ports.database)).version })
  }
  return { settings: next, version: version + 1 }
}

/** Puts another list in the place of the terms that vetting flags. 403, 412. */
export async function setFlaggedTerms(ports: Ports, actor: Actor, version: number, written: FlaggedTerms) {
  permit(actor, 'market.set')
  const { terms: before, version: current } = await findFlaggedTerms(ports.database)
  if (current !== version) throw new Problem('version-differs', { current })
  const terms = tidied(written)
  const at = ports.now()
  try {
    await ports.database.commit(
      putFlaggedTerms(ports.database, terms, version + 1, at),
      record(ports.database, {
        subjectId: flaggedTermsId,
        subjectVersion: version + 1,
        kind: 'flagged-terms.set',
        actorId: actor.id,
        at,
        facts: differenceOf(before, terms),
      }),
    )
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error
    throw new Problem('version-differs', { current: (await findFlaggedTerms(ports.database)).version })
  }
  return { terms, version: version + 1 }
}

/** A change of the list: who made it, when, and what it did. */
export interface TermsChange {
  actorId: string
  accountId: string | null
  at: string
  added: string[]
  removed: string[]
}

/** The terms with their history, newest first. 401, 403. */
export async function readFlaggedTerms(
  { database }: Pick<Ports, 'database'>,
  actor: Actor,
): Promise<{ terms: FlaggedTerms; version: number; history: TermsChange[] }> {
  permit(actor, 'market.read-settings')
  const [found, entries] = await Promise.all([findFlaggedTerms(database), entriesAbout(database, flaggedTermsId)])
  const history = entries.map(({ actorId, accountId, at, facts }) => ({ actorId, accountId, at, ...Difference.parse(facts) })).reverse()
  return { ...found, history }
}

const Difference = z.object({ added: z.array(z.string()), removed: z.array(z.string()) })
