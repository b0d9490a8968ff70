import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { marketItself } from '../src/accounts/actor.ts'
import { demands } from '../src/demands/store.ts'
import { brokers, enterprises, evidence, experts, institutions, parks } from '../src/directory/store.ts'
import { loadBatch, type Section } from '../src/imports/load.ts'
import { offerings } from '../src/offerings/store.ts'
import { type Ports, today } from '../src/platform/ports.ts'
import { brokersOf, enterprisesOf, evidenceOf, expertsOf, institutionsOf, parksOf } from './directory.ts'
import { demandsOf, leadsOf, offeringRows, resultsOf } from './listings.ts'
import { keepSeedVectors } from './vectors.ts'

/** Writes the demonstration city as one import batch, with the vectors of its texts. Throws `already-exists` where it is already. */
export async function loadSeed(ports: Ports, progress?: (done: number, total: number) => void): Promise<void> {
  const clock = { now: ports.now(), day: today(ports) }
  await keepSeedVectors(ports)
  const sections = [
    { kind: 'park', rows: parks, nouns: await parksOf(clock) },
    { kind: 'broker', rows: brokers, nouns: await brokersOf(clock) },
    { kind: 'enterprise', rows: enterprises, nouns: await enterprisesOf(clock) },
    { kind: 'institution', rows: institutions, nouns: await institutionsOf(clock) },
    { kind: 'expert', rows: experts, nouns: await expertsOf(clock) },
    { kind: 'offering', rows: offerings, nouns: [...(await resultsOf(clock)), ...(await leadsOf(clock))] },
    { kind: 'evidence', rows: evidence, nouns: await evidenceOf(clock, offeringRows()) },
    { kind: 'demand', rows: demands, nouns: await demandsOf(clock) },
  ]
  await loadBatch(ports, marketItself, {
    kind: 'seed',
    name: '演示数据',
    fileSha256: seedSha256(),
    // Each section's rows and nouns are of one kind.
    sections: sections as unknown as Section[],
    ...(progress && { progress }),
  })
}

function seedSha256(): string {
  const hash = createHash('sha256')
  const folder = new URL('data/', import.meta.url)
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort())
    hash.update(readFileSync(new URL(file, folder)))
  return hash.digest('hex')
}
