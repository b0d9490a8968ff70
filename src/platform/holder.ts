import { closeSync, openSync, readFileSync, rmSync, unlinkSync, writeSync } from 'node:fs'

/** Who holds a database file: a server, beside which nobody else may serve, migrate or reset. */
export interface Holder {
  pid: number
  address: string
}

/** The database is held by a running server. */
export class DatabaseHeld extends Error {
  constructor({ pid, address }: Holder, file: string) {
    super(
      `${file} is in use by the server with pid ${pid} at ${address}. Stop it first (kill ${pid}), or use another database (SUNMAO_DATABASE).`,
    )
    this.name = 'DatabaseHeld'
  }
}

/** Takes hold of a database file until `release`; refuses while another live process holds it. A dead process holds nothing. */
export function hold(file: string, address: string): { release(): void; move(address: string): void } {
  const lock = `${file}.holder`
  refuseHeld(file)
  let descriptor: number
  try {
    descriptor = openSync(lock, 'wx')
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
    refuseHeld(file)
    unlinkSync(lock)
    descriptor = openSync(lock, 'wx')
  }
  const write = (where: string) => writeSync(descriptor, JSON.stringify({ pid: process.pid, address: where }).padEnd(200), 0)
  write(address)
  return {
    move: write,
    release() {
      closeSync(descriptor)
      rmSync(lock, { force: true })
    },
  }
}

/** Throws `DatabaseHeld` if a live process other than this one holds the file. */
export function refuseHeld(file: string): void {
  const holder = holderOf(file)
  if (holder !== null) throw new DatabaseHeld(holder, file)
}

/** The live process that holds a database file, or null. */
export function holderOf(file: string): Holder | null {
  let holder: Holder
  try {
    holder = JSON.parse(readFileSync(`${file}.holder`, 'utf8'))
  } catch {
    // No file, or one that a crash left half written: nobody holds it.
    return null
  }
  return holder.pid !== process.pid && isAlive(holder.pid) ? holder : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}
