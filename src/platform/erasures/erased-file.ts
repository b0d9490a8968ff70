import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readJson } from '../json.ts'
import { type ErasedList, ErasedPerson } from './erased-list.ts'

/** A file of lines of JSON, each written to the disk before it counts. What a crash has left half written is passed over. */
export function erasedFile(path: string): ErasedList {
  const read = async () => {
    const text = await readFile(path, 'utf8').catch((error) => {
      if ((error as { code?: string }).code === 'ENOENT') return ''
      throw error
    })
    const persons = new Map<string, ErasedPerson>()
    for (const line of text.split('\n')) {
      const parsed = ErasedPerson.safeParse(readJson(line))
      if (parsed.success) persons.set(parsed.data.id, parsed.data)
    }
    return [...persons.values()]
  }
  return {
    read,
    async add(persons) {
      const known = new Set((await read()).map(({ id }) => id))
      const fresh = persons.filter(({ id }) => !known.has(id))
      if (fresh.length === 0) return
      await mkdir(dirname(path), { recursive: true })
      const file = await open(path, 'a', 0o600)
      try {
        // A line end first: what a crash left half written must not swallow what comes after.
        await file.appendFile(`\n${fresh.map((person) => JSON.stringify(person)).join('\n')}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}
