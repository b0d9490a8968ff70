import { id, instant, stored, text, z } from '../platform/schema.ts'

export const disclosureLifecycle = { standing: { end: 'ended' }, ended: {} } as const

/**
 * That somebody may read what a listing keeps confidential: a reader accepted its non-disclosure terms, or the operator opened it for a
 * reason. 披露
 */
export const Disclosure = z
  .strictObject({
    id: id('dsc'),
    ...stored,
    visibility: z.literal('nda'),
    subjectId: z.union([id('dem'), id('off')]),
    /** Whom the reader acts for; the account or token of an operator. */
    readerId: z.string(),
    accountId: z.string().nullable(),
    kind: z.enum(['nda', 'opening']),
    /** Which text was accepted; null for an opening. */
    textVersion: z.string().nullable(),
    /** Why it was opened; null for an acceptance. */
    reason: text(4, 500).nullable(),
    state: z.enum(['standing', 'ended']),
    /** An opening ends by itself; null: it stands until somebody ends it. */
    until: instant.nullable(),
    endedBy: z.string().nullable(),
  })
  .openapi('Disclosure')
export type Disclosure = z.infer<typeof Disclosure>

const subjectId = z.string().max(40)
export const DisclosureRequest = z.strictObject({ subjectId, textVersion: z.string().max(40) }).openapi('DisclosureRequest')
export type DisclosureRequest = z.infer<typeof DisclosureRequest>
export const OpeningRequest = z.strictObject({ subjectId, reason: text(4, 500) }).openapi('OpeningRequest')
export type OpeningRequest = z.infer<typeof OpeningRequest>

/** How long an operator's opening lasts. */
export const openingHours = 8

/** The terms that stand between a reader and what a listing keeps confidential. A changed text gets a new version; old ones stay readable. */
export const terms = {
  version: '2026-11',
  zh: [
    '您看到的保密内容归发布方所有，只能用于判断和洽谈本次合作。',
    '未经发布方书面同意，不得向他人披露、复制外传，不得据此申请知识产权，也不得用于其他用途。',
    '内部只限确有需要的人员接触，并由您负责告知其同样的保密义务。',
    '已经公开的、您此前合法掌握的，或依法必须提供的信息，不在此限。',
    '保密义务自接受之日起三年有效；合作未成的，应发布方要求删除或交还有关资料。',
    '平台记录接受人、时间、条款版本和每次查阅，发布方可以查看。',
  ],
  en: [
    'What is kept confidential belongs to whoever published it, and may be used only to judge and discuss this cooperation.',
    'Without written consent it may not be disclosed to others, copied out, used to apply for intellectual property, or used for any other purpose.',
    'Within your organisation only those who need it may see it, and you see to it that they are bound in the same way.',
    'This does not cover what is public, what you lawfully knew before, or what the law obliges you to give.',
    'It binds you for three years from acceptance; if nothing comes of the cooperation you delete or return the material on request.',
    'The market records who accepted which version when, and every reading; whoever published can see it.',
  ],
} as const
export const NdaTerms = z.object({ version: z.string(), zh: z.array(z.string()), en: z.array(z.string()) }).openapi('NdaTerms')
