import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { countAttempt, removeAttempts } from '../store.ts'

const minutes = 15

/** Lets somebody try so many times within a quarter of an hour (429 afterwards), and begins anew when a try succeeds. */
export async function limited<Result>(
  ports: Pick<Ports, 'database' | 'now'>,
  key: string,
  allowed: number,
  attempt: () => Promise<Result>,
) {
  const at = ports.now()
  const from = new Date(Date.parse(at) - minutes * 60_000).toISOString()
  const { count, since } = await countAttempt(ports.database, key, from, at)
  if (count > allowed) {
    throw new Problem('too-many-requests', { retryAfterSeconds: Math.ceil((Date.parse(since) - Date.parse(from)) / 1000) })
  }
  const result = await attempt()
  await ports.database.commit(removeAttempts(ports.database, key))
  return result
}
