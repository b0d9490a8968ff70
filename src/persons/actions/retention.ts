import { marketItself } from '../../accounts/actor.ts'
import { going } from '../../attachments/actions/remove.ts'
import { attachmentsOf } from '../../attachments/store.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import type { Contact } from '../../engagements/contact.ts'
import { contacts, interests, invitations, shortlists } from '../../engagements/store.ts'
import type { Intake } from '../../intake/intake.ts'
import { deleteKept, emptyLines, intakes, intakesUntouchedSince } from '../../intake/store.ts'
import type { StoredNoun } from '../../platform/database/listings.ts'
import { nextOf } from '../../platform/journal/change.ts'
import { eraseRevisions, recordRevision } from '../../platform/journal/journal.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { fixedPeriods, type Retention } from '../../privacy/settings.ts'
import { findPrivacy } from '../../privacy/store.ts'
import {
  answeredLinks,
  closedDealings,
  closedDemands,
  decidedClaims,
  endedDisclosures,
  neverPublished,
  unclaimedFromTheWeb,
} from '../store/due.ts'
import { lastVersion } from '../store.ts'
import { type AccountUse, askedAbout, unusedAccounts } from './account-use.ts'
import { erase } from './erase.ts'
import { rewritten } from './erasing/dealings.ts'
import { contactsWithout, namesPeople } from './erasing/demands.ts'
import { gone } from './erasing/listings.ts'
import { findPerson } from './find-person.ts'

/** What is due by one of the periods: how many, and which as far as they have ids. */
export interface Due {
  rule: RuleName
  count: number
  ids: string[]
}

/** One that is due, and what is done then. */
interface Item {
  id: string
  apply(): Promise<unknown>
}

/** As many of a kind a night: what is left is for the next one. */
const atOnce = 500

/** By what period somebody or something goes. */
const rules = {
  'accounts-to-ask': async (ports: Ports, { unusedAccountMonths: months, unusedAccountGraceDays: days }: Retention) =>
    (await unused(ports, months))
      .filter(({ askedAt }) => askedAt === null)
      .map((account) => ({ id: account.id, apply: () => ask(ports, account, { months, days }) })),
  'accounts-to-erase': async (ports, { unusedAccountMonths, unusedAccountGraceDays }) =>
    (await unused(ports, unusedAccountMonths))
      .filter(({ askedAt }) => askedAt !== null && askedAt < daysAgo(ports, unusedAccountGraceDays))
      .map(({ id }) => ({ id, apply: () => eraseUnlessRefused(ports, id) })),
  claims: async (ports, { claimMonths }) => goingWhole(ports, await decidedClaims(ports.database, monthsAgo(ports, claimMonths), atOnce)),
  'answered-links': async (ports, { claimMonths }) =>
    (await answeredLinks(ports.database, monthsAgo(ports, claimMonths), atOnce)).map((id) => ({
      id,
      apply: () => ports.database.commit(ports.database.query.deleteFrom('link').where('id', '=', id)),
    })),
  'ended-disclosures': async (ports, { readingMonths }) =>
    goingWhole(ports, await endedDisclosures(ports.database, monthsAgo(ports, readingMonths), atOnce)),
  'contacts-of-closed-demands': (ports, { closedContactMonths }) => closedWithContacts(ports, monthsAgo(ports, closedContactMonths)),
  'dealings-of-closed-demands': (ports, { closedContactMonths }) => closedDealingsWithPeople(ports, monthsAgo(ports, closedContactMonths)),
  'received-files': async (ports, { closedContactMonths }) =>
    (await intakesUntouchedSince(ports.database, monthsAgo(ports, closedContactMonths), atOnce)).map((intake) => ({
      id: intake.id,
      apply: () => emptied(ports, intake),
    })),
  'withdrawn-drafts': async (ports, { withdrawnDraftMonths }) =>
    goingWhole(ports, await neverPublished(ports.database, monthsAgo(ports, withdrawnDraftMonths), atOnce)),
  'unclaimed-experts': async (ports, { unclaimedExpertMonths }) =>
    (await unclaimedFromTheWeb(ports.database, monthsAgo(ports, unclaimedExpertMonths), atOnce)).map((id) => ({
      id,
      apply: () => eraseUnlessRefused(ports, id),
    })),
} satisfies Record<string, (ports: Ports, periods: Retention) => Promise<Item[]>>
export type RuleName =
  | keyof typeof rules
  | 'messages'
  | 'readings'
  | 'kept-answers'
  | 'unfinished-forms'
  | 'past-postponements'
  | 'shown-lists'

/** Does what the periods say, or (`dryRun`) tells what it would do. Run nightly. */
export async function retain(ports: Ports, { dryRun }: { dryRun: boolean }): Promise<Due[]> {
  const { retention } = (await findPrivacy(ports.database)).settings
  const due: Due[] = []
  // The names of an object literal are those of its type.
  for (const [rule, find] of Object.entries(rules) as [keyof typeof rules, (typeof rules)[keyof typeof rules]][]) {
    const items: Item[] = await find(ports, retention)
    if (!dryRun) for (const item of items) await item.apply()
    due.push({ rule, count: items.length, ids: items.map(({ id }) => id) })
  }
  return [
    ...due,
    await oldMessages(ports, retention, dryRun),
    await oldReadings(ports, retention, dryRun),
    await keptAnswers(ports, dryRun),
    await unfinishedForms(ports, dryRun),
    await pastPostponements(ports, dryRun),
    await oldLists(ports, dryRun),
  ]
}

const unused = (ports: Ports, months: number) => unusedAccounts(ports.database, monthsAgo(ports, months), atOnce)

/** Asks whether an account is still wanted. Whom no message reaches has the same time to come by himself. */
async function ask({ database, messenger, now }: Ports, account: AccountUse, facts: { months: number; days: number }): Promise<void> {
  if (account.phone !== null && messenger.reaches !== 'nobody')
    await messenger.send({ to: account.phone, kind: 'account-unused', locale: 'zh-CN', facts })
  await database.commit(askedAbout(database, account, now()))
}

async function eraseUnlessRefused(ports: Ports, id: string): Promise<void> {
  try {
    await erase(ports, await findPerson(ports, id), { reason: 'retention', by: marketItself.id })
  } catch (error) {
    // The last operator stays, and for tonight so does whoever is being changed.
    if (!(error instanceof Problem)) throw error
  }
}

const erasing = (ports: Ports) => ({ ports, reason: 'retention', by: marketItself.id, at: ports.now() }) as const

const goingWhole = (ports: Ports, ids: readonly string[]): Item[] =>
  ids.map((id) => ({ id, apply: async () => ports.database.commit(...(await gone(erasing(ports), id))) }))

async function closedWithContacts(ports: Ports, before: string): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of closedDemands(ports.database, before))
    for (const { id, body, hadContacts } of page) {
      // A stored body is a demand.
      const demand = body as Demand
      if (items.length < atOnce && (hadContacts || namesPeople(demand))) items.push({ id, apply: () => loseContacts(ports, demand) })
    }
  return items
}

async function loseContacts(ports: Ports, demand: Demand): Promise<void> {
  const { database } = ports
  const { id } = demand
  const { by, at, reason } = erasing(ports)
  const version = (await lastVersion(database, id)) + 1
  // Nobody has worked on it: other periods go on as they were.
  const next: Demand = { ...demand, ...contactsWithout(demand, () => true, null), version }
  const entry = { subjectId: id, subjectVersion: version, kind: 'demand.contact.erased', actorId: by, at, facts: { reason } } as const
  await database.commit(...recordRevision(ports, entry, next), ...demands.update(database, next), eraseRevisions(database, id, version))
}

/** Questions, answers and notes stay without those whom they name; whom somebody else named goes whole. */
async function closedDealingsWithPeople(ports: Ports, before: string): Promise<Item[]> {
  const { database } = ports
  const due = await closedDealings(database, before, atOnce)
  const without = async (rows: Parameters<typeof rewritten>[1], noun: StoredNoun, changes: object) =>
    database.commit(...(await rewritten(erasing(ports), rows, noun, changes)))
  return [
    ...(await interests.findMany(database, due.interests)).map((noun) => ({
      id: noun.id,
      apply: () => without(interests, noun, { askerContact: null, answererContact: null }),
    })),
    ...(await invitations.findMany(database, due.invitations)).map((noun) => ({
      id: noun.id,
      apply: () => without(invitations, noun, { answeredBy: null }),
    })),
    ...goingWhole(ports, due.referrals),
    ...goingWhole(ports, due.delegations),
    ...(await shortlists.findMany(database, due.shortlists)).map((noun) => ({
      id: noun.id,
      apply: () => without(shortlists, noun, { answeredBy: null }),
    })),
    ...(await contacts.findMany(database, due.contacts)).map((noun) => ({
      id: noun.id,
      apply: () => withoutPeople(ports, noun),
    })),
  ]
}

/** A contact without whom it names, and the photos of a visit, on which people may be. */
async function withoutPeople(ports: Ports, noun: Contact): Promise<void> {
  const { database, files } = ports
  const { visit, interview } = noun
  const changes: Partial<Contact> = {
    withWhom: null,
    note: null,
    visit: visit && { ...visit, met: [] },
    interview: interview && { ...interview, decider: null },
  }
  const photos = await attachmentsOf(database, noun.id)
  const statements = photos.flatMap((photo) => going(ports, marketItself.id, photo))
  await database.commit(...(await rewritten(erasing(ports), contacts, noun, changes)), ...statements)
  for (const { blob } of photos) await files.remove(blob)
}

/** What became of its lines stays; what stood in them goes, and in the file. */
async function emptied(ports: Ports, intake: Intake): Promise<void> {
  const { database } = ports
  const change = { kind: 'intake.content-removed', actorId: marketItself.id, facts: { reason: 'retention' } } as const
  const { statements } = nextOf(ports, intakes, intake, {}, change)
  await database.commit(...statements, deleteKept(database, intake.id), ...emptyLines(database, intake.id))
}

async function oldMessages(ports: Ports, { messageDays }: Retention, dryRun: boolean): Promise<Due> {
  const before = daysAgo(ports, messageDays)
  let count = 0
  await ports.messenger.forget(({ at }) => {
    const isOld = at !== '' && at < before
    if (isOld) count++
    return isOld && !dryRun
  })
  return { rule: 'messages', count, ids: [] }
}

/** Who read what of whom. No journal tells of it, so the rows go without a trace. */
async function oldReadings({ database, now }: Ports, { readingMonths }: Retention, dryRun: boolean): Promise<Due> {
  const before = monthsAgo({ now }, readingMonths)
  const { count } = await database.query
    .selectFrom('reading')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('at', '<', before)
    .executeTakeFirstOrThrow()
  if (!dryRun) await database.commit(database.query.deleteFrom('reading').where('at', '<', before))
  return { rule: 'readings', count: Number(count), ids: [] }
}

/** Answers for repeated requests. */
async function keptAnswers({ database, now }: Ports, dryRun: boolean): Promise<Due> {
  const before = new Date(Date.parse(now()) - fixedPeriods.answerHours * 3_600_000).toISOString()
  const answers = await database.query.selectFrom('idempotency').select('key').where('at', '<', before).execute()
  if (!dryRun) await database.commit(database.query.deleteFrom('idempotency').where('at', '<', before))
  return { rule: 'kept-answers', count: answers.length, ids: [] }
}

/** What nobody wrote on since. */
async function unfinishedForms(ports: Ports, dryRun: boolean): Promise<Due> {
  const { query } = ports.database
  const before = daysAgo(ports, fixedPeriods.unfinishedDays)
  const forms = await query.selectFrom('unfinished_form').select('path').where('at', '<', before).execute()
  if (!dryRun) await ports.database.commit(query.deleteFrom('unfinished_form').where('at', '<', before))
  return { rule: 'unfinished-forms', count: forms.length, ids: [] }
}

/** What has come back by itself. */
async function pastPostponements(ports: Ports, dryRun: boolean): Promise<Due> {
  const { query } = ports.database
  const until = today(ports)
  const past = await query.selectFrom('postponed').select('until').where('until', '<=', until).execute()
  if (!dryRun) await ports.database.commit(query.deleteFrom('postponed').where('until', '<=', until))
  return { rule: 'past-postponements', count: past.length, ids: [] }
}

/** Lists that nobody was shown for so long. */
async function oldLists({ database, now }: Ports, dryRun: boolean): Promise<Due> {
  const before = monthsAgo({ now }, fixedPeriods.shownListMonths)
  const { count } = await database.query
    .selectFrom('match_list')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('last_at', '<', before)
    .executeTakeFirstOrThrow()
  if (!dryRun) await database.commit(database.query.deleteFrom('match_list').where('last_at', '<', before))
  return { rule: 'shown-lists', count: Number(count), ids: [] }
}

const daysAgo = ({ now }: Pick<Ports, 'now'>, days: number) => new Date(Date.parse(now()) - days * 86_400_000).toISOString()

/** The same day so many months ago; where that month is too short, the first of the one after it. */
function monthsAgo({ now }: Pick<Ports, 'now'>, months: number): string {
  const at = new Date(now())
  at.setUTCMonth(at.getUTCMonth() - months)
  return at.toISOString()
}
