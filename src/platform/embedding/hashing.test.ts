import { expect, it } from 'vitest'
import { hashingEmbedder } from './hashing.ts'

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

it('puts texts that share words nearer than texts that share none', async () => {
  const [query, near, far] = await hashingEmbedder().embed(['钢结构焊接变形控制', '控制焊接变形的方法', '奶牛乳腺炎防治'], 'document')
  expect(dot(query!, near!)).toBeGreaterThan(dot(query!, far!) + 0.3)
})

it('tells the order of characters', async () => {
  const [one, other] = await hashingEmbedder().embed(['磁钢', '钢磁'], 'document')
  expect(dot(one!, other!)).toBeLessThan(0.9)
})

it('gives the first axis to a text in which nothing can be seen', async () => {
  const [empty, spaces] = await hashingEmbedder(4).embed(['', ' \n'], 'query')
  expect(empty).toEqual(Float32Array.of(1, 0, 0, 0))
  expect(spaces).toEqual(empty)
})

it('names its dimensions in the model, so that vectors of two sizes never meet', () => {
  expect(hashingEmbedder().model).not.toBe(hashingEmbedder(128).model)
})

it('gives the same vectors for ever, because they are stored', async () => {
  const [vector] = await hashingEmbedder(8).embed(['高温合金 coating 😀'], 'document')
  expect(Array.from(vector!, (value) => Math.round(value * 1000) / 1000)).toMatchInlineSnapshot(`
    [
      0.169,
      -0.169,
      -0.845,
      -0.169,
      -0.169,
      0.169,
      0.338,
      0.169,
    ]
  `)
})
