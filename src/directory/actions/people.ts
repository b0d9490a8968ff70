import type { Ports } from '../../platform/ports.ts'
import { institutions } from '../store.ts'

const namedAtMost = 200

/** Names of the directory's institutions, to choose from while one writes. */
export async function institutionNames({ database }: Pick<Ports, 'database'>): Promise<string[]> {
  const found = await institutions.newest(database, { visibility: ['public'] }, { after: null, limit: namedAtMost })
  return found.filter(({ parentId }) => parentId === null).map(({ name }) => name)
}
