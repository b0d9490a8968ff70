import { z } from '@hono/zod-openapi'

/** Our own lists as types. The names are in `data/`; a test holds both to the same codes in the same order. */

export const Mode = z
  .enum([
    'transfer',
    'licence',
    'equity',
    'joint-development',
    'commissioned-development',
    'advisory',
    'service',
    'turnkey',
    'training',
    'joint-lab',
    'joint-institute',
    'pilot',
    'testing',
    'instrument-sharing',
    'secondment',
    'retainer',
    'dispatch',
    'joint-application',
    'bid',
    'incubation',
    'procurement',
  ])
  .openapi('Mode')
export type Mode = z.infer<typeof Mode>

export const LicenceKind = z.enum(['exclusive', 'sole', 'non-exclusive', 'open']).openapi('LicenceKind')
export type LicenceKind = z.infer<typeof LicenceKind>

/** How a stated value is backed, from the weakest to the strongest. */
export const EvidenceLevel = z.enum(['unstated', 'simulated', 'laboratory', 'pilot', 'field', 'third-party']).openapi('EvidenceLevel')
export type EvidenceLevel = z.infer<typeof EvidenceLevel>

/** The kinds of technical contract of the Civil Code, first level. */
export const ContractType = z.enum(['KF', 'ZR', 'XK', 'ZX', 'FW']).openapi('ContractType')
export type ContractType = z.infer<typeof ContractType>

export const ExpertDeclineReason = z
  .enum(['field', 'time', 'fee', 'competitor', 'host', 'unclear', 'conditions', 'secrecy', 'referred', 'other'])
  .openapi('ExpertDeclineReason')
export type ExpertDeclineReason = z.infer<typeof ExpertDeclineReason>

export const EnterpriseDeclineReason = z
  .enum(['field', 'price', 'slow', 'lab-only', 'solved', 'found', 'distrust', 'known', 'not-technical', 'other'])
  .openapi('EnterpriseDeclineReason')
export type EnterpriseDeclineReason = z.infer<typeof EnterpriseDeclineReason>

/** Without 国防专利, which may never be online. */
export const IpKind = z
  .enum([
    'invention-patent',
    'utility-model',
    'design-patent',
    'software-copyright',
    'layout-design',
    'plant-variety',
    'drug-approval',
    'standard',
    'technical-secret',
    'copyright',
    'trademark',
  ])
  .openapi('IpKind')
export type IpKind = z.infer<typeof IpKind>

export const IpStatus = z
  .enum(['pending', 'published', 'examination', 'granted', 'refused', 'withdrawn', 'lapsed', 'expired', 'invalidated'])
  .openapi('IpStatus')
export type IpStatus = z.infer<typeof IpStatus>

/** What lies on a right, beside its legal status. */
export const IpEncumbrance = z
  .enum(['transferring', 'pledged', 'licensed-exclusive', 'licensed-sole', 'licensed-non-exclusive', 'open-licence'])
  .openapi('IpEncumbrance')
export type IpEncumbrance = z.infer<typeof IpEncumbrance>

/** 职称, from the highest to the lowest. */
export const TitleLevel = z.enum(['senior', 'associate-senior', 'intermediate', 'junior']).openapi('TitleLevel')
export type TitleLevel = z.infer<typeof TitleLevel>

/** 学位, from the highest to the lowest. */
export const Degree = z.enum(['doctor', 'master', 'bachelor', 'college']).openapi('Degree')
export type Degree = z.infer<typeof Degree>

export const Stage = z.enum(['laboratory', 'bench', 'pilot', 'mature']).openapi('Stage')
export type Stage = z.infer<typeof Stage>

/** How a demand came to the market. */
export const Channel = z.enum(['enterprise', 'park', 'bureau', 'broker', 'visit', 'triage']).openapi('Channel')
export type Channel = z.infer<typeof Channel>

export const BrokerGrade = z.enum(['junior', 'middle', 'senior']).openapi('BrokerGrade')
export type BrokerGrade = z.infer<typeof BrokerGrade>

/** The industry chains of the demonstration city. */
export const Chain = z.enum(['equipment', 'materials', 'food', 'energy']).openapi('Chain')
export type Chain = z.infer<typeof Chain>
