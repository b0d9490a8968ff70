import { describe, expect, it } from 'vitest'
import { callerOf, isAddress, isMetadataAddress, isPublicAddress } from './addresses.ts'

describe('a caller', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:cb00:7107]:443', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:8080', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('at %s is %s', (address, caller) => {
    expect(callerOf(address)).toBe(caller)
  })

  it.each(['', 'unknown', '_hidden', '203.0.113', '0x7f.1', 'a.example', '1.2.3.4.5', '203.0.113.7, 10.0.0.1'])(
    'at “%s” is nobody',
    (address) => {
      expect(callerOf(address)).toBeNull()
      expect(isAddress(address)).toBe(false)
    },
  )
})

describe('the public internet', () => {
  it.each(['8.8.8.8', '114.114.114.114', '::ffff:8.8.8.8', '2400:3200::1', '2606:4700:4700::1111'])('has %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::a00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    'no address',
  ])('has no %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('an address that gives out the secrets of a machine', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
    'fe80::a9fe:a9fe',
    'x',
  ])('is %s', (address) => {
    expect(isMetadataAddress(address)).toBe(true)
  })

  it.each(['127.0.0.1', '10.0.0.5', 'fd00::1', '8.8.8.8'])('is not %s', (address) => {
    expect(isMetadataAddress(address)).toBe(false)
  })
})
