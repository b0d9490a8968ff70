import { loadSeed } from '../../seed/load.ts'
import { createToken, revokeToken } from '../../src/accounts/actions.ts'
import { commandLine } from '../../src/accounts/actor.ts'
import { amendDemand, withdrawDemand } from '../../src/demands/actions.ts'
import { demands } from '../../src/demands/store.ts'
import { countyActions, enterpriseActions, expertActions, providerActions } from '../../src/directory/actions.ts'
import { enterprises, evidence, experts } from '../../src/directory/store.ts'
import { openConfidential } from '../../src/disclosures/actions.ts'
import { removeEvidence } from '../../src/evidence/actions.ts'
import { loadBatch, undoImport } from '../../src/imports/load.ts'
import { amendSettings } from '../../src/market/actions.ts'
import { amendOffering } from '../../src/offerings/actions.ts'
import { offerings } from '../../src/offerings/store.ts'
import { merge, undoMerger } from '../../src/organisations/actions/merger.ts'
import { decideVerification, requestVerification } from '../../src/organisations/actions/verification.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { eraseRevisions, record } from '../../src/platform/journal/journal.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { anOffering } from '../nouns.ts'
import { testPorts } from '../worlds.ts'

/** How the markets of the audit are sealed, once they are. */
export const keyed = sealingsWith(['the key of the audit office of Lizhou'])

/** The demonstration city, and what happened since: amended, withdrawn, removed, imported and taken back, erased; sealed plainly, then with a key. */
export async function marketWithHistory(database: Database, look: (stage: string) => Promise<unknown>): Promise<void> {
  const ports = testPorts(database, { embedder: null })
  const actor = commandLine
  const first = { after: '', limit: 40 }
  await loadSeed(ports)
  await look('the seed')
  await sealJournal(database)
  await look('the seed, sealed')

  for (const { id, version } of await offerings.page(database, { kind: 'result' }, first)) {
    await amendOffering(ports, actor, id, version, { teaser: '已在本市一家企业试用' })
    await amendOffering(ports, actor, id, version + 1, { teaser: '已在本市两家企业试用', keywords: ['试用'] })
  }
  for (const { id, version } of await demands.page(database, { state: 'published' }, first)) {
    await amendDemand(ports, actor, id, version, { keywords: ['急需'] })
    await withdrawDemand(ports, actor, id)
  }
  for (const { id, version } of await enterprises.page(database, {}, first))
    await enterpriseActions.amend(ports, actor, id, version, { summary: '主营业务有变' })
  await organisationsIn(ports)
  await sealJournal(database, keyed)
  await look('amended, and sealed with a key')

  for (const { id, version } of await evidence.page(database, {}, first)) await removeEvidence(ports, actor, id, version)
  const nouns = Array.from({ length: 120 }, (_, n) => anOffering(ports, ports.newId('institution'), { originId: `kjj/${n}` }))
  const file = { kind: 'offering', name: '成果.jsonl', sections: [{ kind: 'offering' as const, nouns }] }
  const { batch } = await loadBatch(ports, actor, { ...file, fileSha256: 'first' })
  await look('imported')
  await undoImport(ports, actor, batch.id)
  await look('imported and taken back')
  await loadBatch(ports, actor, { ...file, fileSha256: 'second' })
  const { token } = await createToken(ports, actor.id, { role: 'operator', subjectId: null, days: 90 })
  await revokeToken(ports, actor.id, token.id)
  await amendSettings(ports, actor, 0, { name: '砺州科技大市场' })

  for (const { id, version } of await experts.page(database, {}, { ...first, limit: 5 })) {
    await expertActions.amend(ports, actor, id, version, { summary: '已退休' })
    const entry = {
      subjectId: id,
      subjectVersion: version + 2,
      kind: 'expert.erased',
      actorId: actor.id,
      at: ports.now(),
      facts: {},
    } as const
    await database.commit(record(database, entry), ...experts.remove(database, id), eraseRevisions(database, id, version + 2))
  }
  await look('erased')
  await sealJournal(database, keyed)
}

/** Somebody of every new kind: registered, verified, merged and parted again, and something confidential opened. */
async function organisationsIn(ports: Ports): Promise<void> {
  const actor = commandLine
  await countyActions.register(ports, actor, { name: '清埠县科技局', region: codeIn('region', '990121') })
  const provider = await providerActions.register(ports, actor, { name: '砺州计量检测中心' })
  const { id } = await requestVerification(ports, actor, provider.id, { note: null })
  await decideVerification(ports, actor, id, { verdict: 'grant', reason: '电话核对' })
  const from = await enterpriseActions.register(ports, actor, { name: '恒砺机械' })
  const into = await enterpriseActions.register(ports, actor, { name: '砺州恒砺机械有限公司' })
  const merger = await merge(ports, actor, { fromId: from.id, intoId: into.id, reason: '同一家' })
  await undoMerger(ports, actor, merger.id)
  const [offering] = await offerings.page(ports.database, { state: 'published' }, { after: '', limit: 1 })
  await openConfidential(ports, actor, { subjectId: offering!.id, reason: '核对涉密情况' })
}
