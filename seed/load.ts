import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { marketItself } from '../src/accounts/actor.ts'
import { isHidden, textsForOutsiders } from '../src/demands/demand.ts'
import { lossOf } from '../src/demands/likeness.ts'
import { profilesFrom } from '../src/demands/profile.ts'
import { loadBatch, type Section } from '../src/imports/load.ts'
import { type Ports, today } from '../src/platform/ports.ts'
import { brokersOf, enterprisesOf, evidenceOf, expertsOf, institutionsOf, parksOf } from './directory.ts'
import { demandsOf, leadsOf, offeringRows, resultsOf } from './listings.ts'
import { keepSeedVectors } from './vectors.ts'

/** Writes the demonstration city as one import batch, with the vectors of its texts. Throws `already-exists` where it is already. */
export async function loadSeed(ports: Ports, progress?: (done: number, total: number) => void): Promise<void> {
  const clock = { now: ports.now(), day: today(ports) }
  await keepSeedVectors(ports)
  const enterprises = await enterprisesOf(clock)
  const written = await demandsOf(clock)
  const profiles = profilesFrom(
    enterprises,
    written.filter((demand) => !isHidden(demand)),
    await resultsOf(clock),
  )
  const demands = written.map((demand) => {
    const texts = textsForOutsiders(demand).map(({ text }) => text)
    return isHidden(demand) ? { ...demand, outward: lossOf(demand, texts, profiles).outward } : demand
  })
  const sections: Section[] = [
    { kind: 'park', nouns: await parksOf(clock) },
    { kind: 'broker', nouns: await brokersOf(clock) },
    { kind: 'enterprise', nouns: enterprises },
    { kind: 'institution', nouns: await institutionsOf(clock) },
    { kind: 'expert', nouns: await expertsOf(clock) },
    { kind: 'offering', nouns: [...(await resultsOf(clock)), ...(await leadsOf(clock))] },
    { kind: 'evidence', nouns: await evidenceOf(clock, offeringRows()) },
    { kind: 'demand', nouns: demands },
  ]
  await loadBatch(ports, marketItself, {
    kind: 'seed',
    name: '演示数据',
    fileSha256: seedSha256(),
    sections,
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
