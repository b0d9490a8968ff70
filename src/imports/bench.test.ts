import { rmSync } from 'node:fs'
import { it } from 'vitest'
import { migrate } from '../platform/database/migrate.ts'
import { openSqlite } from '../platform/database/sqlite.ts'
import { importText, jsonl, offeringRows, operator, portsOn, someInstitution } from './fixtures.ts'
import { undoImport } from './load.ts'
it('bench', async () => {
  rmSync('/tmp/imp.db', { force: true }); rmSync('/tmp/imp.db-wal', { force: true })
  const db = openSqlite('/tmp/imp.db')
  await migrate(db)
  const ports = portsOn(db)
  const owner = await someInstitution(ports)
  const text = jsonl(offeringRows(5000, owner))
  let t = performance.now()
  const dry = await importText(ports, 'offering', 'o.jsonl', text, { dryRun: true })
  console.log('dry', performance.now() - t, dry.counts, dry.errors[0])
  t = performance.now()
  const out = await importText(ports, 'offering', 'o.jsonl', text, { publish: true })
  console.log('import', performance.now() - t, out.counts)
  t = performance.now()
  await undoImport(ports, operator, out.batch!.id)
  console.log('undo', performance.now() - t)
  t = performance.now()
  const again = await importText(ports, 'offering', 'o.jsonl', text, { publish: true })
  console.log('again', performance.now() - t, again.counts, again.batch?.id, out.batch?.id)
})
