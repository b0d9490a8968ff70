import { describe, expect, it } from 'vitest'
import { normalise, tokensOf } from './tokens.ts'

describe('tokensOf', () => {
  it('gives every Han character and every two neighbours', () => {
    expect(tokensOf('高温合金涂层')).toEqual({
      characters: ['高', '温', '合', '金', '涂', '层'],
      pairs: ['高温', '温合', '合金', '金涂', '涂层'],
      words: [],
    })
  })
  it('makes no pair across punctuation, spaces or Latin letters', () => {
    expect(tokensOf('焊接，变形 TC4板').pairs).toEqual(['焊接', '变形'])
  })
  it('keeps alloys, formulas and decimals whole and parts words at hyphens', () => {
    expect(tokensOf('TC4钛合金表面Al2O3-TiO2涂层，厚3.5mm、误差<0.1%。v2.').words).toEqual(['tc4', 'al2o3', 'tio2', '3.5mm', '0.1', 'v2'])
  })
  it('reads full-width and subscript digits as plain ones', () => {
    expect(tokensOf('ＴＣ４、３．５、Al₂O₃').words).toEqual(['tc4', '3.5', 'al2o3'])
  })
  it('keeps repetitions, which are what term frequency counts', () => {
    expect(tokensOf('焊焊 nb nb')).toEqual({ characters: ['焊', '焊'], pairs: ['焊焊'], words: ['nb', 'nb'] })
  })
  it('takes rare characters beyond the basic plane as one character', () => {
    expect(tokensOf('𬭳𫟼合金').characters).toEqual(['𬭳', '𫟼', '合', '金'])
  })
  it('takes Greek, Cyrillic and accented letters as words', () => {
    expect(tokensOf('μ子 Naïve Метод').words).toEqual(['μ', 'naïve', 'метод'])
  })
  it('finds nothing in emptiness, punctuation and pictures', () => {
    for (const text of ['', '　', '？！……——', '🙂🚀', '. - _']) expect(tokensOf(text)).toEqual({ characters: [], pairs: [], words: [] })
  })
})

describe('normalise', () => {
  it('reads traditional writing and Taiwanese terms as the mainland ones', () => {
    expect(normalise('半導體雷射焊接')).toBe('半导体激光焊接')
    expect(normalise('奈米塗層與積體電路')).toBe('纳米涂层与集成电路')
  })
  it('leaves mainland terms alone that mean something else in Taiwan', () => {
    expect(normalise('智慧城市的控制程序')).toBe('智慧城市的控制程序')
    expect(normalise('蚌埠、乾隆、著作权')).toBe('蚌埠、乾隆、著作权')
  })
  it('converts only the runs that are traditional', () => {
    expect(normalise('陳教授：控制程序優化')).toBe('陈教授:控制进程优化')
    expect(normalise('陳教授：控制程序')).toBe('陈教授:控制程序')
  })
})
