import { withoutSecrets } from './secrets.ts'

/** One JSON object a line on standard output. Facts are codes and ids, never secrets or what people wrote. */
export function log(level: 'info' | 'warn' | 'error', message: string, facts: Record<string, unknown> = {}): void {
  console.log(withoutSecrets(JSON.stringify({ level, message, ...facts })))
}
