import { codeName } from '../../platform/codes/codes.ts'
import type { HardCondition } from './exclusion.ts'

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/** The demand's title, one of its keywords or fields says a word that the expert has muted. */
export const topicMuted: HardCondition = ({ demand, supply }) => {
  if (supply.kind !== 'expert') return null
  const { mutedTopics } = supply.noun
  if (mutedTopics.length === 0) return null
  const fields = demand.classification.flatMap((code) => [codeName(code, 'zh-CN'), codeName(code, 'en')])
  const said = [demand.title, ...demand.keywords, ...fields].map(plain)
  const topic = mutedTopics.find((muted) => said.some((text) => text.includes(plain(muted))))
  if (topic === undefined) return null
  return {
    condition: 'topic-muted',
    facts: { topic },
    change: { side: 'supply', field: 'mutedTopics', to: mutedTopics.filter((each) => each !== topic) },
  }
}
