import { describe, expect, it } from 'vitest'
import { ancestorsOf, Code, codeFrom, codeIn, codeName, codesNamed, codesOf, isWithin, labelOf, listOf, Scheme } from './codes.ts'

describe('the code lists', () => {
  it.each([
    ['gbt4754', 20, 97],
    ['gbt13745', 5, 62],
    ['degree-catalogue', 4, 48],
    ['nsfc', 86, 1013 + 1817],
    ['contract-type', 5, 12],
  ] as const)('%s has %i roots and %i codes below them', (scheme, roots, below) => {
    const codes = codesOf(scheme)
    expect(codes.filter((row) => row.parent === undefined)).toHaveLength(roots)
    expect(codes.filter((row) => row.parent !== undefined)).toHaveLength(below)
  })

  it.each([
    ['nsfc', 2916],
    ['hightech', 8],
    ['sei', 9],
    ['chain', 4],
    ['mode', 21],
    ['evidence-level', 6],
    ['decline-reason', 18],
    ['trl', 9],
  ] as const)('%s has %i codes', (scheme, count) => {
    expect(codesOf(scheme)).toHaveLength(count)
  })

  it.each([
    ['gbt4754', '2017'],
    ['gbt13745', '2009'],
    ['nsfc', '2019'],
    ['hightech', '2016'],
    ['sei', '2018'],
    ['chain', '2026'],
    ['region', '2021'],
  ] as const)('%s is the edition of %s', (scheme, edition) => {
    expect(listOf(scheme).edition).toBe(edition)
  })

  it('takes 79 as 土地管理业, which the 2011 edition of GB/T 4754 does not', () => {
    expect(labelOf('gbt4754', '79', 'zh-CN')).toBe('土地管理业')
  })

  it('says that nobody has reviewed the English of NSFC', () => {
    expect(listOf('nsfc').enReviewed).toBe(false)
  })

  it.each(Scheme.options)('%s names itself, its edition, its source and its licence', (scheme) => {
    const list = listOf(scheme)
    expect(list.scheme).toBe(scheme)
    expect(list).toMatchObject({
      edition: expect.stringMatching(/./),
      source: expect.stringMatching(/./),
      licence: expect.stringMatching(/./),
    })
  })

  it.each(Scheme.options)('%s has no code twice', (scheme) => {
    const codes = codesOf(scheme).map((row) => row.code)
    expect(codes.length).toBe(new Set(codes).size)
  })

  it.each(Scheme.options)('%s names every parent it refers to', (scheme) => {
    const codes = new Set(codesOf(scheme).map((row) => row.code))
    expect(codesOf(scheme).filter((row) => row.parent !== undefined && !codes.has(row.parent))).toEqual([])
  })

  it.each(Scheme.options)('%s has a Chinese and an English name for every code', (scheme) => {
    const unnamed = codesOf(scheme).filter(
      ({ code, zh, en }) => !code || !/\p{Script=Han}/u.test(zh) || !/\p{Script=Latin}/u.test(en) || /\p{Script=Han}/u.test(en),
    )
    expect(unnamed).toEqual([])
  })
})

describe('the regions', () => {
  const real = codesOf('region').filter((row) => !row.demonstration)
  const invented = codesOf('region').filter((row) => row.demonstration)
  const stem = (zh: string) => zh.replace(/(省|市|区|县)$/, '')

  it('are 34 provinces, 333 cities and 2,844 counties', () => {
    expect(real.filter((row) => row.code.endsWith('0000'))).toHaveLength(34)
    expect(real.filter((row) => /^\d\d(?!00)\d\d00$/.test(row.code))).toHaveLength(333)
    expect(real.filter((row) => /^\d{4}(?!00)/.test(row.code))).toHaveLength(2844)
  })

  it('hold one invented city of a province whose number no real province has', () => {
    expect(invented.map((row) => row.code)).toEqual([
      '990000',
      '990100',
      '990102',
      '990103',
      '990104',
      '990121',
      '990122',
      '990123',
      '990171',
    ])
    expect(real.filter((row) => row.code.startsWith('99'))).toEqual([])
  })

  it('invent no name that is real', () => {
    const names = new Set(real.map((row) => stem(row.zh)))
    expect(invented.filter((row) => names.has(stem(row.zh)))).toEqual([])
  })

  it('hold none of the zones that exist in statistics only', () => {
    expect(real.filter((row) => /开发区|工业园|管理区|示范区/.test(row.zh))).toEqual([])
  })

  it.each([
    ['510500', '泸州市', 'Luzhou'],
    ['510502', '江阳区', 'Jiangyang District'],
    ['510521', '泸县', 'Luxian County'],
    ['610100', '西安市', "Xi'an"],
    ['500000', '重庆市', 'Chongqing'],
    ['310112', '闵行区', 'Minhang District'],
    ['310115', '浦东新区', 'Pudong New Area'],
    ['330382', '乐清市', 'Yueqing'],
    ['610000', '陕西省', 'Shaanxi Province'],
    ['513200', '阿坝藏族羌族自治州', 'Aba Tibetan and Qiang Autonomous Prefecture'],
    ['150100', '呼和浩特市', 'Hohhot'],
    ['990171', '砺州高新区', 'Lizhou High-tech Zone'],
  ])('name %s %s, %s in English', (code, zh, en) => {
    expect(codeName(codeIn('region', code), 'zh-CN')).toBe(zh)
    expect(codeName(codeIn('region', code), 'en')).toBe(en)
  })

  it.each([
    ['a county to its city and province', '510502', ['510500', '510000']],
    ['a district of a municipality to the municipality', '500101', ['500000']],
    ['a city that its province governs itself to the province', '429004', ['420000']],
    ['a county of the demonstration city', '990121', ['990100', '990000']],
    ['a province to nothing', '510000', []],
  ])('lead from %s', (_, code, above) => {
    expect(ancestorsOf(codeIn('region', code)).map((each) => each.code)).toEqual(above)
  })
})

describe('a code', () => {
  const problemsOf = (value: unknown, schema = Code) =>
    schema.safeParse(value).error?.issues.map(({ path, ...issue }) => [path.join('/'), 'params' in issue ? issue.params : issue.code])

  it('is accepted when its list and edition have it', () => {
    expect(problemsOf({ scheme: 'gbt4754', edition: '2017', code: '32' })).toBeUndefined()
  })

  it.each([
    ['the code is in no list', { scheme: 'gbt4754', edition: '2017', code: '98' }],
    ['the edition is another', { scheme: 'gbt4754', edition: '2011', code: '32' }],
    ['the code belongs to another list', { scheme: 'sei', edition: '2018', code: '32' }],
  ])('is unknown when %s', (_, value) => {
    expect(problemsOf(value)).toEqual([['code', { code: 'unknown-code' }]])
  })

  it('is refused with a list that does not exist, and with its name beside it', () => {
    expect(problemsOf({ scheme: 'nace', edition: '2', code: '24' })).toEqual([['scheme', 'invalid_value']])
    expect(problemsOf({ scheme: 'sei', edition: '2018', code: '3', name: '新材料产业' })).toEqual([['', 'unrecognized_keys']])
  })

  it('is refused from a list that the field does not take', () => {
    const county = codeFrom('region')
    expect(problemsOf(codeIn('region', '990121'), county)).toBeUndefined()
    expect(problemsOf(codeIn('sei', '3'), county)).toEqual([['scheme', { code: 'wrong-scheme' }]])
  })

  it('lies within itself and what is above it, and nowhere else', () => {
    const division = codeIn('gbt4754', '32')
    expect(isWithin(division, division)).toBe(true)
    expect(isWithin(division, codeIn('gbt4754', 'C'))).toBe(true)
    expect(isWithin(division, codeIn('gbt4754', 'A'))).toBe(false)
    expect(isWithin(codeIn('gbt4754', 'C'), division)).toBe(false)
    expect(isWithin(codeIn('nsfc', 'A010101'), codeIn('nsfc', 'A01'))).toBe(true)
  })

  it('of an edition that is gone is shown as it is', () => {
    expect(codeName({ scheme: 'gbt4754', edition: '2011', code: '25' }, 'zh-CN')).toBe('25')
  })

  it('is found by its Chinese name, more than once where the name repeats', () => {
    expect(codesNamed('degree-catalogue', '冶金工程')).toEqual([codeIn('degree-catalogue', '0806')])
    expect(codesNamed('region', '朝阳区').map((each) => each.code)).toEqual(['110105', '220104'])
    expect(codesNamed('region', '没有这个县')).toEqual([])
  })
})
