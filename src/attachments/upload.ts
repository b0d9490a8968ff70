import { mediaTypes } from '../platform/files/inspect/media-type.ts'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import type { AppContext } from '../platform/web/context.ts'
import { receivedFile } from '../platform/web/upload.ts'
import { FieldGroup, type Upload } from './attachment.ts'

/** What stands beside a file. A path or a long name is cut, not refused. */
const Fields = z.object({ name: z.string().min(1).max(2_000), group: FieldGroup })

/** The file that a request brings, with its name and for whom it is. */
export async function uploadFrom(c: AppContext): Promise<Upload> {
  const { name, fields, bytes } = await receivedFile(c, mediaTypes)
  return { ...parseInput(Fields, { ...fields, name: name ?? undefined }), bytes }
}
