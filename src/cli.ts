import { Command, CommanderError } from 'commander'
import { accountCommand } from './commands/account.ts'
import { auditCommand } from './commands/audit.ts'
import { demoCommand } from './commands/demo.ts'
import { evalCommand } from './commands/eval.ts'
import { exportCommand, importCommand } from './commands/import.ts'
import { indexCommand } from './commands/index-status.ts'
import { matchCommand } from './commands/match.ts'
import { exitCodeOf, messageOf } from './commands/outcome.ts'
import { personCommand } from './commands/person.ts'
import { searchCommand } from './commands/search.ts'
import { migrateCommand, seedCommand, serveCommand } from './commands/serve.ts'
import { tokenCommand } from './commands/token.ts'

const program = new Command('sunmao')
  .description('Sunmao 榫卯: matches enterprises’ technical problems to research results and the experts behind them')
  .showHelpAfterError('Run with --help to see what is possible.')
  .exitOverride()

for (const command of [
  demoCommand(),
  serveCommand(),
  migrateCommand(),
  seedCommand(),
  importCommand(),
  exportCommand(),
  searchCommand(),
  matchCommand(),
  indexCommand(),
  auditCommand(),
  tokenCommand(),
  accountCommand(),
  personCommand(),
  evalCommand(),
]) {
  program.addCommand(command)
}
for (const command of program.commands) command.exitOverride()

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode
  } else {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exitCode = exitCodeOf(error)
  }
}
