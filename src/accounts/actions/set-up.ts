import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { randomSecret, sha256 } from '../../platform/secrets.ts'
import type { Account } from '../account.ts'
import { findLink, hasOperatorAccount, insertLink, removeLinks, spendLink } from '../store.ts'
import { admitMember } from './membership.ts'
import { accountOf } from './session.ts'

const purpose = 'set-up'
const hoursValid = 24
const aboutNothing = { object_id: null, actor_id: null, contact: null, answer: null, note: null }

/** The path of a link that makes the first operator's account, good for a day and for one use; null where there is such an account. */
export async function drawSetUpLink(ports: Ports): Promise<string | null> {
  const { database } = ports
  if (await hasOperatorAccount(database)) return null
  const secret = randomSecret('sml')
  const at = ports.now()
  const link = {
    id: ports.newId('link'),
    purpose,
    secret_hash: await sha256(secret),
    expires_at: new Date(Date.parse(at) + hoursValid * 3_600_000).toISOString(),
    used_at: null,
    created_at: at,
    ...aboutNothing,
  }
  // The last one that was printed is the one that counts.
  await database.commit(removeLinks(database, purpose), insertLink(database, link))
  return `/set-up/${secret}`
}

/** 410 for a link that is unknown, used or out of date. */
export async function readSetUpLink(ports: Ports, secret: string): Promise<void> {
  const link = await findLink(ports.database, await sha256(secret))
  if (link?.purpose !== purpose || link.used_at !== null || link.expires_at <= ports.now()) throw new Problem('link-gone', { purpose })
}

/** Spends the link: the account of this number, made if there is none, acts for the operator from now on. */
export async function setUp(ports: Ports, secret: string, phone: string): Promise<Account> {
  await readSetUpLink(ports, secret)
  if (!(await spendLink(ports.database, await sha256(secret), ports.now()))) throw new Problem('link-gone', { purpose })
  const account = await accountOf(ports, phone)
  await admitMember(ports, account.id, { accountId: account.id, role: 'operator', subjectId: null, rank: 'owner' })
  return account
}
