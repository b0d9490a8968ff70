/** The types of file that are taken, with the ending of their names. */
export const endings = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/csv': 'csv',
  'text/plain': 'txt',
} as const
export type MediaType = keyof typeof endings
export const mediaTypes = Object.keys(endings) as [MediaType, ...MediaType[]]

/** What can be marked page by page for each of its readers. */
export const stampable = ['application/pdf', 'image/png', 'image/jpeg'] as const satisfies readonly MediaType[]
export type Stampable = (typeof stampable)[number]

export function isStampable(mediaType: MediaType): mediaType is Stampable {
  return stampable.includes(mediaType as Stampable)
}
