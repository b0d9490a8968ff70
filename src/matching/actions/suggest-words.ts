import { demands } from '../../demands/store.ts'
import { enterprises, institutions } from '../../directory/store.ts'
import { offerings } from '../../offerings/store.ts'
import type { Ports } from '../../platform/ports.ts'
import { type PinyinIndex, pinyinIndex, pinyinWritten, type Spoken, speaker } from '../../platform/search/pinyin.ts'

const suggested = 4

/**
 * The words that somebody may have meant who wrote pinyin or its initials: such as stand in titles that everybody may read, whoever asks.
 */
export async function meantBy(ports: Pick<Ports, 'database' | 'search'>, words: string): Promise<string[]> {
  const letters = pinyinWritten(words)
  return letters === null ? [] : (await vocabulary(ports)).find(letters, suggested)
}

interface Vocabulary {
  index: PinyinIndex
  /** Title → how it is read. */
  spoken: ReadonlyMap<string, Spoken[]>
}

/** One a process, made of the listings at a position of the journal, and thrown away with the search index. */
const known = new WeakMap<Ports['search'], { position: number; made: Promise<Vocabulary> }>()

async function vocabulary(ports: Pick<Ports, 'database' | 'search'>): Promise<PinyinIndex> {
  const { position } = await ports.search.status(0)
  const before = known.get(ports.search)
  if (before?.position === position) return (await before.made).index
  const made = renewed(ports, before?.made)
  known.set(ports.search, { position, made })
  made.catch(() => known.delete(ports.search))
  return (await made).index
}

/** Texts that are read between two turns of others. */
const readAtOnce = 200

/** Reads all titles again, because any may have been withdrawn, and speaks those that are new. */
async function renewed({ database }: Pick<Ports, 'database'>, earlier: Promise<Vocabulary> | undefined): Promise<Vocabulary> {
  const before = (await earlier)?.spoken ?? new Map<string, Spoken[]>()
  const isPublic = { visibility: 'public' }
  const titles = [
    await demands.titles(database, { ...isPublic, state: 'published' }),
    await offerings.titles(database, { ...isPublic, state: 'published' }),
    await institutions.titles(database, isPublic),
    await enterprises.titles(database, isPublic),
  ].flat()
  const speak = await speaker()
  const spoken = new Map<string, Spoken[]>()
  let fresh = 0
  for (const title of titles) {
    spoken.set(title, before.get(title) ?? speak(title))
    if (!before.has(title) && ++fresh % readAtOnce === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  return { spoken, index: pinyinIndex([...spoken.values()].flat()) }
}
