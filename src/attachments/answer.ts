import { endings } from '../platform/files/inspect/media-type.ts'
import type { AppContext } from '../platform/web/context.ts'
import { answerFile } from '../platform/web/download.ts'
import type { Delivery } from './actions/read.ts'

/** A document as its reader keeps it; programs that know no Chinese get its id for a name. */
export function answerDelivery(c: AppContext, { attachmentId, name, mediaType, bytes }: Delivery): Response {
  return answerFile(c, { name, plainName: `${attachmentId}.${endings[mediaType]}`, type: mediaType, bytes })
}
