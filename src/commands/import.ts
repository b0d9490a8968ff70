import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command, Option } from 'commander'
import { commandLine } from '../accounts/actor.ts'
import { exportFile, type ImportOutcome, importFile } from '../imports/actions.ts'
import { undoImport } from '../imports/load.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import { config, print, progressLine, withMarket, write } from './market.ts'
import { terminalLocale } from './outcome.ts'

const kinds = ['demand', 'offering', 'expert', 'evidence', 'institution', 'enterprise', 'park', 'broker'] as const satisfies ImportKind[]
const kindOption = () => new Option('--kind <kind>', 'what the rows are').choices(kinds)

/** The import needs no model: the server embeds what comes. */
const settings = () => config({ embedding: { kind: 'off' } })

interface ImportFlags {
  kind?: ImportKind
  source: string
  sheet?: string
  dryRun?: true
  validOnly?: true
  publish?: true
  json?: true
}

export function importCommand(): Command {
  const command = new Command('import')
    .description('Bring rows in from a file (jsonl, csv in UTF-8 or GBK, xlsx); nothing is written if a row is wrong')
    .argument('<file>', 'the file; the same file again resumes what was cut off')
    .addOption(kindOption())
    .option('--source <name>', 'where the rows come from; begins the origin ids of rows that name none', 'import')
    .option('--sheet <name>', 'of a workbook; the first if left out')
    .option('--dry-run', 'check only')
    .option('--valid-only', 'write the rows that are right where others are wrong')
    .option('--publish', 'publish them: you answer for the three checks')
    .option('--json', 'print JSON')
    .action(async (file: string, flags: ImportFlags) => {
      // Mandatory by hand: commander would ask `undo` for it as well.
      const { kind } = flags
      if (kind === undefined)
        return command.error(`error: required option '--kind <kind>' not specified: one of ${kinds.join(', ')}`, { exitCode: 2 })
      const bytes = new Uint8Array(readFileSync(file))
      const outcome = await withMarket(settings(), ({ ports }) =>
        importFile(ports, commandLine, {
          kind,
          fileName: basename(file),
          bytes,
          source: flags.source,
          sheet: flags.sheet ?? null,
          dryRun: flags.dryRun ?? false,
          validOnly: flags.validOnly ?? false,
          publish: flags.publish ?? false,
          locale: terminalLocale(),
          progress: progressLine('rows'),
        }),
      )
      print(flags.json ? JSON.stringify(outcome) : summary(outcome, flags))
      if (outcome.errors.length > 0) process.exitCode = 4
    })
  command
    .command('undo <batch>')
    .description('Take an import back whole')
    .action((batch: string) =>
      withMarket(settings(), async ({ ports }) => {
        const undone = await undoImport(ports, commandLine, batch)
        print(`${undone.id} is undone: ${undone.rowCount} rows are gone`)
      }),
    )
  return command
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Write everything of a kind to standard output, in a form that import takes')
    .addOption(kindOption().makeOptionMandatory())
    .addOption(new Option('--format <format>', 'jsonl without loss, csv for spreadsheets').choices(['jsonl', 'csv']).default('jsonl'))
    .action(({ kind, format }: { kind: ImportKind; format: 'jsonl' | 'csv' }) =>
      withMarket(settings(), async ({ ports }) => {
        for await (const part of exportFile(ports, commandLine, { kind, format })) await write(part)
      }),
    )
}

function summary({ batch, counts, errors, warnings }: ImportOutcome, { dryRun }: ImportFlags): string {
  const row = ({ line, column, value, fix }: { line: number; column: string; value: string; fix: string }) =>
    `  line ${line}, ${column || 'row'}${value === '' ? '' : ` “${value.slice(0, 60)}”`}: ${fix}`
  const fate = batch
    ? `${counts.written} written as ${batch.id} (sunmao import undo ${batch.id} takes them back)`
    : dryRun
      ? 'dry run, nothing written'
      : 'nothing written'
  return [
    `${counts.read} rows read, ${counts.valid} right, ${counts.wrong} wrong; ${fate}`,
    ...errors.slice(0, 50).map(row),
    ...(errors.length > 50 ? [`  … and ${errors.length - 50} more (--json prints all)`] : []),
    ...(warnings.length > 0 ? ['Please look at:', ...warnings.slice(0, 20).map(row)] : []),
  ].join('\n')
}
