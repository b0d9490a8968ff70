import { expect, it } from 'vitest'
import { pinyinIndex, pinyinWritten, speaker } from './pinyin.ts'

const read = await speaker()
const index = pinyinIndex(
  ['箱形梁焊接变形控制', '薄壁件焊接变形预测', '航接表选', '高温合金涂层', '銲接與鑄造', '重庆大学', 'TC4 钛合金', '绿色制造'].flatMap(
    read,
  ),
)

it('finds what is read as written, whole or by its initials, the most frequent first', () => {
  expect(index.find('hanjiebianxing', 3)).toEqual(['焊接变形'])
  expect(index.find('hjbx', 3)).toEqual(['焊接变形', '航接表选'])
  expect(index.find('hjbx', 1)).toEqual(['焊接变形'])
  expect(index.find('gwhjtc', 3)).toEqual(['高温合金涂层'])
})

it('reads a character as the word has it', () => {
  expect(index.find('chongqing', 3)).toEqual(['重庆'])
  expect(index.find('lvse', 3)).toEqual(['绿色'])
})

it('begins and ends with a character, and stays within one text', () => {
  for (const letters of ['anjie', 'hanjieb', 'kongzhibobi', 'kzbb', 'han', 'xyzw']) expect(index.find(letters, 3), letters).toEqual([])
})

it('reads traditional characters as simplified ones', () => {
  expect(index.find('zhuzao', 3)).toEqual(['铸造'])
})

it('takes letters alone for pinyin', () => {
  expect(['hjbx', 'Han Jie', "xi'an", 'ＨＪＢＸ', 'lüse'].map(pinyinWritten)).toEqual(['hjbx', 'hanjie', 'xian', 'hjbx', 'lvse'])
  expect(['', 'a', 'tc4', '3.5', '焊接', 'hj变形', 'a'.repeat(41)].map(pinyinWritten)).toEqual([null, null, null, null, null, null, null])
})
