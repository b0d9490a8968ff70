import { refusal } from './refusal.ts'
import { entriesOfZip } from './zip.ts'

const kinds = [
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    part: /^word\/document\w*\.xml$/,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    part: /^xl\/workbook\w*\.xml$/,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  },
] as const

/** The list of parts of a real document is a few kilobytes long. */
const longestList = 1_000_000
/** Macros, controls and programs within. */
const active = /vbaProject\.bin|vbaData\.xml|activeX\/|macrosheets\/|\.(exe|dll|js|vbs|bat|cmd|ps1|hta|jar|scr|msi|lnk)$/i

/** Whether a zip file is a document of Word or a workbook of Excel, by the parts it says it has; refuses every other one. */
export async function officeTypeOf(bytes: Uint8Array<ArrayBuffer>) {
  const entries = await entriesOfZip(bytes)
  const list = entries.find(({ name }) => name === '[Content_Types].xml')
  if (list === undefined) throw refusal('file-type')
  if (list.size > longestList) throw refusal('file-unpacks')
  const types = new TextDecoder().decode(await list.content())
  if (/macroEnabled/i.test(types) || entries.some(({ name }) => active.test(name))) throw refusal('file-active')
  const kind = kinds.find(({ part, type }) => entries.some(({ name }) => part.test(name)) && types.includes(`"${type}"`))
  if (kind === undefined) throw refusal('file-type')
  return kind.mediaType
}
