import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** What may import what, and what a file may not say: `architecture.md` §1 as a test. */

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const everywhere = globSync('{src,seed,tests}/**/*.{ts,tsx,mjs}', { cwd: root }).filter((file) => !file.includes('/data/'))
const source = everywhere.filter((file) => file.startsWith('src/') && !isTest(file))

interface Import {
  from: string
  /** A path from the root, or the name of a package. */
  to: string
  specifier: string
  isTypeOnly: boolean
  /** Read when it is needed, not at the start. */
  isLate: boolean
}

const imports = everywhere.flatMap(importsOf)
const sourceImports = imports.filter(({ from }) => source.includes(from))

function importsOf(from: string): Import[] {
  const text = read(from)
  const found = [
    ...[...text.matchAll(/^\s*(?:import|export)\b(\s+type\b)?(?:[^'"`;]*?\bfrom)?\s*'([^']+)'/gm)].map(([, type, specifier]) => ({
      specifier: specifier!,
      isTypeOnly: type !== undefined,
      isLate: false,
    })),
    ...[...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, specifier]) => ({ specifier: specifier!, isTypeOnly: false, isLate: true })),
  ]
  return found.map((each) => ({
    from,
    to: each.specifier.startsWith('.') ? normalize(join(dirname(from), each.specifier)) : each.specifier,
    ...each,
  }))
}

/**
 * What a file of `src` is; the first pattern that fits. What is not named is a noun, the strictest of all. Actions and edges that grew
 * past a screen are several files: these are named here.
 */
const roles: [RegExp, Role][] = [
  [/^(main-\w+\.ts|open-market\.ts|cli\.ts|commands\/.*)$/, 'root'],
  [/^(app\.tsx|jobs\.ts)$/, 'app'],
  [/^platform\//, 'platform'],
  [/^evaluation\//, 'evaluation'],
  [/\/api(\.ts$|\/)|\.tsx$|\/parts\//, 'edge'],
  // What pages are made of: form bodies, paths of lists, reasons as sentences.
  [
    /^(accounts|demands|offerings)\/form\.ts$|^demands\/field-name\.ts$|^accounts\/device-cookie\.ts$|^attachments\/(upload|answer)\.ts$|^matching\/(list-paths|reason-words)\.ts$/,
    'edge',
  ],
  [/\/store(\.ts$|\/)/, 'store'],
  // What is known of pairs, out of several stores.
  [/^quality\/gathered\.ts$/, 'actions'],
  // The stores of all kinds, by kind.
  [/^imports\/tables\.ts$/, 'store'],
  [/\/actions(\.ts|\/)/, 'actions'],
  [/^matching\/(asked|belonging|candidates|catch-up|overview|query-vector|ranking|search|stale-vectors)\.ts$/, 'actions'],
  [/^imports\/(duplicates|load|parsing|readers|references|rows|steps|written)\.ts$/, 'actions'],
  // What a file is, its bytes say; unpacking takes its time.
  [/^intake\/read\/source\.ts$/, 'actions'],
  // What tests of imports stand on.
  [/^imports\/fixtures\.ts$/, 'actions'],
  [/./, 'noun'],
]
type Role = 'root' | 'app' | 'platform' | 'evaluation' | 'edge' | 'store' | 'actions' | 'noun'

const inSource = (path: string) => path.replace(/^src\//, '')
const roleOf = (path: string): Role => roles.find(([pattern]) => pattern.test(inSource(path)))![1]
const capabilityOf = (path: string) => inSource(path).split('/')[0]!

/** Stores and actions of a capability may use those of the capabilities before it; beside each other stand those of one rank. */
const order = [
  ['market', 'privacy', 'unfinished'],
  ['directory'],
  ['readings'],
  ['accounts'],
  ['offerings'],
  ['demands'],
  ['disclosures', 'organisations', 'vetting'],
  ['matching'],
  ['engagements'],
  ['attachments', 'intake', 'quality'],
  ['twins'],
  ['imports'],
  // Files of works are imports of a small kind.
  ['evidence'],
  ['persons'],
]
const rankOf = (path: string) => order.findIndex((rank) => rank.includes(capabilityOf(path)))

/** The platform's words: what a noun may use of it, because they are values and pure functions. */
const vocabulary =
  /^src\/platform\/(schema|problem|days|ids|lifecycle|input|random|files\/inspect\/media-type)\.ts$|^src\/platform\/codes\//
/** The words of the index: matching speaks of documents, tokens and hashes of texts, and stays pure. */
const indexVocabulary = /^src\/platform\/search\/(search-index|tokens)\.ts$|^src\/platform\/embedding\/text-hash\.ts$/
/** Which language a reader's text is in; what a table holds: types alone. */
const typeVocabulary = /^src\/platform\/(i18n\/words|database\/(listings|tables))\.ts$/

const isPackage = ({ specifier }: Import) => !specifier.startsWith('.')
const arrow = ({ from, to }: Import) => `${from} → ${to}`

describe('imports flow one way', () => {
  const of = (role: Role) => sourceImports.filter((each) => roleOf(each.from) === role)

  it('a noun knows other nouns, zod and the vocabulary of the platform', () => {
    const wrong = of('noun').filter((each) => {
      if (isPackage(each)) return !['zod', ...nounPackages(each.from)].includes(each.to)
      if (vocabulary.test(each.to)) return false
      // Demands are held against what their enterprises publish, in the index's own tokens.
      if (indexVocabulary.test(each.to)) return !['matching', 'demands'].includes(capabilityOf(each.from))
      // A faulty row of an import is explained in the reader's language where it is found.
      if (each.to === 'src/platform/i18n/words.ts') return capabilityOf(each.from) !== 'imports'
      if (typeVocabulary.test(each.to)) return !each.isTypeOnly
      return roleOf(each.to) !== 'noun'
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('a store knows nouns, stores before it and the platform', () => {
    const wrong = of('store').filter((each) => {
      if (isPackage(each)) return each.to !== 'kysely'
      const role = roleOf(each.to)
      return !(role === 'noun' || (role === 'platform' && !isEdgeOfPlatform(each.to)) || (role === 'store' && isBefore(each)))
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('actions know nouns, and stores and actions of what comes before: market, directory, readings, offerings, demands, then matching, engagements, attachments, imports and evidence', () => {
    const wrong = of('actions').filter((each) => {
      if (isPackage(each)) return !['kysely', ...nounPackages(each.from)].includes(each.to)
      const role = roleOf(each.to)
      return !(
        role === 'noun' ||
        (role === 'platform' && !isEdgeOfPlatform(each.to)) ||
        ((role === 'store' || role === 'actions') && isBefore(each))
      )
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('edges know anything to their left and other edges, and no adapter, command or composition root', () => {
    const wrong = of('edge').filter((each) =>
      isPackage(each) ? !/^hono(\/|$)/.test(each.to) : !['noun', 'store', 'actions', 'edge', 'platform'].includes(roleOf(each.to)),
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  it('the platform knows nothing of the market, but for who is signed in', () => {
    const wrong = of('platform').filter((each) => {
      if (isPackage(each) || roleOf(each.to) === 'platform') return false
      return !(each.from.startsWith('src/platform/web/') && capabilityOf(each.to) === 'accounts')
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('the inside of the platform knows nothing of its edges', () => {
    const wrong = of('platform').filter((each) => !isPackage(each) && !isEdgeOfPlatform(each.from) && isEdgeOfPlatform(each.to))
    expect(wrong.map(arrow)).toEqual([])
  })

  it('nobody imports a composition root but the command line and the programs of authors, and nobody these', () => {
    const wrong = imports.filter(
      (each) =>
        !isPackage(each) &&
        each.to.startsWith('src/') &&
        roleOf(each.to) === 'root' &&
        !(each.from.startsWith('src/') && roleOf(each.from) === 'root'),
    )
    // Tests start what they test.
    expect(wrong.filter(({ from }) => !from.startsWith('tests/') && !isTest(from) && !isAuthorsProgram(from)).map(arrow)).toEqual([])
    expect(imports.filter(({ to }) => isAuthorsProgram(to)).map(arrow)).toEqual([])
  })

  it('evaluation is for commands', () => {
    const wrong = imports.filter(
      (each) => !isPackage(each) && each.to.startsWith('src/evaluation/') && !/^src\/(evaluation|commands)\/|^tests\//.test(each.from),
    )
    expect(wrong.map(arrow)).toEqual([])
  })

  function isBefore({ from, to }: Import): boolean {
    return capabilityOf(from) === capabilityOf(to) || rankOf(to) < rankOf(from)
  }

  it('knows the place of every capability', () => {
    const capabilities = new Set(source.filter((file) => ['store', 'actions'].includes(roleOf(file))).map(capabilityOf))
    expect([...capabilities].toSorted()).toEqual(order.flat().toSorted())
  })
})

/** Packages that read and write files belong to the parts of an import that do so, units and what is kept of reading to one file each; the library of sessions to the one that sets it up. */
function nounPackages(from: string): string[] {
  if (/^src\/imports\/(read\/|written\.ts)/.test(from)) return ['hucre/csv', 'hucre/xlsx']
  if (from.startsWith('src/intake/read/')) return ['hucre/csv', 'hucre/xlsx', 'fast-xml-parser']
  if (from === 'src/feasibility/units.ts') return ['js-quantities']
  if (from === 'src/matching/indicators.ts' || from === 'src/feasibility/synonyms.ts') return ['quick-lru']
  if (from === 'src/accounts/actions/auth.ts')
    return ['better-auth', 'better-auth/api', 'better-auth/cookies', 'better-auth/crypto', 'better-auth/plugins/two-factor']
  return []
}

const isEdgeOfPlatform = (path: string) => path.startsWith('src/platform/web/')
/** Programs that an author runs to make files of the product: composition roots of their own, no part of what runs. */
const isAuthorsProgram = (path: string) => /^(seed|src\/platform)\/([\w-]+\/)?build-[\w-]+\.ts$/.test(path)

describe('adapters', () => {
  const adapter =
    /^src\/platform\/(database\/(sqlite|d1|postgres)|embedding\/(onnx|onnx-thread|threaded|hashing|http)|messages\/(outbox|gateway)|erasures\/erased-file|outgoing\/(node|edge)|identity\/oidc|files\/(disk|memory|r2)|stamping\/(pdf|threaded|stamping-thread)|search\/(orama-index|search-thread|inside-search-thread|snapshot-file))\.ts$/

  it('are chosen by composition roots and by the worlds of the tests', () => {
    const wrong = imports.filter((each) => {
      if (!adapter.test(each.to) || adapter.test(each.from) || ['tests/worlds.ts', 'tests/real-d1.ts'].includes(each.from)) return false
      // A test of an adapter imports it, and a test beside its unit may open a database in memory without all the worlds.
      if (isTest(each.from)) return false
      return !(each.from.startsWith('src/') && roleOf(each.from) === 'root') && !isAuthorsProgram(each.from)
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('of search and embedding are free of Node, but for threads and files', () => {
    const ofNode = [
      'search/search-thread.ts',
      'search/inside-search-thread.ts',
      'search/snapshot-file.ts',
      'embedding/onnx.ts',
      'embedding/onnx-thread.ts',
      'embedding/threaded.ts',
      'embedding/vector-file.ts',
    ]
    const free = source.filter(
      (file) =>
        /^src\/platform\/(search|embedding)\//.test(file) && !ofNode.includes(file.replace('src/platform/', '')) && !isAuthorsProgram(file),
    )
    expect(free.length).toBeGreaterThan(15)
    expect(
      reachableFrom(free)
        .filter(({ to }) => to.startsWith('node:'))
        .map(arrow),
    ).toEqual([])
    for (const file of free) expect(withoutComments(file), file).not.toMatch(/\b(Buffer|process|require)\b[.(]/)
  })

  it('of Node are out of reach of the Worker', () => {
    const reached = reachableFrom(['src/main-worker.ts'])
    expect(
      reached
        .filter(({ to }) =>
          /^(better-sqlite3|pg|onnxruntime-node|@hono\/node-server.*|node:(fs|worker_threads|child_process|path|url).*)$/.test(to),
        )
        .map(arrow),
    ).toEqual([])
  })

  /** Imports of these files and of all that they import; what is a type alone is gone when the program runs. */
  function reachableFrom(files: string[]): Import[] {
    const seen = new Set(files)
    const found: Import[] = []
    for (const file of seen) {
      const own = imports.filter((each) => each.from === file && !each.isTypeOnly)
      found.push(...own)
      for (const each of own) if (!isPackage(each)) seen.add(each.to)
    }
    return found
  }
})

describe('the answers of a benchmark', () => {
  it('are read by the eval command alone', () => {
    const wrong = imports.filter((each) => {
      if (each.to !== 'src/evaluation/benchmark.ts' || each.from === 'src/commands/eval.ts') return false
      // The pool has no answers: measuring speed may load it.
      if (each.from.startsWith('tests/bench/')) return !/^import \{ readPool \} from '[^']*benchmark\.ts'$/m.test(read(each.from))
      return (
        !(/^src\/evaluation\/(?:relevance|indicators|no-match|quality)\.ts$/.test(each.from) && each.isTypeOnly) &&
        !each.from.startsWith('tests/relevance/')
      )
    })
    expect(wrong.map(arrow)).toEqual([])
  })

  it('are not mentioned where listings are made, indexed or matched', () => {
    const makers = everywhere.filter(
      (file) =>
        /^(seed\/|src\/(matching|imports|directory|demands|offerings)\/|src\/platform\/(search|embedding)\/)/.test(file) &&
        // The stores of all kinds, that of judgments among them.
        file !== 'src/imports/tables.ts' &&
        !isTest(file),
    )
    expect(makers.length).toBeGreaterThan(50)
    for (const file of makers) expect(withoutComments(file), file).not.toMatch(/benchmark|evaluation\/|judgment|demand\.source/i)
  })
})

describe('a file', () => {
  it('reads the environment only where the configuration is made', () => {
    const wrong = [...source, ...everywhere.filter((file) => file.startsWith('seed/'))].filter(
      (file) => !/^src\/(platform\/config\.ts$|commands\/)/.test(file),
    )
    for (const file of wrong) expect(withoutComments(file), file).not.toMatch(/process\.env|import\.meta\.env/)
  })

  it('reads no page for a command that shows none: it would start in twice the time', () => {
    const read = new Set(['src/cli.ts'])
    for (const file of read)
      for (const { from, to, isTypeOnly, isLate } of imports) if (from === file && !isTypeOnly && !isLate) read.add(to)
    expect([...read].filter((file) => file.startsWith('src/') && file.endsWith('.tsx'))).toEqual([])
    expect(read).toContain('src/open-market.ts')
  })

  it('takes time, ids and chance from the ports', () => {
    const allowed = [
      /^src\/(main-\w+|open-market)\.ts$/,
      /^src\/commands\//,
      // Where random ids are made, and where a request gets a number for the log.
      /^src\/platform\/ids\.ts$/,
      /^src\/platform\/web\/middlewares\.ts$/,
      // When something was logged is the machine's time, whatever the market's is.
      /^src\/platform\/log\.ts$/,
      // Secrets must be unpredictable; a caller that needs a known one passes it.
      /^src\/platform\/secrets\.ts$/,
    ]
    for (const file of source.filter((each) => !allowed.some((pattern) => pattern.test(each)))) {
      expect(withoutComments(file), file).not.toMatch(
        /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(|getRandomValues\(|randomBytes\(|performance\.now\(/,
      )
    }
    expect(withoutComments('src/platform/secrets.ts')).not.toMatch(/Date\.now\(|new Date\(\)|Math\.random\(/)
  })

  it('asks others through the one way out', () => {
    for (const file of source.filter((each) => !/^src\/platform\/outgoing\//.test(each))) {
      expect(withoutComments(file), file).not.toMatch(
        /(await|return|[=(,])\s*fetch\(|globalThis\.fetch|\brequest\b[^}]*\} from 'node:http'|from '(node:(https|net|tls|dns)|undici)'/,
      )
    }
  })

  it('is no barrel and lies in no folder that is named after nothing', () => {
    expect(everywhere.filter((file) => /(^|\/)index\.(ts|tsx|mjs)$/.test(file))).toEqual([])
    expect(everywhere.filter((file) => /(^|\/)(utils?|helpers?|common|shared|lib|misc)(\/|\.tsx?$)/.test(file))).toEqual([])
    for (const file of source) expect(read(file), file).not.toMatch(/^export \* from/m)
  })

  it('imports by relative path with the real extension, or a package that package.json names', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'))
    const named = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
    const runtime = Object.keys({ ...dependencies, ...optionalDependencies })
    const wrong = imports.filter((each) => {
      if (!isPackage(each)) return !/\.(ts|tsx|mjs|json|sql)$/.test(each.specifier) || !existsSync(join(root, each.to))
      if (each.to.startsWith('node:')) return false
      const name = each.to
        .split('/')
        .slice(0, each.to.startsWith('@') ? 2 : 1)
        .join('/')
      return !(source.includes(each.from) && !isAuthorsProgram(each.from) ? runtime : named).includes(name)
    })
    expect(wrong.map(arrow)).toEqual([])
  })
})

function withoutComments(file: string): string {
  return read(file).replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '')
}
