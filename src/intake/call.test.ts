import { describe, expect, it } from 'vitest'
import { Call } from './call.ts'

const isTaken = (phone: string) => Call.shape.phone.safeParse(phone).success

describe('the number of who calls', () => {
  it.each([
    '13812345678',
    '138-1234-5678',
    '+86 13812345678',
    '0592-1234567',
    '(0592)12345678',
    '0592-1234567转801',
    '1234567',
    '400-820-8820',
    '+49 30 1234567',
  ])('%s is one', (phone) => expect(isTaken(phone)).toBe(true))
  it.each(['1381234567', '138123456789', '12345', '没问到', 'abc-defg'])('%s is none', (phone) => expect(isTaken(phone)).toBe(false))
})
