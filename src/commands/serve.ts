import { Command } from 'commander'
import { loadSeed } from '../../seed/load.ts'
import { drawSetUpLink } from '../accounts/actions/set-up.ts'
import { findSettings } from '../market/store.ts'
import { openMarket } from '../open-market.ts'
import { refuseHeld } from '../platform/holder.ts'
import { wordsOf } from '../platform/i18n/words.ts'
import { log } from '../platform/log.ts'
import { config, print, progressLine, withMarket } from './market.ts'
import { terminalLocale } from './outcome.ts'

export function serveCommand(): Command {
  return new Command('serve').description('Serve the market (SUNMAO_DATABASE, SUNMAO_HOST, SUNMAO_PORT)').action(async () => {
    const settings = config()
    refuseHeld(settings.database)
    const market = await openMarket(settings)
    if (market.degraded !== null) print(`Text alone: ${market.degraded}`)
    // Pages are read only by a command that serves them: the others start in half the time.
    const { serveMarket } = await import('../main-node.ts')
    const server = await serveMarket(market, settings)
    print(`Sunmao serves ${settings.database} at ${server.address}`)
    const { terminal } = wordsOf(terminalLocale())
    if ((await findSettings(market.ports.database)).version === 0) print(terminal.unnamed(`${server.address}/api/market/settings`))
    const link = await drawSetUpLink(market.ports)
    if (link !== null) print(wordsOf(terminalLocale()).account.setUp.printed(server.address + link))
    untilStopped(() => server.close())
  })
}

export function migrateCommand(): Command {
  return new Command('migrate').description('Bring the database up to date').action(async () => {
    const settings = config({ embedding: { kind: 'off' } })
    refuseHeld(settings.database)
    await withMarket(settings, async () => print(`${settings.database} is up to date`))
  })
}

export function seedCommand(): Command {
  return new Command('seed').description('Add the demonstration city 砺州 to the database').action(() =>
    withMarket(config(), async ({ ports }) => {
      await loadSeed(ports, progressLine('演示数据'))
      print('The demonstration data is in.')
    }),
  )
}

/** Closes in good order on Ctrl-C or a stop from outside. */
export function untilStopped(close: () => Promise<void>): void {
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (closing) return
      closing = true
      log('info', 'stopping', { signal })
      await close()
      process.exit(0)
    })
  }
}
