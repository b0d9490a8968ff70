import { ConfigWrong } from '../platform/config.ts'
import { ConcurrentChange } from '../platform/database/database.ts'
import { DatabaseIsNewer } from '../platform/database/migrate.ts'
import { DatabaseHeld } from '../platform/holder.ts'
import { type Locale, wordsOf } from '../platform/i18n/words.ts'
import { SealKeyMissing } from '../platform/journal/seal.ts'
import { Problem } from '../platform/problem.ts'
import { problemDocument } from '../platform/web/problem-document.ts'

/** Exit codes: 0 done, 1 a bug, 2 wrong use (commander's own is 1), 3 refused, 4 some rows are wrong, 5 the surroundings do not allow it. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Problem) return 3
  if (isOfSurroundings(error) || isSystemError(error)) return 5
  return 1
}

/** What went wrong and what to do, for a person at a terminal. */
export function messageOf(error: unknown, locale: Locale = terminalLocale()): string {
  if (error instanceof Problem) {
    const { title, detail, errors = [] } = problemDocument(error, wordsOf(locale), '')
    return [`${title}: ${detail}`, ...errors.map(({ pointer, message }) => `  ${pointer}: ${message}`)].join('\n')
  }
  if (isOfSurroundings(error)) return error.message
  if (error instanceof ConcurrentChange) return 'Somebody else changed it at the same moment; run the command again.'
  if (isSystemError(error)) return systemMessage(error)
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Chinese unless the terminal says otherwise. */
export function terminalLocale(): Locale {
  const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
  return language.startsWith('en') ? 'en' : 'zh-CN'
}

/** Its message says what to do. */
function isOfSurroundings(error: unknown): error is Error {
  return [ConfigWrong, DatabaseHeld, DatabaseIsNewer, SealKeyMissing].some((kind) => error instanceof kind)
}

function isSystemError(error: unknown): error is Error & { code: string; path?: string; port?: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(E[A-Z]+|SQLITE_[A-Z]+)$/.test(error.code)
}

function systemMessage(error: Error & { code: string; path?: string; port?: number }): string {
  switch (error.code) {
    case 'ENOENT':
      return `There is no file ${error.path ?? ''}: check the path.`
    case 'EADDRINUSE':
      return `Port ${error.port ?? ''} is in use: stop what uses it, or set SUNMAO_PORT to another one (0 takes any free one).`
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return 'The disk is full: nothing was lost, nothing further was written. Free some space and run the command again.'
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EACCES':
    case 'EPERM':
      return `The database or its folder cannot be written (${error.code}): check the permissions, or name another file with SUNMAO_DATABASE.`
    case 'SQLITE_NOTADB':
      return 'The file is no SQLite database: name another one with SUNMAO_DATABASE.'
    default:
      return `${error.message} (${error.code})`
  }
}
