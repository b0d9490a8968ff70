import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseNumeral, plain } from './numerals.ts'

describe('numbers as people write them', () => {
  it.each([
    ['不低于百分之九十五', '不低于95%'],
    ['三千五百件', '3500件'],
    ['一万二千小时', '12000小时'],
    ['并发数不低于一万二', '并发数不低于12000'],
    ['１０８０ MPa', '1080 MPa'],
    ['≥１，５００件', '≥1500件'],
    ['1,200 MPa', '1200 MPa'],
    ['2.3×10¹⁰ CFU/g', '2.3e10 CFU/g'],
    ['1×10^-9', '1e-9'],
    ['减少三成以上', '减少30%以上'],
    ['九成五', '95%'],
    ['两年半', '2.5年'],
    ['零下三十℃', '-30℃'],
    ['5万模次', '50000模次'],
    ['1.5万元', '1.5万元'],
    ['百万分之五', '5ppm'],
    ['3～5 mm', '3~5 mm'],
    ['28 d、90 d', '28 d、90 d'],
  ])('%s', (written, read) => expect(plain(written)).toBe(read))

  it.each(['一体化', '统一标准', '第三方检测', '三点弯曲', '一次合格率', '一级品'])('leaves %s a word', (word) =>
    expect(plain(word)).toBe(word),
  )

  it('reads every whole number that it can write', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999 }), (value) => chineseNumeral(inChinese(value)) === value))
  })
})

const digits = '零一二三四五六七八九'
function inChinese(value: number): string {
  if (value >= 10_000) {
    const rest = value % 10_000
    return `${inChinese(Math.floor(value / 10_000))}万${rest === 0 ? '' : `${rest < 1000 ? '零' : ''}${inChinese(rest)}`}`
  }
  let words = ''
  for (const [at, step] of [1000, 100, 10, 1].entries()) {
    const digit = Math.floor(value / step) % 10
    if (digit !== 0) words += digits[digit]! + ['千', '百', '十', ''][at]!
    else if (words !== '' && value % step !== 0 && !words.endsWith('零')) words += '零'
  }
  return words
}
