import type { Database } from '../../../platform/database/database.ts'
import { parts, revisionsOf } from '../../store.ts'
import type { Erasing } from './erasing.ts'

/** What a person is called and reached by: whether a text names him. */
export type NamedIn = (text: string) => boolean

/** By all that is known of him at this moment, of every version, and by what others called him beside his number. */
export async function namedIn({ ports: { database }, person }: Erasing, called: readonly string[]): Promise<NamedIn> {
  const texts = ['name', 'nameEn', 'orcid'] as const
  const profiles = (await revisionsOf(database, person.profileIds)).flatMap(({ body }) => texts.map((field) => body[field]))
  const account = person.accountId === null ? [] : await ofAccount(database, person.accountId)
  return naming([...profiles, ...account, ...called].filter((value): value is string => typeof value === 'string'))
}

async function ofAccount(database: Database, id: string): Promise<(string | null | undefined)[]> {
  const row = await database.query.selectFrom('account').select(['name', 'phone', 'email']).where('id', '=', id).executeTakeFirst()
  return row === undefined ? [] : [row.name, row.phone?.replace(/^\+86/, ''), row.email]
}

/** A single character names nobody. Words of letters are whole words; numbers may be written in groups. */
export function naming(values: readonly string[]): NamedIn {
  const wanted = [...new Set(values.map(plain))].filter((value) => [...value].length > 1)
  const patterns = wanted.map((value) => {
    const literal = value.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
    return new RegExp(String.raw`(?<![\p{Script=Latin}\d])${literal}(?![\p{Script=Latin}\d])`, 'u')
  })
  return (text) => {
    const read = plain(text)
    return patterns.some((pattern) => pattern.test(read))
  }
}

/** One form of letters and digits, and numbers in one piece. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/(?<=\d)[\s\-.·()]+(?=\d)/g, '')
    .replaceAll(/(?<!\d)\+?(00)?86(?=1\d{10}(?!\d))/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Ids of what the person had to do with, of which documents may name him: what he acted for, what he did, what he handed in. */
export async function aroundPerson({ ports: { database }, person }: Erasing): Promise<{ subjectIds: string[]; uploadedIds: string[] }> {
  const { query } = database
  const { accountId, profileIds } = person
  const subjectIds = new Set<string>()
  if (accountId !== null) {
    const held = await query.selectFrom('membership').select('subject_id').where('account_id', '=', accountId).execute()
    for (const { subject_id } of held) if (subject_id !== null) subjectIds.add(subject_id)
  }
  for (const some of parts(profileIds)) {
    const works = query.selectFrom('evidence').select('offering_id').where('expert_id', 'in', some).where('offering_id', 'is not', null)
    for (const { offering_id } of await works.execute()) subjectIds.add(offering_id!)
  }
  const uploads = query
    .selectFrom('journal')
    .select('subject_id')
    .where('account_id', '=', accountId ?? '')
  const uploaded = accountId === null ? [] : await uploads.where('kind', '=', 'attachment.uploaded').execute()
  return { subjectIds: [...subjectIds], uploadedIds: uploaded.map(({ subject_id }) => subject_id) }
}
