import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomSecret } from './secrets.ts'

/** The secret that a file keeps, made at first use and readable by its owner alone; a new one every time where there is no file. */
export function keptSecret(file: string | null): string {
  if (file === null) return randomSecret('sms')
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, randomSecret('sms'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
