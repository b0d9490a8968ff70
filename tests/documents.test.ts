import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LimitsText } from '../src/platform/limits/limits.ts'

const security = readFileSync('docs/security.md', 'utf8')
const operating = readFileSync('docs/operating.md', 'utf8')

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    const named = [...security.matchAll(/`([\w./-]+\.test\.tsx?)`/g)].map(([, file]) => file!)
    expect(new Set(named).size).toBeGreaterThan(25)
    expect(named.filter((file) => !existsSync(file))).toEqual([])
  })

  it('names files and documents that exist', () => {
    const named = [...security.matchAll(/`(src\/[\w./-]+)`|\]\(([\w./-]+)\)/g)].map(([, file, link]) => file ?? `docs/${link}`)
    expect(named.filter((file) => !existsSync(file))).toEqual([])
  })

  it('has every line of ASVS 5.0.0 up to level 2, once', () => {
    const rows = [...security.matchAll(/^\| (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*) +\| (.+) \| (.+) \| (.+) \|$/gm)]
    const ids = rows.flatMap(([, list]) => list!.split(', '))
    expect(new Set(ids).size).toBe(ids.length)
    // 70 of level 1 and 183 of level 2.
    expect(ids).toHaveLength(253)
  })

  it('shows with a test what it says is met', () => {
    const rows = [...security.matchAll(/^\| (\d+\.\d+\.\d+[^|]*?) +\| [^|]+ \| ([^|]+?) +\| ([^|]+?) +\|$/gm)]
    const withoutTest = rows.filter(([, , how, test]) => test === '—' && !/does not apply|not met|whoever runs it/.test(how!))
    // What no test can show: a list of libraries, a promise, that there are no secret questions, that a function is in one place.
    expect(withoutTest.map(([, ids]) => ids)).toEqual(['6.4.2', '15.1.1, 15.2.1', '15.1.2'])
  })
})

describe('docs/operating.md', () => {
  it('names every setting of the configuration', () => {
    const settings = new Set(readFileSync('src/platform/config.ts', 'utf8').match(/SUNMAO_\w+/g))
    for (const setting of settings) expect(operating, setting).toContain(`\`${setting}\``)
  })

  it('names every limit with what it is', () => {
    for (const [name, limit] of Object.entries(LimitsText.parse('search-key=100/10'))) {
      expect(operating).toContain(`\`${name}=${limit!.quota}/${limit!.seconds}\``)
    }
  })
})
