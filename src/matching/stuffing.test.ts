import { expect, it } from 'vitest'
import { unstuffed } from './stuffing.ts'

const body = (text: string) => unstuffed({ title: '', body: text, keywords: '' }).body

it.each([
  ['焊接变形，残余应力，焊接变形，工装，焊接变形，残余应力，焊接变形。', '焊接变形，残余应力，工装，'],
  ['焊接变形控制焊接变形控制焊接变形控制焊接变形控制', '焊接变形控制'],
  ['weld distortion, weld distortion, weld distortion, weld distortion.', 'weld distortion,'],
  ['降低变形。降低变形。降低变形。', '降低变形。'],
])('counts once what is said over and over: %s', (text, expected) => {
  expect(body(text)).toBe(expected)
})

it.each([
  '用反变形工装焊接箱形梁，焊后旁弯控制在2毫米以内；另用于工字梁。',
  '压力为1000000000 Pa，频率1111111111 Hz。',
  '见图1，见图2，见表1，是，是。',
  'A two-step process: heating, holding, cooling, then heating again.',
  '………………………………',
])('leaves alone what is written as people write: %s', (text) => {
  expect(body(text)).toBe(text)
})
