import type { Server } from 'node:http'
import { callerOf } from '../addresses.ts'

/** How long a caller may take for the head of a request, and for the whole of it; what is slower is ended, and told so. */
export const patience = { headersTimeout: 20_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 }

/** More than the browsers of an office open; whoever holds connections open without asking anything holds none of the others. */
const connectionsOfOneAddress = 300

/** Ends what one address opens beyond its share. Behind a proxy all connections are the proxy's own: there it is not to be used. */
export function shareConnections(server: Pick<Server, 'on'>, atMost = connectionsOfOneAddress): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = callerOf(socket.remoteAddress ?? '')
    if (address === null) return
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = open.get(address)! - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
    if (count > atMost) socket.destroy()
  })
}
