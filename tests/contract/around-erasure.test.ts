import { PDFDocument } from '@cantoo/pdf-lib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../src/accounts/actions/invitation.ts'
import { drawLink } from '../../src/accounts/actions/link.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { createToken } from '../../src/accounts/actions.ts'
import { type Actor, actingAs } from '../../src/accounts/actor.ts'
import { uploadAttachment } from '../../src/attachments/actions/upload.ts'
import type { SubjectKind } from '../../src/attachments/attachment.ts'
import { demands } from '../../src/demands/store.ts'
import { enterprises, verifications } from '../../src/directory/store.ts'
import { acceptTerms } from '../../src/disclosures/actions.ts'
import { terms } from '../../src/disclosures/disclosure.ts'
import { listingRows } from '../../src/imports/tables.ts'
import { decideVerification, requestVerification } from '../../src/organisations/actions/verification.ts'
import { erase } from '../../src/persons/actions/erase.ts'
import { exportOwn } from '../../src/persons/actions/export.ts'
import { findPerson } from '../../src/persons/actions/find-person.ts'
import { reapplyErasures } from '../../src/persons/actions/reapply.ts'
import type { Erased } from '../../src/persons/person.ts'
import { type Database, inSessionOf } from '../../src/platform/database/database.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { newReading, recordReading } from '../../src/readings/actions.ts'
import { aDocx, aPng } from '../documents.ts'
import { aDemand, anEnterprise, keep } from '../nouns.ts'
import { databases, erasedInMemory, testPorts, type World } from '../worlds.ts'

const operator = actingAs('operator', 'tok_operator')
const phone = '+8613755512345'
/** What stands somewhere of the person: his name, numbers in several forms, his address, what he called his key. */
const planted = ['尉迟砺', '13755512345', '137-5551-2345', 'yuchi@hengli.example', '砺哥的钥匙', '见尉迟砺的身份证']

interface Scene {
  ports: Ports
  accountId: string
  documents: Record<'listed' | 'named' | 'word' | 'author' | 'scan' | 'others', string>
  verificationId: string
  othersDemandId: string
}

/** Somebody who acts for a firm, and everything that a market comes to hold beside his account. */
async function set(database: Database, erased = erasedInMemory()): Promise<Scene> {
  const ports = testPorts(database, { erased })
  const firm = await keep(ports, enterprises, anEnterprise(ports))
  const other = await keep(ports, enterprises, anEnterprise(ports, { name: '北塬机械有限公司' }))
  const { id: accountId } = await accountOf(ports, phone)
  await admitMember(ports, operator.id, { accountId, role: 'enterprise', subjectId: firm.id, rank: 'owner' })
  const contact = { name: '尉迟砺', phone: '137-5551-2345', email: 'yuchi@hengli.example' }
  const demand = await keep(ports, demands, aDemand(ports, firm.id, { technicalContact: contact }))
  const others = await keep(ports, demands, aDemand(ports, other.id, { state: 'published', visibility: 'nda', publishedAt: ports.now() }))
  const his = actingAs('enterprise', firm.id, { accountId, rank: 'owner', isVerified: true })
  const own: Ports = { ...ports, database: inSessionOf(database, accountId) }

  const upload = async (kind: SubjectKind, id: string, name: string, bytes: Uint8Array, [by, through]: [Actor, Ports] = [his, own]) =>
    (
      await uploadAttachment(
        through,
        by,
        { kind, id },
        { name, group: kind === 'demand' ? 'detail' : 'confidential', bytes: new Uint8Array(bytes) },
      )
    ).id
  const paragraph = Buffer.from('<w:p><w:r><w:t>现场联系：尉迟</w:t></w:r><w:r><w:t>砺 13755512345</w:t></w:r></w:p>')
  const written = await PDFDocument.create()
  written.addPage()
  written.setAuthor('尉迟砺')
  const documents = {
    listed: await upload('demand', demand.id, '通讯录.csv', Buffer.from('姓名,电话\n尉迟砺,137 5551 2345\n')),
    named: await upload('enterprise', firm.id, '见尉迟砺的身份证.png', aPng()),
    word: await upload('demand', demand.id, '工况说明.docx', aDocx([{ name: 'word/footer1.xml', content: paragraph }])),
    author: await upload('demand', demand.id, '图纸.pdf', await written.save({ useObjectStreams: false })),
    scan: await upload('enterprise', firm.id, '营业执照.png', aPng()),
    others: await upload('enterprise', other.id, '授权书.png', aPng(), [operator, ports]),
  }
  const { id: verificationId } = await requestVerification(own, his, firm.id, { note: '可电话核对：尉迟砺 13755512345' })
  await decideVerification(ports, operator, verificationId, { verdict: 'grant', reason: '已与尉迟砺通话核对' })
  await recordReading(own, newReading(own, his, { subjectId: others.id, object: documents.others, isMarked: true }))
  await acceptTerms(own, his, { subjectId: others.id, textVersion: terms.version })
  await createToken(ports, operator.id, { role: 'enterprise', subjectId: firm.id, days: 30, name: '砺哥的钥匙', accountId })
  await invite(ports, actingAs('enterprise', other.id, { rank: 'owner' }), { phone, email: null, rank: 'viewer' }, 'zh-CN')
  await invite(own, his, { phone: null, email: 'another@hengli.example', rank: 'viewer' }, 'zh-CN')
  const about = { purpose: 'verify-email', objectId: accountId, actorId: accountId, contact: 'yuchi@hengli.example' } as const
  await database.commit(...(await drawLink(ports, about)).statements)
  await sealJournal(database)
  return { ports, accountId, documents, verificationId, othersDemandId: others.id }
}

/** Everything in every table and in every file. */
async function found({ ports: { database, files } }: Scene): Promise<string[]> {
  let all = ''
  for (const { name } of await database.query.introspection.getTables())
    all += JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(database.query)).rows)
  for await (const name of files.each()) all += Buffer.from((await files.get(name))!).toString('utf8')
  return planted.filter((value) => all.includes(value))
}

for (const [name, open] of Object.entries(databases)) {
  describe(`what is held beside an account on ${name}`, () => {
    let world: World
    let scene: Scene
    let erased: Erased
    beforeAll(async () => {
      world = await open()
      scene = await set(world.database)
    })
    afterAll(() => world?.close())

    it('is given out with it: what was read and accepted, keys, links, invitations', async () => {
      expect(await found(scene)).toEqual(planted)
      const data = await exportOwn(scene.ports, scene.accountId)
      expect(data).toMatchObject({
        readings: [{ subjectId: scene.othersDemandId, object: scene.documents.others }],
        keys: [{ name: '砺哥的钥匙' }],
        links: [{ contact: 'yuchi@hengli.example' }],
        invitations: [{ phone }],
      })
      expect(data.listings.map(({ id }) => id.slice(0, 3))).toContain('dsc')
    })

    it('goes with it, from tables and files', async () => {
      const { ports, accountId } = scene
      erased = await erase(ports, await findPerson(ports, accountId), { reason: 'own-request', by: accountId })
      expect(await found(scene)).toEqual([])
      await sealJournal(world.database)
      const { faults } = await verifyJournal(world.database, {
        sealings: sealingsWith([]),
        anchor: null,
        listings: listingRows,
        progress: () => {},
      })
      expect(faults).toEqual([])
    })

    it('takes the documents that name him, and says which nobody but people can read', async () => {
      const { ports, documents } = scene
      const { listed, named, word, author, scan, others } = documents
      expect(erased.documentIds.toSorted()).toEqual([listed, named, word, author].toSorted())
      expect(erased.documentsToCheck).toEqual([scan])
      const rows = await world.database.query.selectFrom('attachment').select(['id', 'blob']).orderBy('id').execute()
      expect(rows.map(({ id }) => id)).toEqual([scan, others].toSorted())
      const blobs: string[] = []
      for await (const blob of ports.files.each()) blobs.push(blob)
      expect(blobs.toSorted()).toEqual(rows.map(({ blob }) => blob).toSorted())
      expect((await entriesAbout(world.database, erased.id)).at(-1)!.facts).toEqual({ reason: 'own-request', documentsToCheck: [scan] })
    })

    it('leaves what is the firm’s: that it was verified, what it accepted and read, whom it invited', async () => {
      const { database } = world
      const verification = await verifications.find(database, scene.verificationId)
      expect(verification).toMatchObject({ state: 'granted', note: null, reason: '—' })
      const readings = await database.query.selectFrom('reading').select(['object', 'account_id']).execute()
      expect(readings).toEqual([{ object: scene.documents.others, account_id: null }])
      expect(await database.query.selectFrom('disclosure').select('state').execute()).toEqual([{ state: 'standing' }])
      const invitations = await database.query.selectFrom('member_invitation').select(['email', 'account_id']).execute()
      expect(invitations).toEqual([{ email: 'another@hengli.example', account_id: null }])
      const [key] = await database.query.selectFrom('token').select(['name', 'account_id', 'revoked_at']).execute()
      expect(key).toMatchObject({ name: null, account_id: null, revoked_at: expect.any(String) })
    })

    it('goes again from a backup that is restored with its files', async () => {
      const copy = await open()
      try {
        const restored = await set(copy.database, scene.ports.erased)
        expect(restored.accountId).toBe(scene.accountId)
        expect(await reapplyErasures(restored.ports)).toBe(1)
        expect(await found(restored)).toEqual([])
      } finally {
        await copy.close()
      }
    })
  })
}
