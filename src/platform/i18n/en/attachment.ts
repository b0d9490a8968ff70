import type { Words } from '../words.ts'

export const attachment: Words['attachment'] = {
  title: 'Documents',
  lead: 'Drawings, test reports, site photos and the like. You choose who can read each one.',
  proofLead: 'Business licence and other proof of who you are. Only your organisation and the operator of the market can read these.',
  none: 'There are no documents yet.',
  proof: 'Proof of who you are',
  back: 'Back',
  groups: { teaser: 'With the summary', detail: 'With the details', confidential: 'Confidential' },
  groupHints: {
    teaser: 'everybody who can see this listing can download it',
    detail: 'only people who can read the details can download it',
    confidential:
      'only your organisation, the broker in charge and verified organisations that have accepted the non-disclosure terms can download it; the operator must first state a reason; each copy carries a watermark with its reader, the date and a download code',
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
  marked: 'Downloads as a watermarked PDF, and the download is recorded',
  remove: 'Remove',
  removeNamed: (name) => `Remove “${name}”`,
  add: {
    title: 'Add a document',
    file: {
      label: 'File',
      hint: (megabytes) =>
        `PDF, PNG, JPEG, docx, xlsx, csv or txt, at most ${megabytes} MB. The place, time and similar details of photos are removed automatically; in other files, check properties such as author and company first.`,
    },
    group: { label: 'Who can download it', hint: 'Confidential documents are watermarked, so they must be PDF, PNG or JPEG.' },
    submit: 'Upload',
  },
  readings: {
    title: 'Who has read them',
    lead: 'Each time somebody opens confidential content, or downloads a document that is not public with the summary, it is recorded. Latest first.',
    none: 'Nobody has read anything yet.',
    columns: { reader: 'Reader', object: 'Content', at: 'Date', code: 'Download code' },
    removed: 'A document since removed',
    confidential: 'Confidential text',
    byLink: 'Holder of a one-time link',
  },
}

export const attachmentFaults: Record<string, string | ((facts: Record<string, string | number>) => string)> = {
  'file-empty': 'The file is empty; choose another one',
  'file-type':
    'Files of this type cannot be uploaded. Use PDF, PNG, JPEG, docx, xlsx, csv or txt (UTF-8 or GBK); save older doc and xls files as docx and xlsx',
  'file-double':
    'The file also holds another file or extra content. Open it in the program it was made with, save a new copy and upload that',
  'file-damaged': 'The file is damaged or incomplete. Open it in the program it was made with, save a new copy and upload that',
  'file-locked': 'The file has a password or restrictions. Remove them, save a new copy and upload that',
  'file-active': 'The file holds macros, scripts, programs or other files. Save it without them, or print it to a new PDF and upload that',
  'file-unpacks': 'The file is too large when unpacked, or holds too much. Split it into several files',
  'image-size': ({ width, height, longestSide, megapixels }) =>
    `The image has ${width} × ${height} pixels, which is too large; at most ${longestSide} pixels a side and ${megapixels} million in all. Make it smaller and upload it again`,
  'not-a-photo': 'Only photos (JPEG or PNG) can be added here; attach other files to the demand',
  'not-stampable':
    'Confidential documents are watermarked for each reader, so they must be PDF, PNG or JPEG. Convert the file to PDF and upload that',
}
