import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelUnusable, openModel } from './onnx.ts'
import { threadedEmbedder } from './threaded.ts'

const folder = fileURLToPath(new URL('../../../models/bge-small-zh-v1.5-q', import.meta.url).href)
const abstract = (i: number) => `${i}：针对钢结构焊接变形，提出一种反变形装夹方法。`.repeat(6)

describe('the neural model in threads', () => {
  let embedder: Awaited<ReturnType<typeof threadedEmbedder>>
  beforeAll(async () => {
    embedder = await threadedEmbedder({ folder, threads: 2 })
  })
  afterAll(() => embedder.close())

  it('gives the bits that one session without threads gives', async () => {
    const model = await openModel(folder)
    const texts = Array.from({ length: 6 }, (_, i) => abstract(i))
    const alone: Float32Array[] = []
    for (const text of texts) alone.push(await model.embedOne(text, 'document'))
    expect(await embedder.embed(texts, 'document')).toEqual(alone)
  })

  it('lets a query overtake the documents that wait', async () => {
    const finished: string[] = []
    const documents = embedder.embed(Array.from({ length: 40 }, (_, i) => abstract(i)), 'document').then(() => finished.push('documents')) // biome-ignore format: one step, one line
    const laterDocument = embedder.embed(['激光熔覆'], 'document').then(() => finished.push('later document'))
    const query = embedder.embed(['焊接变形控制'], 'query').then(() => finished.push('query'))
    await Promise.all([documents, laterDocument, query])
    expect(finished).toHaveLength(3)
    expect(finished[0]).toBe('query')
  })

  it('reads no more than 512 tokens', async () => {
    const long = '焊'.repeat(510)
    const [full, cut, shorter] = await embedder.embed([long, `${long}接变形`, long.slice(1)], 'document')
    expect(cut).toEqual(full)
    expect(shorter).not.toEqual(full)
  })

  it('finishes what is begun when it is closed, and refuses the rest', async () => {
    const closing = await threadedEmbedder({ folder, threads: 1 })
    const begun = closing.embed(['焊接变形控制'], 'query')
    const waiting = expect(closing.embed(['激光熔覆', '堆焊'], 'document')).rejects.toThrow('The embedder is closed')
    await closing.close()
    expect(await begun).toHaveLength(1)
    await waiting
    await expect(closing.embed(['激光熔覆'], 'query')).rejects.toThrow('The embedder is closed')
    await closing.close()
  })
})

describe('a model folder that is not whole', () => {
  let broken: string
  beforeAll(async () => {
    broken = await mkdtemp(join(tmpdir(), 'model-'))
  })
  afterAll(() => rm(broken, { recursive: true }))

  async function refused(prepare: (copy: string) => Promise<unknown>): Promise<ModelUnusable> {
    const copy = await mkdtemp(join(broken, 'copy-'))
    await cp(folder, copy, { recursive: true })
    await prepare(copy)
    const error = await threadedEmbedder({ folder: copy, threads: 2 }).then(
      () => expect.unreachable('it should not open'),
      (reason) => reason,
    )
    expect(error).toBeInstanceOf(ModelUnusable)
    expect(error.message).toContain(error.file)
    expect(error.message).toContain('Copy its folder again')
    return error
  }

  it('is refused when model.onnx is cut short', async () => {
    const error = await refused((copy) => truncate(join(copy, 'model.onnx'), 12_000_000))
    expect(error.file).toMatch(/model\.onnx$/)
    expect(error.message).toContain('12000000 bytes')
  })

  it('is refused when tokenizer.json is another one', async () => {
    expect((await refused((copy) => writeFile(join(copy, 'tokenizer.json'), '{}'))).file).toMatch(/tokenizer\.json$/)
  })

  it('is refused when the named file is no model at all', async () => {
    const error = await refused(async (copy) => {
      await writeFile(join(copy, 'model.onnx'), '{}')
      const sum = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
      const files = ['model.onnx', 'tokenizer.json', 'question-mean.bin']
      for (const file of files) await writeFile(join(copy, file), '{}')
      await writeFile(join(copy, 'SHA256SUMS'), files.map((file) => `${sum}  ${file}\r\n`).join(''))
    })
    expect(error.message).toContain('does not run')
  })

  it.each(['model.onnx', 'tokenizer.json', 'SHA256SUMS'])('is refused without %s', async (name) => {
    const error = await refused((copy) => rm(join(copy, name)))
    expect(error.message).toContain(`${name} is missing`)
  })

  it('is refused when model.onnx has no sum', async () => {
    expect((await refused((copy) => writeFile(join(copy, 'SHA256SUMS'), ''))).message).toContain('has no line in')
  })

  it('is refused when there is no folder', async () => {
    await expect(openModel(join(broken, 'nowhere'))).rejects.toBeInstanceOf(ModelUnusable)
  })
})
