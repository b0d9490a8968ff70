// Makes data/vectors.bin anew: `npm run build-vectors`. To be run after a change of the seed's texts; a test says when.
import { rmSync } from 'node:fs'
import { catchUp, embedPending } from '../src/matching/catch-up.ts'
import { keepQuestionVectors } from '../src/matching/query-vector.ts'
import { openMarket } from '../src/open-market.ts'
import { configFrom } from '../src/platform/config.ts'
import { writeVectorFile } from '../src/platform/embedding/vector-file.ts'
import { loadSeed } from './load.ts'
import { vectorFile, vectorModel } from './vectors.ts'

// Vectors of texts that are no more must not stay.
rmSync(vectorFile, { force: true })
const market = await openMarket({ ...configFrom({}), database: ':memory:' })
const { ports } = market
if (ports.embedder?.model !== vectorModel.name) throw new Error(`The seed's vectors are made with ${vectorModel.name}`)
await loadSeed(ports)
await catchUp(ports)
for (let made = 0, more = 1; more > 0; made += more) {
  more = await embedPending(ports)
  process.stderr.write(`\r${made + more} texts embedded`)
}
await keepQuestionVectors(ports)
const count = await writeVectorFile(ports.database, vectorFile, vectorModel.name, vectorModel.dimensions)
process.stderr.write(`\n${count} vectors written\n`)
await market.close()
