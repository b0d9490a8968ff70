// Load hook for Node: `node --import ./src/platform/tsx.mjs src/main-node.ts`.
// Node runs .ts by itself but neither .tsx nor .sql; threads inherit the hook.
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `Sunmao needs Node 24 or newer; this is ${process.version}. Start it through npm, which brings its own: npm run demo, npm start, npm run sunmao -- <command>`,
  )
  process.exit(1)
}

nodeModule.registerHooks({
  load(url, context, nextLoad) {
    if (url.endsWith('.sql')) {
      return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(readFileSync(fileURLToPath(url), 'utf8'))}` }
    }
    if (!url.endsWith('.tsx')) return nextLoad(url, context)
    const file = fileURLToPath(url)
    const { code } = transformSync(readFileSync(file, 'utf8'), {
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
