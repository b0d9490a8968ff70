// Assembles dot.wat into dot-bytes.ts. The assembler is no dependency of ours, it is installed for the occasion:
//   npm install --prefix /tmp/wabt wabt@1.0.39 && node src/platform/search/build-dot-bytes.ts /tmp/wabt
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

interface Assembler {
  parseWat(name: string, source: string, features: { simd: boolean }): { toBinary(options: object): { buffer: Uint8Array } }
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Say where wabt is installed: see the top of this file')
const assembler: Assembler = await createRequire(`${resolve(folder)}/`)('wabt')()
const source = readFileSync(new URL('dot.wat', import.meta.url), 'utf8')
const { buffer } = assembler.parseWat('dot.wat', source, { simd: true }).toBinary({})
const lines = Buffer.from(buffer)
  .toString('base64')
  .match(/.{1,120}/g)!
writeFileSync(
  new URL('dot-bytes.ts', import.meta.url),
  `/** \`dot.wat\` as WebAssembly in base64; made by \`build-dot-bytes.ts\`. */
export const dotBytes =
${lines.map((line) => `  '${line}'`).join(' +\n')}

/** The sha256 of the \`dot.wat\` that the bytes were made from. */
export const dotSource = '${createHash('sha256').update(source).digest('hex')}'
`,
)
