import { describe, expect, it } from 'vitest'
import { differencesOf } from './differences.ts'

const shown = (before: string, after: string) =>
  differencesOf(before, after)
    .map(({ text, kind }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
    .join('')

describe('differences of two texts', () => {
  it('are shown word by word, in Chinese too', () => {
    expect(shown('焊后旁弯超过8毫米，用户拒收。', '焊后旁弯超过8毫米，客户拒收。')).toBe('焊后旁弯超过8毫米，[-用户][+客户]拒收。')
    expect(shown('leakage below 0.5 mL', 'leakage under 0.5 mL')).toBe('leakage [-below][+under] 0.5 mL')
  })

  it('make up both texts, whatever these are', () => {
    const [before, after] = ['箱形梁长12米。\n火焰校正四小时。', '箱形梁，长12 m。\n𠮷祥：火焰校正约4小时。']
    const found = differencesOf(before, after)
    const without = (kind: string) => found.flatMap((each) => (each.kind === kind ? [] : [each.text])).join('')
    expect([without('added'), without('removed')]).toEqual([before, after])
    expect(differencesOf('', '新')).toEqual([{ text: '新', kind: 'added' }])
    expect(differencesOf('', '')).toEqual([])
  })

  it('are both texts whole where they have too little in common', () => {
    const long = (of: string) => Array.from({ length: 2500 }, (_, at) => `${of}${at}`).join(' ')
    expect(differencesOf(long('a'), long('b')).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
