// Makes the model's question-mean.bin anew: `npm run build-question-mean`, then `npm run build-vectors`.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { bgeSmallZh, openModel } from '../src/platform/embedding/onnx.ts'
import { readRows } from './rows.ts'

const folder = 'models/bge-small-zh-v1.5-q'
const { embedOne } = await openModel(folder, { isCentred: false })
const mean = new Float64Array(bgeSmallZh.dimensions)
// Demands written for the demonstration alone: none of them is in a benchmark.
const questions = readRows('demands-everyday').map(({ title, problem }) => [title, problem ?? ''].filter((part) => part !== '').join(' '))
for (const question of questions) {
  const vector = await embedOne(question, 'query')
  for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]! / questions.length
}
const bytes = new DataView(new ArrayBuffer(mean.length * 4))
for (const [at, value] of mean.entries()) bytes.setFloat32(at * 4, value, true)
writeFileSync(`${folder}/question-mean.bin`, new Uint8Array(bytes.buffer))
const others = readFileSync(`${folder}/SHA256SUMS`, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.endsWith('question-mean.bin'))
const own = createHash('sha256').update(new Uint8Array(bytes.buffer)).digest('hex')
writeFileSync(`${folder}/SHA256SUMS`, `${[...others, `${own}  question-mean.bin`].join('\n')}\n`)
