import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listingRows } from '../../src/imports/tables.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { type Anchor, type Verification, verifyJournal } from '../../src/platform/journal/verify.ts'
import { random } from '../../src/platform/random.ts'
import { fileDatabase } from '../worlds.ts'
import { keyed, marketWithHistory } from './history.ts'
import type { Outcome } from './lines.ts'
import { rowsIn, tamper } from './tampering.ts'

/**
 * Random changes, deletions and re-orderings, each in a fresh copy of a market with history, past the program: each is found, and its
 * row is named. Copies that nobody touched, and the market at every stage of its history, are found sound.
 */
export async function auditedMarkets(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-audit-'))
  const [market, copy] = [join(folder, 'market.db'), join(folder, 'copy.db')]
  const [changes, pick] = [Math.max(30, Math.round(1000 * scale)), random(3)]
  const wrong: string[] = []
  const counts = new Map<string, number>()
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
  const sound = async (what: string, database: Database, anchor: Anchor | null) => {
    count('sound ones that were looked at')
    const verification = await verify(database, anchor)
    if (verification.faults.length > 0) wrong.push(`${what}, false alarm: ${JSON.stringify(verification.faults[0])}`)
    return verification
  }
  try {
    const database = await fileDatabase(market)
    await marketWithHistory(database, (stage) => sound(stage, database, null))
    const { anchor, entries, revisions, listings } = await sound('the market', database, null)
    const rows = await rowsIn(database)
    await database.close()
    for (let change = 0; change < changes; change++) {
      copyFileSync(market, copy)
      const changed = await fileDatabase(copy)
      if (change % 20 === 0) await sound(`copy ${change}`, changed, anchor)
      const done = await tamper(changed, rows, pick)
      const { faults } = await verify(changed, anchor)
      count(done.what)
      if (faults.length === 0) wrong.push(`change ${change}, ${done.what}, was not found: ${done.rows}`)
      else if (!faults.some(({ table, row }) => done.rows.includes(`${table} ${row}`)))
        wrong.push(`change ${change}, ${done.what}: ${done.rows} was not named, but ${JSON.stringify(faults[0])}`)
      await changed.close()
    }
    return {
      passed: wrong.length === 0,
      figures: {
        'entries, revisions, listings': `${entries}, ${revisions.bound}, ${listings}`,
        'changes found and named': `${changes - wrong.filter((each) => each.startsWith('change')).length} of ${changes}`,
        'false alarms': wrong.filter((each) => each.includes('false alarm')).length,
        ...Object.fromEntries([...counts].toSorted()),
        ...(wrong.length > 0 && { wrong: wrong.slice(0, 20).join('\n  ') }),
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function verify(database: Database, anchor: Anchor | null): Promise<Verification> {
  return verifyJournal(database, { sealings: keyed, anchor, listings: listingRows, progress: () => {} })
}
