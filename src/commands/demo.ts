import { rmSync } from 'node:fs'
import { Command } from 'commander'
import { loadSeed } from '../../seed/load.ts'
import { idOf } from '../../seed/rows.ts'
import { type Account, ranksOf } from '../accounts/account.ts'
import { admitMember } from '../accounts/actions/membership.ts'
import { accountOf } from '../accounts/actions/session.ts'
import { actingAs, type Role } from '../accounts/actor.ts'
import type { Demo } from '../accounts/demo.ts'
import { demands } from '../demands/store.ts'
import { brokers, enterprises, experts, parks } from '../directory/store.ts'
import { amendSettings } from '../market/actions.ts'
import { catchUp } from '../matching/catch-up.ts'
import { offerings } from '../offerings/store.ts'
import { openMarket } from '../open-market.ts'
import { decideClaim, requestClaim } from '../organisations/actions/claim.ts'
import { agree } from '../persons/actions/consent.ts'
import { amendPrivacy } from '../persons/actions/notice.ts'
import { codeName } from '../platform/codes/codes.ts'
import { refuseHeld } from '../platform/holder.ts'
import { wordsOf } from '../platform/i18n/words.ts'
import { kindOfId } from '../platform/ids.ts'
import type { Ports } from '../platform/ports.ts'
import { ProfilePurpose } from '../privacy/consent.ts'
import { heading, wrapped } from './layout.ts'
import { config, print, progressLine } from './market.ts'
import { bestOf, printMatches } from './match.ts'
import { terminalLocale } from './outcome.ts'
import { untilStopped } from './serve.ts'

/** Demands of three chains: a robot welder, a rusting coolant, a mouldy harvest. */
const shown = ['dem-e-53', 'dem-e-27', 'dem-e-59']
/** The enterprise that a visitor of the demonstration's pages acts as. */
const visitorsDemand = 'dem-e-53'

export function demoCommand(): Command {
  return new Command('demo')
    .description('Fill a fresh database with the demonstration city, print three demands with their matches, then serve it')
    .option('--once', 'exit after printing')
    .action(async (options: { once?: true }) => {
      const settings = config(process.env.SUNMAO_DATABASE ? {} : { database: 'data/demo.db' })
      refuseHeld(settings.database)
      for (const suffix of ['', '-wal', '-shm', '.index', '.files', '.outbox'])
        rmSync(settings.database + suffix, { force: true, recursive: true })
      const market = await openMarket(settings)
      const { ports } = market
      const locale = terminalLocale()
      const { terminal } = wordsOf(locale)
      print(terminal.welcome)
      await loadSeed(ports, progressLine('演示数据'))
      await catchUp(ports)
      print(terminal.seeded(locale === 'en' ? 'Lizhou' : '砺州市'))
      if (market.degraded !== null) print(terminal.degraded)
      for (const key of shown) await printDemand(ports, await idOf('demand', key))
      if (options.once) return market.close()
      const demoEnterprise = (await demands.find(ports.database, await idOf('demand', visitorsDemand)))!.enterpriseId
      await amendSettings(ports, actingAs('operator', 'command-line'), 0, city)
      await amendPrivacy(ports, actingAs('operator', 'command-line'), 0, { responsible })
      // Pages are read only by a command that serves them: the others start in half the time.
      const { serveMarket } = await import('../main-node.ts')
      const server = await serveMarket(market, settings, {
        visitor: actingAs('enterprise', demoEnterprise),
        visitorName: (await enterprises.find(ports.database, demoEnterprise))!.name,
        accounts: await demoAccounts(ports, demoEnterprise),
      })
      await printAddress(server.address)
      untilStopped(() => server.close())
    })
}

/** The market of the invented city. */
const city = { name: '砺州科技大市场', nameEn: 'Lizhou Technology Market', regionCode: '990100' }
/** Invented, as the city is. */
const responsible = { name: '砺州市科学技术局', nameEn: 'Lizhou Science and Technology Bureau', address: null, contact: '0990-00000000' }

/** An account a role, each with a number that belongs to nobody. */
async function demoAccounts(ports: Ports, enterpriseId: string): Promise<Demo['accounts']> {
  const first = async (rows: typeof experts | typeof parks | typeof brokers) =>
    (await rows.newest(ports.database, {}, { after: null, limit: 1 }))[0]!.id
  const subjects: [Role, string | null][] = [
    ['enterprise', enterpriseId],
    ['institution', await mostResults(ports)],
    ['expert', await first(experts)],
    ['broker', await first(brokers)],
    ['park', await first(parks)],
    ['operator', null],
  ]
  const accounts: Demo['accounts'] = []
  for (const [at, [role, subjectId]] of subjects.entries()) {
    const account = await accountOf(ports, `+861990000000${at}`)
    // A person has claimed his profile; an organisation's account was let in.
    if (role === 'expert') await claimed(ports, account, subjectId!)
    else await admitMember(ports, 'command-line', { accountId: account.id, role, subjectId, rank: ranksOf(role)[0] })
    await agree(ports, { account })
    accounts.push({ role, account })
  }
  return accounts
}

/** The institution whose office has most to look after. */
async function mostResults({ database }: Ports): Promise<string> {
  const results = await offerings.newest(database, { kind: 'result', state: 'published' }, { after: null, limit: 500 })
  const owners = Map.groupBy(results, ({ ownerId }) => ownerId)
  const [most] = [...owners].filter(([id]) => id !== null && kindOfId(id) === 'institution').sort(([, a], [, b]) => b.length - a.length)
  return most![0]!
}

async function claimed(ports: Ports, account: Account, subjectId: string): Promise<void> {
  const own = actingAs('visitor', 'visitor', { accountId: account.id })
  const { id } = await requestClaim(ports, own, { subjectId, note: null, agreesTo: ProfilePurpose.options })
  await decideClaim(ports, actingAs('operator', 'command-line'), id, { verdict: 'grant', reason: null })
}

async function printDemand(ports: Ports, id: string): Promise<void> {
  const locale = terminalLocale()
  const { terminal } = wordsOf(locale)
  const demand = (await demands.find(ports.database, id))!
  const enterprise = await enterprises.find(ports.database, demand.enterpriseId)
  const chain = demand.classification.find(({ scheme }) => scheme === 'chain')
  print(`\n${'═'.repeat(60)}\n${terminal.demand}${chain ? `〔${codeName(chain, locale)}〕` : ''} ${demand.title}`)
  if (enterprise) print(terminal.of(enterprise.name))
  if (demand.problem !== null) print(wrapped(demand.problem, 2).join('\n'))
  // Seen with the enterprise's eyes: somebody who has not claimed the profile is a field at an institution.
  printMatches(await bestOf(ports, actingAs('enterprise', demand.enterpriseId), demand, 3, true), locale)
}

async function printAddress(address: string): Promise<void> {
  const { terminal } = wordsOf(terminalLocale())
  const demand = await idOf('demand', visitorsDemand)
  print(heading(terminal.serving(address)))
  print(terminal.tryThese)
  print(`  curl -s '${address}/api/market'`)
  print(`  curl -s '${address}/api/search?kind=offering&q=${encodeURIComponent('焊缝跟踪')}&limit=3'`)
  print(`  curl -s '${address}/api/demands/${demand}/matches?kind=expert&limit=3'`)
  print(terminal.stop)
}
