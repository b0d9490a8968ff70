import { codesOf } from '../../platform/codes/codes.ts'
import { Mode } from '../../platform/codes/enums.ts'

/** What forms call the modes of cooperation, beside their names. */
const others: Partial<Record<Mode, readonly string[]>> = {
  'joint-development': ['联合开发', '共同开发', '合作研发', '联合攻关', '产学研合作', '合作攻关', '联合研发'],
  'commissioned-development': ['委托研发', '委托攻关', '揭榜委托'],
  transfer: ['技术转让', '成果转让'],
  licence: ['技术许可', '专利许可'],
  equity: ['技术入股', '入股'],
  advisory: ['咨询'],
  testing: ['检验检测'],
  'joint-lab': ['共建实验室', '共建研发平台', '共建平台', '共建研发中心'],
  turnkey: ['整体解决方案', '交钥匙'],
  bid: ['揭榜挂帅'],
}

const names = codesOf('mode').map(({ code, zh, en }) => {
  const mode = Mode.parse(code)
  return { mode, names: [zh, en.toLowerCase(), ...(others[mode] ?? [])] }
})

/** The modes that a text names, and whether it says anything else. */
export function modesIn(text: string): { modes: Mode[]; rest: string } {
  let rest = text.normalize('NFKC').toLowerCase()
  const found = new Set<Mode>()
  // The longest names first: 技术咨询 before 咨询.
  const all = names
    .flatMap((each) => each.names.map((name) => ({ name, mode: each.mode })))
    .toSorted((a, b) => b.name.length - a.name.length)
  for (const { name, mode } of all) {
    if (!rest.includes(name)) continue
    found.add(mode)
    rest = rest.replaceAll(name, ' ')
  }
  const isPlain = rest.replaceAll(/其他|其它|或者|或|和|及|均可|都可|等|[\s、,，;；/。.]/g, '') === ''
  return { modes: Mode.options.filter((mode) => found.has(mode)), rest: isPlain ? '' : text }
}
