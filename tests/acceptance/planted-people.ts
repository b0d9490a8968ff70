import type { random } from '../../src/platform/random.ts'

/** Somebody of whom everything that a market can hold is held under values that stand nowhere else. */
export interface Planted {
  index: number
  name: string
  nameEn: string
  phone: string
  email: string
  orcid: string
  /** Words in texts: of the profile, of what he did, of the note of a claim, of a document. */
  words: { summary: string; method: string; work: string; abstract: string; note: string; origin: string; document: string }
  /** How he comes into the market. */
  way: 'signs-in' | 'imported' | 'registered' | 'contact'
}

const ways: Planted['way'][] = ['signs-in', 'imported', 'registered', 'contact']
const family = '欧阳司马上官诸葛慕容夏侯皇甫尉迟公孙轩辕令狐钟离宇文长孙司徒鲜于闾丘澹台'
const rare = '螭吻貔貅狻猊饕餮睚眦囚牛蒲牢嘲风霸下狴犴负屃麒麟鸾凤玄龟白泽毕方重明獬豸'

/** So many people, others for another seed. What a value is made of others may share; whole it is nobody else's. */
export function plantedPeople(count: number, chance: ReturnType<typeof random>): Planted[] {
  return Array.from({ length: count }, (_, index) => {
    const of = (characters: string, length: number) => Array.from({ length }, () => chance.from([...characters])).join('')
    const code = String(index).padStart(4, '0')
    const tag = `${of('abcdefghjkmnpqrstuvwxyz', 6)}${code}`
    const text = () => `${of(rare, 4)}第${code}号${of(rare, 3)}`
    return {
      index,
      name: `${of(family, 2)}${of(rare, 2)}${of(family, 1)}`,
      nameEn: `${tag[0]!.toUpperCase()}${tag.slice(1)} Zq`,
      phone: `1${chance.from(['37', '38', '39', '58', '87'])}${of('0123456789', 4)}${code}`,
      email: `${tag}@planted.example`,
      orcid: `0009-${of('0123456789', 4)}-${of('0123456789', 4)}-${code.slice(0, 3)}X`,
      words: {
        summary: text(),
        method: `方法${code}${of(rare, 4)}`,
        work: text(),
        abstract: text(),
        note: text(),
        origin: `src-${tag}`,
        document: text(),
      },
      way: ways[index % ways.length]!,
    }
  })
}

/** All values of these people, in every form in which bytes may hold them. */
export function needlesOf(people: readonly Planted[]): { value: string; bytes: Buffer }[] {
  const values = people.flatMap(({ name, nameEn, phone, email, orcid, words: { document, ...words }, way }) => [
    name,
    nameEn,
    phone,
    email,
    orcid,
    ...Object.values(words),
    // What came in by a file has no documents.
    ...(way === 'imported' ? [] : [document]),
  ])
  return [...new Set(values)].flatMap((value) => formsOf(value).map((bytes) => ({ value, bytes })))
}

/** As UTF-8, as UTF-16 both ways round, as Latin-1, and with what is not ASCII escaped as JSON and addresses do. */
function formsOf(value: string): Buffer[] {
  const utf16 = Buffer.from(value, 'utf16le')
  const escaped = Array.from(value, (unit) =>
    unit.charCodeAt(0) < 0x80 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('')
  const isAscii = escaped === value
  return [
    Buffer.from(value),
    utf16,
    Buffer.from(utf16).swap16(),
    ...(isAscii
      ? []
      : [Buffer.from(escaped), Buffer.from(escaped.toUpperCase().replaceAll('\\U', '\\u')), Buffer.from(encodeURIComponent(value))]),
  ]
}
