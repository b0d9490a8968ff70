import { withoutSecrets } from './secrets.ts'

/**
 * One JSON object a line on standard output. Facts are codes and ids, never secrets or what people wrote; errors of others may hold
 * either, so that whatever looks like a secret or a person's address is taken out of every line.
 */
export function log(level: 'info' | 'warn' | 'error', message: string, facts: Record<string, unknown> = {}): void {
  console.log(withoutTelling(JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })))
}

/** What is told of something that may not be told: its kind at most. Each leaves a line of JSON one. */
const telling: [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[^\s"\\,]+/gi, '$1 …'],
  [/\b(session_token|two_factor|device)=[^\s"\\;,]+/g, '$1=…'],
  [/otpauth:[^\s"\\]+/g, 'otpauth:…'],
  // Queries hold what people look for, and on the demonstration a code.
  [/\?[\w.%~-]{1,60}=[^\s"'\\)]*/g, '?…'],
  [/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '…@…'],
  [/(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)/g, '1**********'],
]

function withoutTelling(line: string): string {
  return telling.reduce((text, [pattern, told]) => text.replaceAll(pattern, told), withoutSecrets(line))
}
