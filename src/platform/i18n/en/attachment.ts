import type { Words } from '../words.ts'

export const attachment: Words['attachment'] = {
  title: 'Documents',
  lead: 'Drawings, test reports, photographs. Each is for those alone whom you choose.',
  proofLead: 'Business licence and other proof of who you are. Only your organisation and the operator of the market can read it.',
  none: 'There are no documents yet.',
  proof: 'Proof of who you are',
  back: 'Back',
  groups: { teaser: 'With the summary', detail: 'With the details', confidential: 'Confidential' },
  groupHints: {
    teaser: 'everybody who sees this entry can download it',
    detail: 'only those who may read the details can download it',
    confidential:
      'only your organisation, the broker in charge and verified organisations that accepted the non-disclosure terms can download it, the operator for a stated reason; each copy is marked with its reader, the date and a code',
  },
  types: {
    'application/pdf': 'PDF',
    'image/png': 'PNG image',
    'image/jpeg': 'JPEG image',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel workbook',
    'text/csv': 'CSV table',
    'text/plain': 'Text',
  },
  size: (bytes) =>
    bytes < 1_000 ? `${bytes} bytes` : bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`,
  added: (day) => `added on ${day}`,
  marked: 'You get a marked PDF, and the download is recorded',
  remove: 'Remove',
  removeNamed: (name) => `Remove “${name}”`,
  add: {
    title: 'Add a document',
    file: {
      label: 'File',
      hint: (megabytes) =>
        `PDF, PNG, JPEG, docx, xlsx, csv or txt, at most ${megabytes} MB. Photographs lose their place and time by themselves; in other files, look at author and company first.`,
    },
    group: { label: 'Who can download it', hint: 'Confidential documents are marked, so they must be PDF, PNG or JPEG.' },
    submit: 'Upload',
  },
  readings: {
    title: 'Who read them',
    lead: 'Whoever opens what is confidential, or downloads a document that does not go with the summary, is recorded. Latest first.',
    none: 'Nobody has read any yet.',
    columns: { reader: 'Reader', object: 'What', at: 'Date', code: 'Code' },
    removed: 'A document since removed',
    confidential: 'The confidential text',
    byLink: 'Holder of a one-time link',
  },
}

export const attachmentFaults: Record<string, string | ((facts: Record<string, string | number>) => string)> = {
  'file-empty': 'The file is empty; choose another one',
  'file-type':
    'Files of this type are not taken. Use PDF, PNG, JPEG, docx, xlsx, csv or txt (UTF-8 or GBK); save older doc and xls files as docx and xlsx',
  'file-double': 'Something else is in the file, or behind its end. Open it with its own program, save a new copy and upload that',
  'file-damaged': 'The file is damaged or not whole. Open it with its own program, save a new copy and upload that',
  'file-locked': 'The file has a password or restrictions. Take them away, save a new copy and upload that',
  'file-active': 'There are macros, scripts, programs or other files in it. Save it without them, or print it to a new PDF and upload that',
  'file-unpacks': 'The file unpacks into too much; split it',
  'image-size': ({ width, height, longestSide, megapixels }) =>
    `The image has ${width} × ${height} pixels, which is too large; a side may have ${longestSide} and all of it ${megapixels} million. Make it smaller`,
  'not-a-photo': 'Only photos are taken here (JPEG or PNG); attach other files to the demand',
  'not-stampable': 'Confidential documents are marked for each reader, so they must be PDF, PNG or JPEG. Convert it to PDF and upload that',
}
