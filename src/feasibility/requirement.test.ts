import { describe, expect, it } from 'vitest'
import { parseRequirement } from './requirement.ts'

const read = (text: string) => {
  const found = parseRequirement(text)
  return found && [found.name, found.operator, found.target, found.unit.text]
}

describe('an indicator as people say it', () => {
  it.each([
    ['误判别超过5%', ['误判', 'le', 5, '%']],
    ['误差别超过半微米', ['误差', 'le', 0.5, '微米']],
    ['收率不要低于85%', ['收率', 'ge', 85, '%']],
    ['大肠菌群减到五千分之一以下', ['大肠菌群', 'le', 0.02, '%']],
    ['跳动控到3个丝', ['跳动', 'le', 3, '丝']],
    ['Z向跑动不超过10个μ', ['Z向跑动', 'le', 10, 'μm']],
    ['单副寿命由60万次提到90万次', ['单副寿命', 'ge', 900_000, '次']],
    ['保质期要做到21天', ['保质期', 'ge', 21, '天']],
    ['废品率做到3%', ['废品率', 'le', 3, '%']],
    ['要求湿度85%时出口≤10 mg/m³', ['出口', 'le', 10, 'mg/m^3']],
    ['开机二十分钟以后Z向跑动≤10 μm', ['Z向跑动', 'le', 10, 'μm']],
    ['抗拉强度25℃时≥1200 MPa', ['抗拉强度', 'ge', 1200, 'MPa']],
    ['千分之三以下的次品率', ['次品率', 'le', 3, '‰']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('is none where a change has nothing that it is a change of', () => {
    expect(read('整个单元耗电降20%以上')).toBeNull()
    expect(read('校正工时明显减少')).toBeNull()
  })
})
