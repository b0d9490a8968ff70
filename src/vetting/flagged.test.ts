import { describe, expect, it } from 'vitest'
import { defaultFlaggedTerms } from '../market/flagged-terms.ts'
import { flagged, flagsOf } from './flagged.ts'

const flags = flagsOf(defaultFlaggedTerms, ['众砺'])
const marked = (text: string) => flagged(text, flags).flatMap(({ text, kind }) => (kind === null ? [] : [`${kind}:${text}`]))

describe('terms that are flagged', () => {
  it('are found in place, however they are spaced or written', () => {
    expect(marked('本品为 军 用配套，质量国内 第一。')).toEqual(['military:军 用', 'advertising:第一'])
    expect(marked('眾礪的涉·密图纸')).toEqual(['telling:眾礪', 'secrecy:涉·密'])
  })

  it('leave the text as it was, piece by piece', () => {
    const text = '填补国内空白的最佳方案，𠮷祥厂军工配套。\n第二行'
    const pieces = flagged(text, flags)
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(marked(text)).toEqual(['advertising:填补国内空白', 'advertising:最佳', 'military:军工'])
  })

  it('are none in a plain text, nor in an empty one', () => {
    expect(marked('箱形梁焊后旁弯超过8毫米。')).toEqual([])
    expect(flagged('', flags)).toEqual([])
  })
})
