// Load hook for Node: `node --import ./src/platform/tsx.mjs src/main-node.ts`.
// Node runs .ts by itself but neither .tsx nor .sql; threads inherit the hook.
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `Sunmao needs Node 24 or newer; this is ${process.version}. Start it through npm, which brings its own: npm run demo, npm start, npm run sunmao -- <command>`,
  )
  process.exit(1)
}

// What was compiled once is not compiled at the next start. Where nothing can be written, a start takes longer.
nodeModule.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/sunmao-compiled', import.meta.url)))

// A command that shows no page does not wait for esbuild.
const require = nodeModule.createRequire(import.meta.url)

nodeModule.registerHooks({
  load(url, context, nextLoad) {
    if (url.endsWith('.sql')) {
      return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(readFileSync(fileURLToPath(url), 'utf8'))}` }
    }
    if (!url.endsWith('.tsx')) return nextLoad(url, context)
    const file = fileURLToPath(url)
    const { code } = require('esbuild').transformSync(readFileSync(file, 'utf8'), {
      loader: 'tsx',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      format: 'esm',
      target: 'esnext',
      sourcemap: 'inline',
      sourcefile: file,
    })
    return { format: 'module', shortCircuit: true, source: code }
  },
})
