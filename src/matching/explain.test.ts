import { expect, it } from 'vitest'
import { evidencePairs, needsIn, sharedTerms } from './explain.ts'

const source = { kind: 'offering' as const, id: 'off_a', title: '减速机振动监测' }
const quoted = (text: string) => evidencePairs(needsIn(['减速机故障要提前预测']), [{ source, text }], 5).map(({ sentence }) => sentence)

it.each(['断齿类突发故障不能提前预测。', '减速机故障尚未提前预测。', '减速机的预测仍需验证。', 'Sudden faults cannot be predicted.'])(
  'what the supply cannot do is not quoted as what was done: %s',
  (shortcoming) => {
    const done = '减速机故障预警平均提前19天。'
    expect(quoted(`${done}${shortcoming}`)).toEqual([done])
    expect(quoted(shortcoming)).toEqual([])
  },
)

it('what could not be done before and was overcome is', () => {
  expect(quoted('解决了减速机故障不能提前预测的问题。')).toHaveLength(1)
})

it('what both texts share is named by what it is about, not by words that stand in every text', () => {
  const needs = needsIn(['减速机故障平均一次停三天，要求提高预测能力'])
  expect(sharedTerms(needs, '减速机故障预测的研究：平均提前19天，一次安装，提高能力', 6)).toEqual(['减速机故障', '预测'])
})
