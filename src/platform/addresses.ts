import ipaddr from 'ipaddr.js'

/** One caller's part of the address space: an IPv4 address, or the /64 that one connection of IPv6 is given. Null for what is no address. */
export function callerOf(address: string): string | null {
  const parsed = read(address)
  if (parsed === null) return null
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const { parts } = parsed as ipaddr.IPv6
  return `${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}

/** Whether an address is one of the public internet: no loopback, no private or link-local range, no tunnel or translation that could lead into one. */
export function isPublicAddress(address: string): boolean {
  const parsed = read(address)
  // Beyond 2000::/3 no IPv6 address is given out, whatever name its range has.
  const isGivenOut = parsed?.kind() === 'ipv4' || (parsed as ipaddr.IPv6 | null)?.match(globalIpv6, 3)
  return isGivenOut === true && parsed?.range() === 'unicast'
}

const globalIpv6 = ipaddr.IPv6.parse('2000::')

/** Addresses at which clouds tell their machines secrets: nobody configures one on purpose. */
const metadata = ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32', 'fe80::/10', 'fd00:ec2::254/128']

/** Whether an address is one that gives out a machine's own secrets, or not an address at all. */
export function isMetadataAddress(address: string): boolean {
  const parsed = read(address)
  if (parsed === null) return true
  return metadata.some((range) => {
    const [network, bits] = ipaddr.parseCIDR(range)
    return network.kind() === parsed.kind() && parsed.match([network, bits] as [ipaddr.IPv4 & ipaddr.IPv6, number])
  })
}

/** Whether a host of a URL is an address and no name. */
export function isAddress(host: string): boolean {
  return read(host) !== null
}

/** More than the longest address with its brackets, zone and port. */
const longest = 100

/** With or without brackets, port and zone; IPv4 within IPv6 is what it stands for. */
function read(written: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (written.length > longest) return null
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(written)?.[1] ?? written.replace(/^([\d.]+):\d+$/, '$1')
  const [plain = ''] = bare.split('%', 1)
  // Only the whole form with four figures: what a browser's URL turns 0x7f.1 into.
  return ipaddr.IPv4.isValidFourPartDecimal(plain) || ipaddr.IPv6.isValid(plain) ? ipaddr.process(plain) : null
}
