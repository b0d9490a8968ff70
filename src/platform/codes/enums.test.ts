import { describe, expect, it } from 'vitest'
import { codesOf, type Scheme } from './codes.ts'
import declineReasons from './data/decline-reason.json' with { type: 'json' }
import * as enums from './enums.ts'
import { termsOf } from './mode-terms.ts'

describe('the types of our own lists', () => {
  it.each<[string, Scheme, readonly string[]]>([
    ['Mode', 'mode', enums.Mode.options],
    ['LicenceKind', 'licence-kind', enums.LicenceKind.options],
    ['EvidenceLevel', 'evidence-level', enums.EvidenceLevel.options],
    ['IpKind', 'ip-kind', enums.IpKind.options],
    ['IpStatus', 'ip-status', enums.IpStatus.options],
    ['IpEncumbrance', 'ip-encumbrance', enums.IpEncumbrance.options],
    ['TitleLevel', 'title-level', enums.TitleLevel.options],
    ['Degree', 'degree', enums.Degree.options],
    ['Stage', 'offering-stage', enums.Stage.options],
    ['Channel', 'intake-channel', enums.Channel.options],
    ['BrokerGrade', 'broker-grade', enums.BrokerGrade.options],
    ['Chain', 'chain', enums.Chain.options],
  ])('%s has the codes of the list %s', (_, scheme, options) => {
    expect(options).toEqual(codesOf(scheme).map((row) => row.code))
  })

  it('ContractType has the first level of the list', () => {
    const first = codesOf('contract-type').filter((row) => row.parent === undefined)
    expect(enums.ContractType.options).toEqual(first.map((row) => row.code))
  })

  it.each([
    ['expert', enums.ExpertDeclineReason.options],
    ['enterprise', enums.EnterpriseDeclineReason.options],
  ])('the %s has its own reasons to decline', (side, options) => {
    expect(options).toEqual(declineReasons.codes.filter((row) => row.sides.includes(side)).map((row) => row.code))
  })
})

describe('the terms of a mode', () => {
  it.each(enums.Mode.options)('are known for %s', (mode) => {
    const terms = termsOf(mode)
    expect(terms.pays).not.toEqual([])
    expect(terms.contracts).not.toEqual([])
  })

  it('say who pays, by which contract, whether the employer consents, and whether there is equity', () => {
    expect(termsOf('turnkey')).toEqual({ pays: ['enterprise-by-result'], contracts: ['FW', 'KF'], hostConsent: 'yes', equity: 'no' })
    expect(termsOf('advisory').hostConsent).toBe('part-time')
    expect(termsOf('equity').equity).toBe('yes')
  })
})
