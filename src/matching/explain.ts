import { eachToken } from '../platform/search/tokens.ts'
import type { MatchEvidence } from './match.ts'

/** A text that may be quoted to the reader, with where it stands. */
export interface Quotable {
  source: MatchEvidence['source']
  text: string
}

/** What a demand needs, read once for all that is set beside it. */
export interface Needs {
  text: string
  /** Terms by token: what of them another text has is found without making strings of that. */
  terms: Map<Token, string>
  sentences: { text: string; tokens: Weights }[]
  /** Of all sentences together. */
  tokens: Weights
}

export function needsIn(texts: readonly string[]): Needs {
  const text = texts.join('\n')
  const read = texts.flatMap(sentences).map((text) => ({ text, tokens: weightsOf(text) }))
  const together = new Map(read.flatMap(({ tokens }) => [...tokens.of]))
  return { text, terms: termsIn(text), sentences: read, tokens: { of: together, sum: sumOf(together) } }
}

/**
 * The sentence of the supply that answers the demand best, beside the need that it answers: the pair of sentences that shares
 * most, where rarer things (character pairs, words) count more than single characters and bare figures. At most `count` pairs, of
 * different sentences, best first. Without any shared token the first sentence stands for the text. What the supply cannot do yet is not
 * quoted: none where it says nothing else.
 */
export function evidencePairs(needs: Needs, quotables: readonly Quotable[], count: number): MatchEvidence[] {
  const offered = quotables.flatMap(({ source, text }, rank) =>
    achieved(text).map((sentence) => {
      const tokens = weightsOf(sentence)
      return { source, sentence, tokens, rank, value: likeness(needs.tokens, tokens) }
    }),
  )
  const best = offered.sort((a, b) => b.value - a.value || a.rank - b.rank)
  const chosen = best.filter(({ value }, at) => at === 0 || value > 0).slice(0, count)
  return chosen.map(({ source, sentence, tokens }) => ({ source, sentence, need: nearestNeed(needs, tokens) }))
}

/** Sentences of what was done. What falls short or is still to come is said on the supply's own page, and proves nothing. */
const achieved = (text: string) =>
  sentences(text).filter((sentence) => !wanting.test(sentence) && !(unable.test(sentence) && !overcome.test(sentence)))
const wanting =
  /(?:目前|现阶段|主要)?(?:不足(?:之处|：|:|，|在于|是)|缺点|局限)|仍需|还需|尚需|尚未|尚不|有待|未能|暂不|不适用|不宜|难以(?:满足|适应|保证)|力争|拟(?:在|于|通过|采用|开展)|下一步|limitation|drawback|not yet|remains to be|planned/i

/** What cannot be done is none of what was, but where the sentence says that it was overcome. */
const unable = /不能|无法|cannot|unable/i
const overcome = /解决|克服|避免|改善|突破|消除|solv|overc[oa]m|avoid/i

function nearestNeed({ sentences }: Needs, tokens: Weights): string {
  const scores = sentences.map((need) => likeness(need.tokens, tokens))
  const at = scores.indexOf(Math.max(...scores))
  return sentences[at]?.text ?? ''
}

/** Terms of two characters or more that both share, longest first: what a reason names. */
export function sharedTerms(needs: Needs, other: string, count: number): string[] {
  const theirs = new Set<Token>()
  eachToken(other, {
    character: () => {},
    pair: (first, second) => theirs.add(pairToken(first, second)),
    word: (word) => theirs.add(word),
  })
  const shared = [...needs.terms].flatMap(([token, term]) => (theirs.has(token) ? [term] : []))
  return grown(needs.text, other, shared)
    .filter((term) => !general.has(term))
    .sort((a, b) => b.length - a.length)
    .slice(0, count)
}

/**
 * Words that stand in one of twenty public abstracts or more, whatever these are about, and name no subject: that both texts have them says
 * nothing. Only what is shown depends on it, never the ranking.
 */
const general = new Set(
  `研究 结果 进行 方法 分析 表明 影响 通过 采用 应用 具有 基于 系统 提出 技术 利用 模型 一种 结构 不同 过程 设计 提高 以及 问题 主要 作用 试验 计算 建立
  有效 实验 性能 基础 本文 变化 提供 针对 特征 明显 重要 存在 比较 效果 分别 及其 探讨 发展 结合 同时 目的 结论 得到 参数 相关 根据 分布 情况 实现 处理
  可以 关系 时间 数据 理论 特性 质量 降低 显著 介绍 增加 条件 因素 特点 作为 工作 含量 发生 范围 较好 随着 验证 综合 方面 发现 其中 之间 达到 一个 一次
  水平 差异 能够 指标 评价 使用 条件下 基本 确定 形成 用于 选择 一定 观察 意义 获得 信息 产生 平均 程度 测定 数值 对比 由于 最后 出现 要求 方向 依据
  满足 部分 为了 目前 良好 系数 能力 统计 进展 相比 显示 最大 原理 趋势 状态 传统 区域 对于 实际 左右`.split(/\s+/),
)

/** Characters of grammar: a pair with one of them names no subject. Only what is shown depends on it, never the ranking. */
const grammar =
  /[的了和是在为与及其等于把被将也都就还而且或但我你他她它们这那哪个些各每很更最不没有要想用可能会使让给从到对向由之以所着过得地吗呢]/

function termsIn(text: string): Needs['terms'] {
  const terms: Needs['terms'] = new Map()
  eachToken(text, {
    character: () => {},
    pair(first, second) {
      const pair = String.fromCodePoint(first, second)
      if (!grammar.test(pair)) terms.set(pairToken(first, second), pair)
    },
    word: (word) => word.length > 1 && !/^\d+$/.test(word) && terms.set(word, word),
  })
  return terms
}

/** A character is its code, a pair a number made of both, a word itself. */
type Token = number | string
const pairToken = (first: number, second: number): Token => first * 0x200000 + second

/** Pairs that overlap in both texts are one longer term: 焊接 and 接变 and 变形 are 焊接变形. */
function grown(one: string, other: string, pairs: string[]): string[] {
  const found = new Set<string>()
  for (const pair of pairs) {
    let term = pair
    for (let grew = true; grew && term.length < 12; ) {
      grew = false
      for (const next of pairs) {
        const longer = term + next.slice(1)
        if (term.endsWith(next[0]!) && one.includes(longer) && other.includes(longer)) {
          term = longer
          grew = true
          break
        }
      }
    }
    found.add(term)
  }
  return [...found].filter((term) => ![...found].some((longer) => longer !== term && longer.includes(term)))
}

/** Sentences as a reader quotes them: to the full stop or semicolon; over-long ones are cut at a comma. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[。！？!?；;])|\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 3)
    .map((sentence) =>
      sentence.length <= 160
        ? sentence
        : `${sentence.slice(0, Math.max(sentence.lastIndexOf('，', 159), sentence.lastIndexOf(',', 159), 100))}……`,
    )
}

/** Tokens of a text with their weights, and the sum of these. */
interface Weights {
  of: Map<Token, number>
  sum: number
}

/** Single characters and bare figures weigh little: nearly every sentence shares some. */
function weightsOf(text: string): Weights {
  const of: Weights['of'] = new Map()
  eachToken(text, {
    character: (code) => of.set(code, 0.2),
    pair: (first, second) => of.set(pairToken(first, second), 1),
    // 50 of something else is no likeness.
    word: (word) => of.set(word, /^[\d.]+$/.test(word) ? 0.2 : 1),
  })
  return { of, sum: sumOf(of) }
}

function sumOf(weights: Weights['of']): number {
  let sum = 0
  for (const weight of weights.values()) sum += weight
  return sum
}

/** Shared weight over the geometric mean of both weights, damped for the needs: long sentences do not win by length alone. */
function likeness(needs: Weights, offered: Weights): number {
  let shared = 0
  for (const [token, weight] of offered.of) if (needs.of.has(token)) shared += weight
  return shared === 0 ? 0 : shared / (Math.sqrt(offered.sum) * needs.sum ** 0.25)
}
