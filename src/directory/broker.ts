import { Code } from '../platform/codes/codes.ts'
import { BrokerGrade } from '../platform/codes/enums.ts'
import { id, stored, text, Visibility, z } from '../platform/schema.ts'

/** Licensed intermediary who diagnoses, pairs and carries deals. 技术经理人 */
export const BrokerDraft = z
  .strictObject({
    name: text(2, 60),
    organisation: text(2, 120).nullable(),
    grade: BrokerGrade.nullable(),
    certificateNo: text(2, 60).nullable(),
    region: Code.nullable(),
    /** Fields he or she knows. */
    classification: z.array(Code).max(20),
    summary: text(1, 2000).nullable(),
    visibility: Visibility,
  })
  .openapi('BrokerDraft')
export type BrokerDraft = z.infer<typeof BrokerDraft>

export const Broker = BrokerDraft.extend({ id: id('bro'), ...stored }).openapi('Broker')
export type Broker = z.infer<typeof Broker>

export const blankBroker: Omit<BrokerDraft, 'name'> = {
  organisation: null,
  grade: null,
  certificateNo: null,
  region: null,
  classification: [],
  summary: null,
  visibility: 'public',
}
