import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { textHash } from './text-hash.ts'

it.each(['', '高温合金涂层', 'a😀'])('is the sha256 of %j in UTF-8', async (text) => {
  expect(await textHash(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
})
