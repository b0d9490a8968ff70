// A thread of its own, so that who attacks and who measures do not wait for each other.
import { parentPort, workerData } from 'node:worker_threads'
import { attacks, type Target } from './attacks.ts'

const { name, target, atOnce, aSecond } = workerData as { name: string; target: Target; atOnce: number; aSecond: number }
const attack = attacks[name]!
const statuses: Record<string, number> = {}
let isOn = false
let turn = 0
let began = 0

async function attackOn(): Promise<void> {
  while (isOn) {
    // Never faster than the rate, however fast the refusals come.
    const own = turn++
    const dueMs = began + (own / aSecond) * 1000 - performance.now()
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs))
    if (!isOn) return
    const status = await attack(target, own).catch(() => 0)
    statuses[status] = (statuses[status] ?? 0) + 1
  }
}

let attacking: Promise<unknown> = Promise.resolve()
parentPort!.on('message', async (order: 'on' | 'off' | 'end') => {
  isOn = order === 'on'
  await attacking
  if (order === 'on') {
    began = performance.now() - (turn / aSecond) * 1000
    attacking = Promise.all(Array.from({ length: atOnce }, attackOn))
    return
  }
  parentPort!.postMessage(statuses)
  if (order === 'end') parentPort!.close()
})
