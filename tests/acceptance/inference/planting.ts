import type { DemandInput } from '../../../src/demands/actions.ts'
import type { Demand } from '../../../src/demands/demand.ts'
import type { TellingKind } from '../../../src/demands/telling.ts'
import type { Client } from './client.ts'

const checks = ['authenticity', 'secrecy', 'wording'].map((check) => ({ check, result: 'passed', reason: null }))

/** What the market said to a publication, until it was granted. */
export interface Publishing {
  refusals: number
  kinds: Set<TellingKind>
  isPublished: boolean
}

/** The operator publishes; an owner who is told of telling words writes something else for them, as the problem says. */
export async function publishPatiently(operator: Client, owner: Client, id: string): Promise<Publishing> {
  const publishing: Publishing = { refusals: 0, kinds: new Set(), isPublished: false }
  for (let attempt = 0; attempt < 15; attempt++) {
    const answer = await operator.send('POST', `/api/demands/${id}/publication`, { checks })
    if (answer.status === 200) return { ...publishing, isPublished: true }
    const { errors = [], type } = JSON.parse(answer.text) as { type: string; errors?: { pointer: string; facts?: { kind: TellingKind } }[] }
    if (type !== '/problems/telling-words') throw new Error(`${id} was refused: ${answer.text}`)
    publishing.refusals++
    const { items } = await owner.read<{ items: Said[] }>(`/api/demands/${id}/telling-words`)
    for (const { kind } of items) publishing.kinds.add(kind)
    if (errors.length === 0 || items.length === 0) throw new Error(`${id} was refused and nothing was named: ${answer.text}`)
    const demand = await owner.read<Demand>(`/api/demands/${id}`)
    await owner.send('PATCH', `/api/demands/${id}`, rewritten(demand, items), demand.version)
  }
  return publishing
}

interface Said {
  pointer: string
  kind: TellingKind
  words: string
}

const instead: Record<TellingKind, string> = {
  name: '本企业',
  contact: '',
  organisation: '有关单位',
  product: '该产品',
  equipment: '现有设备',
  capacity: '一定规模',
  place: '本地',
  profile: '有关环节',
}

/** Each field with the words replaced, the longest first. */
function rewritten(demand: Demand, said: readonly Said[]): Partial<DemandInput> {
  const patch: Record<string, unknown> = {}
  for (const { pointer, kind, words } of said.toSorted((a, b) => b.words.length - a.words.length)) {
    const [, field = '', at, member] = pointer.split('/')
    const current = structuredClone(patch[field] ?? demand[field as keyof Demand])
    const change = (text: string) => {
      const changed = text.normalize('NFKC').replaceAll(words.normalize('NFKC'), instead[kind])
      return changed.trim().length < 4 ? `${changed}相关问题` : changed
    }
    if (Array.isArray(current)) {
      const items = current as (string | { text: string })[]
      const item = items[Number(at)]!
      items[Number(at)] = typeof item === 'string' ? change(item) : { ...item, text: change(item.text) }
      patch[field] = items.map((each) =>
        typeof each === 'object' && 'parsed' in each ? { text: each.text, need: (each as { need?: string }).need } : each,
      )
    } else patch[field] = change(String(current))
    void member
  }
  return patch as Partial<DemandInput>
}
