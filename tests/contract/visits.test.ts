import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import { type Actor, actingAs } from '../../src/accounts/actor.ts'
import { uploadAttachment } from '../../src/attachments/actions/upload.ts'
import { attachmentsOf } from '../../src/attachments/store.ts'
import { draftDemand, withdrawDemand } from '../../src/demands/actions.ts'
import { brokers, enterprises, experts, institutions } from '../../src/directory/store.ts'
import { listVisits, recordContact } from '../../src/engagements/actions/contact.ts'
import { diagnoseDemand } from '../../src/engagements/actions/diagnosis.ts'
import { contacts } from '../../src/engagements/store.ts'
import { listingRows } from '../../src/imports/tables.ts'
import { erase } from '../../src/persons/actions/erase.ts'
import { exportOwn } from '../../src/persons/actions/export.ts'
import { findPerson } from '../../src/persons/actions/find-person.ts'
import { retain } from '../../src/persons/actions/retention.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { verifyJournal } from '../../src/platform/journal/verify.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aPng } from '../documents.ts'
import { aBroker, anEnterprise, anExpert, anInstitution, keep } from '../nouns.ts'
import { databases, testPorts, type World } from '../worlds.ts'

const phone = '+8613755512345'
const planted = ['尉迟砺', '13755512345']

for (const [name, open] of Object.entries(databases)) {
  describe(`visits on ${name}`, () => {
    let world: World | undefined
    let ports: Ports
    let broker: Actor
    let firmId: string
    let institutionId: string
    beforeEach(async () => {
      await world?.close()
      world = await open()
      ports = testPorts(world.database)
      ;({ id: firmId } = await keep(ports, enterprises, anEnterprise(ports)))
      ;({ id: institutionId } = await keep(ports, institutions, anInstitution(ports)))
      broker = actingAs('broker', (await keep(ports, brokers, aBroker(ports))).id)
    })
    afterAll(() => world?.close())

    const today = () => ports.now().slice(0, 10)
    const visit = (subjectId: string, on = today()) =>
      recordContact(ports, broker, {
        ...{ subjectId, channel: 'visit', result: 'reached', withWhom: null, note: null, on, next: null },
        visit: {
          place: '二号厂房',
          met: [
            { name: '尉迟砺', role: '总工程师', phone: '137 5551 2345' },
            { name: '罗采薇', role: null, phone: null },
          ],
          seen: '六台气保焊机',
          needs: ['焊后旁弯降下来', '尉迟砺想要在线检测'],
        },
      })
    const photo = async (id: string) =>
      (await uploadAttachment(ports, broker, { kind: 'contact', id }, { name: '一.png', group: 'detail', bytes: Uint8Array.from(aPng()) }))
        .id
    const blobs = async () => (await Array.fromAsync(ports.files.each())).length
    const silent = {
      ...{ happens: null, since: null, loss: null, tried: null, wanted: [], measured: null, conditions: null, fixed: [] },
      ...{ budgetMinFen: null, budgetMaxFen: null, neededOn: null, expertVisit: null },
    }
    const interview = (id: string) =>
      diagnoseDemand(ports, broker, id, {
        ...{ channel: 'phone', withWhom: null, on: today(), next: null },
        answers: { ...silent, decider: '尉迟砺', happens: '焊后旁弯' },
      })
    const demand = () => draftDemand(ports, broker, { title: '箱形梁焊接变形控制', enterpriseId: firmId })
    const held = async () => {
      let all = ''
      for (const { name } of await ports.database.query.introspection.getTables())
        all += JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(ports.database.query)).rows)
      return planted.filter((value) => all.replaceAll(' ', '').includes(value))
    }
    const audit = async () => {
      await sealJournal(ports.database)
      const audited = { sealings: sealingsWith([]), anchor: null, listings: listingRows, progress: () => {} }
      return (await verifyJournal(ports.database, audited)).faults
    }

    it('are listed by the day they were made, in pages', async () => {
      const days = ['2026-01-05', '2026-01-07', '2026-01-05', '2026-01-02']
      const made = await Promise.all(days.map((on) => visit(firmId, on)))
      const found: string[] = []
      let after: Awaited<ReturnType<typeof listVisits>>['next'] = null
      do {
        const page = await listVisits(ports, broker, { from: '2026-01-03', until: null }, { after, limit: 2 })
        found.push(...page.items.map(({ id }) => id))
        after = page.next
      } while (after !== null)
      const twins = [made[0]!.id, made[2]!.id].toSorted()
      expect(found).toEqual([made[1]!.id, ...twins])
      expect(await audit()).toEqual([])
    })

    it('give out and lose whom they name, and what was kept of an interview', async () => {
      const { id: accountId } = await accountOf(ports, phone)
      const him = await keep(ports, experts, anExpert(ports, institutionId, { name: '尉迟砺' }))
      await admitMember(ports, 'the test', { accountId, role: 'expert', subjectId: him.id, rank: 'owner' })
      const [atFirm, atHis] = [await visit(firmId), await visit(him.id)]
      const [kept, gone] = [await photo(atFirm.id), await photo(atHis.id)]
      const { id: demandId } = await demand()
      const asked = await interview(demandId)
      expect((await exportOwn(ports, accountId)).contacts).toEqual(
        expect.arrayContaining([{ demandId: firmId, contact: { name: '尉迟砺', phone: '137 5551 2345', email: null } }]),
      )
      expect(await held()).toEqual(planted)
      const erased = await erase(ports, await findPerson(ports, accountId), { reason: 'own-request', by: accountId })
      expect(await held()).toEqual([])
      expect(await contacts.find(ports.database, atFirm.id)).toMatchObject({
        visit: { met: [{ name: '罗采薇' }], seen: '六台气保焊机', needs: ['焊后旁弯降下来'] },
      })
      expect(await contacts.find(ports.database, atHis.id)).toBeUndefined()
      expect(await contacts.find(ports.database, asked.id)).toMatchObject({ interview: { decider: null, happens: '焊后旁弯' } })
      // Nobody but a person can tell who is on a photo.
      expect(erased.documentsToCheck).toEqual([kept])
      expect(erased.documentIds).toEqual([gone])
      expect(await blobs()).toBe(1)
      expect(await audit()).toEqual([])
    })

    it('lose people and photos by themselves, once nothing of their enterprise is open', async () => {
      const { id } = await visit(firmId)
      await photo(id)
      const open = await demand()
      const asked = await interview(open.id)
      const due = async (months: number, dryRun = true) => {
        const date = new Date(ports.now())
        date.setUTCMonth(date.getUTCMonth() + months)
        const all = await retain({ ...ports, now: () => date.toISOString() }, { dryRun })
        return all.find(({ rule }) => rule === 'dealings-of-closed-demands')!.ids.toSorted()
      }
      expect(await due(7)).toEqual([])
      await withdrawDemand(ports, broker, open.id)
      expect(await due(5)).toEqual([])
      expect(await due(7, false)).toEqual([id, asked.id].toSorted())
      expect(await due(8)).toEqual([])
      expect(await contacts.find(ports.database, id)).toMatchObject({ visit: { met: [], seen: '六台气保焊机' } })
      expect(await contacts.find(ports.database, asked.id)).toMatchObject({ interview: { decider: null, happens: '焊后旁弯' } })
      expect(await attachmentsOf(ports.database, id)).toEqual([])
      expect(await blobs()).toBe(0)
      expect(await audit()).toEqual([])
    })
  })
}
