import { type Code, codeIn, codesNamed, codesOf } from '../../platform/codes/codes.ts'

/** The region that a text names without a doubt: 铸东区, 砺州市铸东区. Null where there is none, or several of the name. */
export function regionIn(written: string): Code | null {
  const text = written.replaceAll(/\s/g, '')
  const exact = codesNamed('region', text)
  if (exact.length > 0) return exact.length === 1 ? exact[0]! : null
  const named = codesOf('region').filter(({ zh }) => text.endsWith(zh))
  const longest = Math.max(0, ...named.map(({ zh }) => zh.length))
  const found = named.filter((row) => row.zh.length === longest && isBelowNamed(row.parent, text.slice(0, -longest)))
  if (found.length === 1) return codeIn('region', found[0]!.code)
  // 铸东 for 铸东区.
  const short = text.length < 2 ? [] : codesOf('region').filter(({ zh }) => zh.length === text.length + 1 && zh.startsWith(text))
  return short.length === 1 ? codeIn('region', short[0]!.code) : null
}

/** Whether what stands before a name is nothing but names of places above it. */
function isBelowNamed(parent: string | undefined, before: string): boolean {
  let rest = before
  for (let code = parent; code !== undefined; ) {
    const row = codesOf('region').find((each) => each.code === code)
    if (row !== undefined) rest = rest.replace(row.zh, '')
    code = row?.parent
  }
  return rest.replaceAll(/[-/、,，·]/g, '') === ''
}

/** The industries and chains that a text names; null where some of it is no name of one. */
export function industriesIn(text: string): Code[] | null {
  const whole = industryNamed(text)
  if (whole !== null) return [whole]
  const parts = text.split(/[、，,;；/\n]/).filter((part) => part.trim() !== '')
  const codes = parts.map(industryNamed)
  return codes.length > 0 && codes.every((code) => code !== null) ? unique(codes) : null
}

function industryNamed(text: string): Code | null {
  const name = text.replaceAll(/\s/g, '')
  for (const scheme of ['gbt4754', 'chain'] as const) {
    // Tables leave out the end of a name: 通用设备制造.
    for (const end of ['', '业', '制造业']) {
      const found = codesNamed(scheme, name + end)
      if (found.length === 1) return found[0]!
    }
    // 有色金属冶炼 begins one name only; two or three characters say too little.
    const begun = name.length < 4 ? [] : codesOf(scheme).filter(({ zh }) => zh.startsWith(name))
    if (begun.length === 1) return codeIn(scheme, begun[0]!.code)
  }
  return null
}

const unique = (codes: readonly Code[]): Code[] => [...new Map(codes.map((code) => [`${code.scheme} ${code.code}`, code])).values()]
