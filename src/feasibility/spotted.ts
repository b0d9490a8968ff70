import { plain } from './numerals.ts'
import { bindingOf, quantitiesIn } from './quantities.ts'
import { parseRequirement, type Requirement } from './requirement.ts'

/** An indicator that somebody wrote into running text, with the sentence in which it stands. */
export interface Spotted {
  text: string
  sentence: string
  need: 'must' | 'want'
  requirement: Requirement
}

/** What there is today and what was tried is no requirement, unless the same clause goes on to ask for more. */
const present =
  /目前|现有|现在|当前|原来|原先|现状|以前|过去|仅有?|只有|只能|已经|试过|曾|today|currently|at present|now\b|existing|used to|tried|was\b|were\b/i
const asking =
  /要求|需要|需[^求方]|应|必须|希望|期望|目标|争取|力争|最好|提高到|降到|降低到|降至|提升到|提升至|控制在|不(?:低|高|大|小|少|多|超)|must|should|need|target|aim|require|hope|at (?:least|most)|no (?:more|less)|within/i
const wish = /希望|最好|争取|力争|期望|尽量|有望|ideally|prefer|hope|would like|desirable/i
/** Money, calendar days and heads are terms of a project and no property of a solution. */
const term = /^(?:万?元|亿元?|块钱?|人民币|[¥￥$]|RMB|CNY|人|名|位|家|台|套|条|个|年|月|日|号|周岁|岁)/i

/** What came out of a trial is told after it. */
const tried = /试过|试用|曾|用过|找过|tried/i
const wanting = /要求|需要|必须|希望|期望|目标|争取|力争|最好|must|should|need/i
/** A change says how much and not of what. */
const bareChange =
  /^(?:再|能够?|进一步|大幅)?(?:延长|提高|提升|增加|增长|加快|降低|减少|下降|缩短|减小|控制|达到?|increased?|reduced?|improved?)?$/i
/** 达到 states as well as it asks. */
const merely = /达到|可达|高达|达/

/**
 * Indicators in running text, in the order of the text: clauses that bind a figure to something that has a name. A clause that says only
 * under what (600 ℃下) or only of what (抗拉强度方面) belongs to the next, what there is today to the change before it.
 */
export function spottedIn(text: string): Spotted[] {
  return text.split(/(?<=[。！？!?；;])|\n|(?<=\.)\s+(?=[A-Z])/).flatMap((each) => spottedInSentence(each.trim()))
}

function spottedInSentence(sentence: string): Spotted[] {
  const found: Spotted[] = []
  const clauses = sentence.split(/[，,](?!\d{3}(?!\d))/).map((each) => each.replace(/[。！？!?；;.]+$/, '').trim())
  let [ahead, isWished] = ['', false]
  for (const [at, clause] of clauses.entries()) {
    // A wish holds for what follows it, until something is required.
    isWished = wish.test(clause) || (isWished && !/要求|必须|must\b/i.test(clause))
    if (!isBinding(clause)) {
      // Short words before the figure are its name or its condition; what there is today is neither.
      ahead = clause.length <= 16 && !present.test(clause) && !/即|就|则|却|但/.test(clause) ? clause : ''
      continue
    }
    const before = ahead
    ahead = ''
    const isOfTrials = clauses.slice(0, at).some((each) => tried.test(each)) && !wanting.test(clause)
    if (isOfTrials) continue
    if (present.test(clause) ? !asking.test(clause) : merely.test(clause) && !asking.test(sentence)) continue
    const next = clauses[at + 1] ?? ''
    const isCondition = before !== '' && quantitiesIn(plain(before)).length > 0
    const written = [
      ...(isCondition ? [`${before}，${clause}`] : []),
      clause,
      ...(before === '' ? [] : [`${before}，${clause}`]),
      ...(present.test(next) ? [`${clause}，${next}`] : []),
    ].find((each) => isNamed(parseRequirement(each)))
    const requirement = written === undefined ? null : parseRequirement(written)
    if (requirement !== null && !term.test(requirement.unit.text))
      found.push({ text: written!, sentence, need: isWished ? 'want' : 'must', requirement })
  }
  return found
}

const isNamed = (requirement: Requirement | null) => requirement !== null && !bareChange.test(requirement.name)

/** Whether it says of a figure how it binds. */
function isBinding(clause: string): boolean {
  const words = plain(clause)
  return quantitiesIn(words).some((each) => bindingOf(words, each) !== null)
}
