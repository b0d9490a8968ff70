import type { Fault, Reason } from '../platform/journal/fault.ts'
import type { Verification } from '../platform/journal/verify.ts'

/** More faults than this are for a program to read. */
const faultsAtMost = 200

/** A verification as a terminal shows it: what is wrong, or what was checked and what that cannot show. */
export function verificationLines({ entries, sealed, unsealed, revisions, listings, anchor, faults }: Verification): string[] {
  const isPlain = sealed.some(({ keyId }) => keyId === null)
  const unchecked = sealed.filter(({ isChecked }) => !isChecked)
  return [
    ...faults.slice(0, faultsAtMost).map(faultLine),
    ...(faults.length > faultsAtMost ? [`… and ${faults.length - faultsAtMost} more (--json names all)`] : []),
    faults.length > 0
      ? `${faults.length} rows are not what they were; ${entries} entries and ${listings} listings were looked at`
      : `Sound: ${entries} entries, ${revisions.bound + revisions.unbound} revisions, ${listings} listings`,
    ...sealed.map(({ keyId, from, to }) => `Sealed ${keyId === null ? 'plainly' : `with key ${keyId}`}: entries ${from} to ${to}`),
    ...(unsealed > 0 ? [`Not sealed yet, which the server does: ${unsealed} entries. They may be changed unseen until then`] : []),
    ...(revisions.erased > 0 ? [`Erased, and the journal says so: ${revisions.erased} revisions`] : []),
    ...(revisions.unbound > 0
      ? [`Older than the binding of revisions, so that only the latest of a listing are held to anything: ${revisions.unbound}`]
      : []),
    ...unchecked.map(({ keyId, from, to }) => `NOT CHECKED: the seals ${from} to ${to}, because key ${keyId} is not in SUNMAO_AUDIT_KEY`),
    ...(isPlain
      ? [
          'Plain seals show mistakes and careless changes: who can write the database can make them anew (docs/operating.md, SUNMAO_AUDIT_KEY)',
        ]
      : []),
    ...(anchor === null ? [] : [`Anchor, to be kept elsewhere for --since: ${anchor.seq}:${anchor.hash}`]),
  ]
}

function faultLine({ table, row, fault, reason, names }: Fault): string {
  return `${table} ${row} ${fault}: ${sentences[reason](names.join(', '))}`
}

const sentences: Record<Reason, (names: string) => string> = {
  number: () => 'the journal numbers its entries from 1 on without a gap',
  digest: () => 'its digest is not that of its fields',
  facts: () => 'its facts are no JSON',
  seal: () => 'it and its seal do not belong together',
  place: (names) => `it belongs at ${names}`,
  'no-seal': () => 'later entries have theirs',
  chain: () => 'it does not follow from the seal before it and its entry',
  key: () => 'it was not made with the key that it names',
  'unknown-key': () => 'it names a key that is not in SUNMAO_AUDIT_KEY, and fits none that is',
  'older-key': () => 'it was made with an older key, or with none, after newer ones were in use',
  anchor: () => 'it is not as it was kept elsewhere',
  'not-kept': () => 'its entry binds it, and none says that it was erased',
  hash: () => 'it is not what its entry binds',
  visibility: () => 'its visibility is not that of its body',
  erased: () => 'the journal says that it was erased',
  'no-entry': () => 'no entry of the journal tells of it',
  removed: () => 'the journal says that it was taken away',
  'not-there': () => 'the journal says that it is there',
  columns: (names) => `not as its latest revision says: ${names}`,
}

/** How to check an export without the market. */
export const howToCheck = `
Each line is one entry as JSON: seq, subjectId, subjectVersion, kind, actorId, at, facts, accountId, revisionHash, digest and seal (hash, keyId).
What an auditor can check with nothing but the file (and the key, where seals name one):
  seq     goes up by one from line to line
  digest  is sha256 of [subjectId,subjectVersion,kind,actorId,at,facts,accountId,"revision:"+revisionHash] as JSON without spaces,
          in UTF-8; without accountId, and without the last member, where they are null
  seal    hash is sha256 of the hash of the seal before it (nothing before the first) followed by the digest, all in hex;
          where keyId is not null, HMAC-SHA256 of the same text with the key
A program that does so; it takes the hash of the seal before the first line, and the key, where there are any:

  // node check.mjs FILE [HASH BEFORE] [KEY]
  import { createHash, createHmac } from 'node:crypto'
  import { readFileSync } from 'node:fs'
  const [file, start = '', key = ''] = process.argv.slice(2)
  let [before, next] = [start, null]
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\\n')) {
    const { seq, subjectId, subjectVersion, kind, actorId, at, facts, accountId, revisionHash, digest, seal } = JSON.parse(line)
    const last = [accountId, revisionHash && 'revision:' + revisionHash].filter((member) => member !== null)
    const members = [subjectId, subjectVersion, kind, actorId, at, facts, ...last]
    const own = createHash('sha256').update(JSON.stringify(members)).digest('hex')
    const hash = seal?.keyId ? createHmac('sha256', key) : createHash('sha256')
    const isSealed = seal === null || seal.hash === hash.update(before + digest).digest('hex')
    if (own !== digest || !isSealed || (next !== null && seq !== next)) throw new Error('Entry ' + seq + ' is not what it was')
    before = seal?.hash
    next = seq + 1
  }
  console.log('Sound up to ' + (next - 1))
`
