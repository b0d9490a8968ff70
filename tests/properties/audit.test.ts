import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listingRows } from '../../src/imports/tables.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import { openMarket, step } from './happenings.ts'
import { runs } from './runs.ts'

const sealings = sealingsWith(['a key of the audit office in Lizhou 1'])
/** Before each step: nothing, or the sealer comes by, without its key until somebody has given it. */
const sealing = fc.constantFrom(null, null, null, 'plainly' as const, 'with a key' as const)

it('an audit finds nothing wrong, however the market went and whenever its journal was sealed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(sealing, step), { minLength: 5, maxLength: 30 }), async (steps) => {
      const { ports, happen } = await openMarket()
      const { database } = ports
      let isKeyed = false
      for (const [how, step] of steps) {
        isKeyed ||= how === 'with a key'
        if (how !== null) await sealJournal(database, isKeyed ? sealings : undefined)
        await happen(step)
      }
      const asked = { sealings, anchor: null, listings: listingRows, progress: () => {} }
      const { faults, anchor } = await verifyJournal(database, asked)
      expect(faults).toEqual([])
      await sealJournal(database, sealings)
      expect(await verifyJournal(database, { ...asked, anchor })).toMatchObject({ unsealed: 0, faults: [] })
      await database.close()
    }),
    { numRuns: runs(60) },
  )
})
