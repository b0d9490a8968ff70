import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, actingAs, visitor } from '../../src/accounts/actor.ts'
import { downloadAttachment, listAttachments } from '../../src/attachments/actions/read.ts'
import { listReadings } from '../../src/attachments/actions/readings.ts'
import { removeAttachment, sweepFiles } from '../../src/attachments/actions/remove.ts'
import { uploadAttachment } from '../../src/attachments/actions/upload.ts'
import { mostAttachments } from '../../src/attachments/attachment.ts'
import { demands } from '../../src/demands/store.ts'
import { enterprises } from '../../src/directory/store.ts'
import { blobName } from '../../src/platform/files/blob-store.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { aPng } from '../documents.ts'
import { aDemand, anEnterprise, keep } from '../nouns.ts'
import { countingClock, databases, deviations, testPorts, type World } from '../worlds.ts'

for (const [name, open] of Object.entries(databases)) {
  describe(`attachments on ${name}`, () => {
    let world: World
    let ports: Ports
    let days = 0
    let owner: Actor
    let other: Actor
    beforeAll(async () => {
      world = await open()
      const now = countingClock()
      ports = testPorts(world.database, { now: () => new Date(Date.parse(now()) + days * 86_400_000).toISOString() })
      const firms = [anEnterprise(ports), anEnterprise(ports, { name: '北塬机械有限公司' })]
      for (const firm of firms) await keep(ports, enterprises, firm)
      ;[owner, other] = firms.map(({ id }) => actingAs('enterprise', id)) as [Actor, Actor]
    })
    afterAll(() => world?.close())

    const newDemand = async () => {
      const demand = aDemand(ports, owner.id, { state: 'published', visibility: 'registered' })
      await keep(ports, demands, demand)
      return { kind: 'demand', id: demand.id } as const
    }
    const add = (on: { kind: 'demand'; id: string }, group: 'teaser' | 'detail' | 'confidential' = 'detail') =>
      uploadAttachment(ports, owner, on, { name: '断口.png', group, bytes: Uint8Array.from(aPng()) })
    const blobs = async () => (await Array.fromAsync(ports.files.each())).length

    it('come, are read and go, each with its trace', async () => {
      const on = await newDemand()
      const [drawing, secret] = [await add(on), await add(on, 'confidential')]
      expect(await listAttachments(ports, owner, 'demand', on.id)).toEqual([drawing, secret])
      expect(await listAttachments(ports, other, 'demand', on.id)).toEqual([{ ...drawing, uploadedBy: null }])
      expect((await downloadAttachment(ports, other, drawing.id)).mediaType).toBe('image/png')
      await expect(downloadAttachment(ports, other, secret.id)).rejects.toMatchObject({ kind: 'not-found' })
      expect((await downloadAttachment(ports, owner, secret.id)).mediaType).toBe('application/pdf')
      const page = { after: null, limit: 1 }
      const first = await listReadings(ports, owner, on, page)
      const second = await listReadings(ports, owner, on, { ...page, after: first.next })
      expect([...first.items, ...second.items]).toMatchObject([
        { readerId: owner.id, object: secret.id, code: expect.stringMatching(/^[A-Z2-7-]{19}$/) },
        { readerId: other.id, object: drawing.id, code: null, readerName: '北塬机械有限公司' },
      ])
      expect(second.next).toBeNull()
      await removeAttachment(ports, owner, drawing.id, 1)
      await expect(removeAttachment(ports, owner, drawing.id, 1)).rejects.toMatchObject({ kind: 'not-found' })
      expect((await entriesAbout(ports.database, drawing.id)).map(({ kind }) => kind)).toEqual([
        'attachment.uploaded',
        'attachment.removed',
      ])
    })

    it('are read, confidential ones too, by whoever the table lets: with a mark, whatever he holds', async () => {
      const on = await newDemand()
      const { id } = await add(on, 'confidential')
      const agreed = { agreed: [on.id] }
      const read = (reader: Actor) => downloadAttachment(ports, reader, id)
      const shut = [
        other,
        visitor,
        actingAs('operator', 'tok_operator'),
        actingAs('enterprise', other.id, agreed),
        actingAs('park', other.id, { ...agreed, isVerified: true }),
      ]
      for (const reader of shut) await expect(read(reader)).rejects.toMatchObject({ kind: 'not-found' })
      const open = [
        actingAs('enterprise', other.id, { ...agreed, isVerified: true }),
        actingAs('operator', 'tok_operator', agreed),
        actingAs('link', 'lnk_confirming', { link: { purpose: 'confirm-demand', objectId: on.id } }),
      ]
      for (const reader of open) expect((await read(reader)).mediaType).toBe('application/pdf')
      const { items } = await listReadings(ports, owner, on, { after: null, limit: 10 })
      expect(items.map(({ readerRole }) => readerRole)).toEqual(['link', 'operator', 'enterprise'])
      expect(new Set(items.map(({ code }) => code)).size).toBe(3)
    })

    it('let one of two racers have the last place, and leave nothing of the other but bytes for the night', async ({ skip }) => {
      const { concurrency } = deviations[name] ?? {}
      skip(concurrency !== undefined, concurrency)
      const on = await newDemand()
      for (let count = 1; count < mostAttachments; count++) await add(on, 'teaser')
      const before = await blobs()
      const outcomes = await Promise.allSettled([add(on), add(on), add(on)])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'not-allowed-now' })
      expect(await listAttachments(ports, owner, 'demand', on.id)).toHaveLength(mostAttachments)
      const after = await blobs()
      expect(after).toBeGreaterThan(before)
      await sweepFiles(ports)
      expect(await blobs()).toBe(after)
      days += 3
      await sweepFiles(ports)
      expect(await blobs()).toBe(before + 1)
    })

    it('go with a listing that is gone, and so do bytes that nobody refers to', async () => {
      const [gone, kept] = [await newDemand(), await newDemand()]
      const [lost, found] = [await add(gone), await add(kept)]
      const before = await blobs()
      await ports.files.put(blobName(ports.now(), ports.newId('attachment')), aPng())
      await ports.database.commit(...demands.remove(ports.database, gone.id))
      days += 3
      await sweepFiles(ports)
      expect(await blobs()).toBe(before - 1)
      expect((await entriesAbout(ports.database, lost.id)).at(-1)).toMatchObject({ kind: 'attachment.removed', actorId: 'market' })
      expect((await downloadAttachment(ports, owner, found.id)).bytes.length).toBeGreaterThan(0)
    })
  })
}
