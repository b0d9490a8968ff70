import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bibliography, readBibtex } from './bibtex.ts'
import { plainText } from './latex.ts'

const fieldsOf = ({ entries }: Bibliography) => entries.map(({ fields }) => Object.fromEntries(fields))

describe('a BibTeX file', () => {
  it('has braces and quotation marks inside each other, numbers without, and names in any letters', () => {
    const { entries, faults } = readBibtex(`Exported yesterday by shen@liligong.edu.cn
@Article{shen2021,
  Title = {Prediction of {Welding {Distortion}} in Box Girders},
  journal = "Journal of {"}Welding{"}",
  year = 2021,
}

@inproceedings ( wen2019, title = {热障涂层的剥落 (综述)}, year = "2019" )`)
    expect(faults).toEqual([])
    expect(entries.map(({ line, type, key }) => [line, type, key])).toEqual([
      [2, 'article', 'shen2021'],
      [8, 'inproceedings', 'wen2019'],
    ])
    expect(entries.map(({ fields }) => Object.fromEntries(fields))).toEqual([
      { title: 'Prediction of {Welding {Distortion}} in Box Girders', journal: 'Journal of {"}Welding{"}', year: '2021' },
      { title: '热障涂层的剥落 (综述)', year: '2019' },
    ])
  })

  it('puts strings together, and passes over comments and preambles', () => {
    const read1 = readBibtex(`@string{jme = "机械工程学报"} @String(press = {砺州出版社})
@comment{ @article{old, title = {旧稿}} }
@preamble{ "\\newcommand{\\noop}[1]{}" }
@article{a, journal = JME, month = jun, title = "第一部分" # { 与 } # "第二部分", publisher = "第" # 2 # press}`)
    expect(fieldsOf(read1)).toEqual([{ journal: '机械工程学报', month: '6', title: '第一部分 与 第二部分', publisher: '第2砺州出版社' }])
  })

  it('is read as programs write it that do not know BibTeX well', () => {
    const sloppy = readBibtex(`@article{沈岳2020箱形梁
 author = {沈岳 and 闻一舟}，
 title ＝ {箱形梁焊接旁弯的预测}
 journal= 焊接学报,
 year = 2020
 doi = {10.1234/hjxb.2020.01},,
}
@article{
 title = {没有引用键的一条},
 year={2019}
}
@article{沈岳 2018, title {没有等号的一条}, author = "Sch\\"afer, J.", year = 2018 }
`)
    expect(sloppy.faults).toEqual([])
    expect(sloppy.entries.map(({ line, key }) => [line, key])).toEqual([
      [1, '沈岳2020箱形梁'],
      [8, null],
      [12, '沈岳 2018'],
    ])
    expect(fieldsOf(sloppy)).toEqual([
      { author: '沈岳 and 闻一舟', title: '箱形梁焊接旁弯的预测', journal: '焊接学报', year: '2020', doi: '10.1234/hjxb.2020.01' },
      { title: '没有引用键的一条', year: '2019' },
      { title: '没有等号的一条', author: 'Sch\\"afer, J.', year: '2018' },
    ])
  })

  it('names what has no end by its line, and reads on after it', () => {
    const broken = readBibtex(`@article{a, title = {没有写完的题目, year = 2020}

@article{b, title = {写完的题目}, year = 2021}
@article{c, title = "引号没有关上, year = 2020}
@article{d, title = {最后一条}}`)
    expect(broken.faults).toEqual([
      { line: 1, rule: 'unclosed-entry' },
      { line: 4, rule: 'unclosed-entry' },
    ])
    expect(broken.entries.map(({ key }) => key)).toEqual(['b', 'd'])
  })

  it('does not grow by strings that double each other', () => {
    const chain = Array.from({ length: 60 }, (_, at) => `@string{s${at + 1} = s${at} # s${at}}`)
    const { entries, faults } = readBibtex(
      `@string{s0 = "风机叶片"}\n${chain.join('\n')}\n@article{a, title = s60}\n@article{b, title = {叶片}}`,
    )
    expect(entries.map(({ key }) => key)).toEqual(['b'])
    expect(faults[0]).toMatchObject({ rule: 'grows-too-long' })
  })
})

describe('the text of a value', () => {
  it.each([
    [
      String.raw`M{\"u}ller and Ren\'e, \'{\i}ndice, {\v{S}}koda, Gar\c{c}on, {\ss}, \O{}rsted, \L{}\'od\'z`,
      'Müller and René, índice, Škoda, Garçon, ß, Ørsted, Łódź',
    ],
    [String.raw`R\&D at 30\% of cost---pages 1--10, \emph{in situ}~measurement`, 'R&D at 30% of cost—pages 1–10, in situ measurement'],
    [String.raw`$\alpha$-Al$_2$O$_3$ at 900$^{\circ}$C`, 'α-Al2O3 at 900°C'],
    ['在 10~20 μm 处，降低 30%，成本 $5 到 $6', '在 10~20 μm 处，降低 30%，成本 $5 到 $6'],
    ['{焊接}\n   变形', '焊接 变形'],
    ['\\', ''],
    ["\\'", ''],
  ])('of %s', (latex, text) => expect(plainText(latex)).toBe(text))
})

const word = fc.stringMatching(/^[\p{Script=Han}a-zA-Z0-9 ,，=#@()'.-]{1,20}$/u).filter((value) => value.trim() === value)
/** Values with braces in pairs. */
const value = fc
  .array(
    fc.oneof(
      word,
      word.map((each) => `{${each}}`),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''))
const field = fc.stringMatching(/^[a-z]{1,12}$/)
const entry = fc.record({
  type: fc.constantFrom('article', 'book', 'patent', 'misc'),
  key: fc.stringMatching(/^[a-z\p{Script=Han}][a-z0-9\p{Script=Han}:_-]{0,15}$/u),
  fields: fc.uniqueArray(fc.tuple(field, value), { minLength: 1, maxLength: 6, selector: ([name]) => name }),
  style: fc.array(fc.constantFrom('braces', 'quotes', 'joined'), { minLength: 6, maxLength: 6 }),
})

function written({ type, key, fields, style }: typeof entry extends fc.Arbitrary<infer Entry> ? Entry : never): string {
  const lines = fields.map(([name, text], at) => {
    if (style[at] === 'quotes') return `  ${name} = "${text}"`
    if (style[at] === 'joined') return `  ${name} = {${text}} # ""`
    return `  ${name.toUpperCase()} = {${text}}`
  })
  return `@${type}{${key},\n${lines.join(',\n')}\n}\n`
}

describe('whatever is written', () => {
  it('comes back the same when it is read', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const { entries: found, faults } = readBibtex(entries.map(written).join('\n'))
        expect(faults).toEqual([])
        expect(found.map(({ type, key, fields }) => ({ type, key, fields: [...fields] }))).toEqual(
          entries.map(({ type, key, fields }) => ({ type, key, fields })),
        )
      }),
    )
  })

  const scraps = fc.constantFrom(
    '@article{',
    '\n@article{a,',
    '@string{',
    '@',
    '{',
    '}',
    '"',
    '#',
    ' = ',
    ',\n',
    '(',
    ')',
    '\\',
    '\\"',
    '@comment',
    's',
    '\n',
    ' ',
    '题',
  )
  it('is read without a failure and in linear time, however broken it is', () => {
    const anything = fc.oneof(
      fc.array(scraps, { maxLength: 300 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.uint8Array({ maxLength: 500 }).map((bytes) => new TextDecoder('gb18030').decode(bytes)),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const { entries, faults, steps } = readBibtex(text)
        expect(steps).toBeLessThanOrEqual(4 * text.length + 10)
        for (const { fields } of entries) for (const latex of fields.values()) plainText(latex)
        expect(entries.length + faults.length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['entries that all lack their end', '\n@article{a, title = {叶片'],
    ['quotations that all lack their end', '\n@article{a, title = "{'],
    ['ends at the end alone', '\n@article{a, title = "{', '}'],
    ['signs that begin nothing', '@ '],
    ['comments that lack their end', '\n@comment{'],
    ['commas', '\n@article{,,,,'],
  ])('in linear time too where it is made of %s', (_, scrap, end = '') => {
    const text = scrap.repeat(3_000) + end.repeat(6_000)
    expect(readBibtex(text).steps).toBeLessThanOrEqual(4 * text.length)
  })
})
