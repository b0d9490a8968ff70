import { describe, expect, it } from 'vitest'
import { nameVariants, plainName } from './names.ts'

describe('the name of an enterprise', () => {
  it.each([
    ['砺州众砺重工（集团）有限公司', '砺州众砺重工(集团)有限公司'],
    ['众砺重工有限公司', '众砺重工有限责任公司'],
    ['众砺重工有限公司', ' 众砺 重工 有限公司'],
    ['ＡＢ精密（砺州）有限公司', 'AB精密(砺州)有限责任公司'],
  ])('%s is also written %s', (name, written) => {
    expect(plainName(written)).toBe(plainName(name))
    expect(nameVariants(written).some((variant) => nameVariants(name).includes(variant))).toBe(true)
  })

  it('is found as it stands in the register, whichever way it was written', () => {
    expect(nameVariants('众砺重工(集团)有限责任公司')).toContain('众砺重工（集团）有限公司')
    expect(nameVariants('众砺重工（集团） 有限公司')).toContain('众砺重工(集团)有限责任公司')
    expect(nameVariants('Zhongli Heavy Industry Co., Ltd.')).toContain('Zhongli Heavy Industry Co., Ltd.')
  })

  it.each([
    ['众砺重工有限公司', '众砺重工（砺州）有限公司'],
    ['众砺重工有限公司', '众砺机械有限公司'],
  ])('%s is not %s', (name, other) => {
    expect(plainName(other)).not.toBe(plainName(name))
    expect(nameVariants(other).filter((variant) => nameVariants(name).includes(variant))).toEqual([])
  })
})
