/** A person as a cell names him: any of it may be missing. */
export interface FoundContact {
  name: string | null
  phone: string | null
  email: string | null
  /** Further numbers and addresses. */
  rest: string
}

const mobile = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/g
const landline = /(?<!\d)\(?(0\d{2,3})\)?[- ]?(\d{7,8})(?:\s*(?:转|-|ext\.?)\s*(\d{1,5}))?(?!\d)/gi
const local = /(?<![\d-])\d{7,8}(?![\d-])/g
const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
/** What stands before a number and says no more than that it is one. */
const signs = /(?:联系电话|手机号码|手机号|手机|电话|座机|微信同号|微信|办公室|tel|mobile|phone|e-?mail|邮箱)[:.]?/gi

/** Longer texts tell of somebody. */
const longestContact = 300

/** A cell of names, numbers and addresses, taken apart. Of several numbers the mobile one counts. */
export function contactIn(written: string): FoundContact {
  if (written.length > longestContact) return { name: null, phone: null, email: null, rest: '' }
  const text = written.normalize('NFKC').replaceAll(/[—–－]+/g, '-')
  const mobiles = [...text.matchAll(mobile)].map(([, a, b, c]) => `${a}${b}${c}`)
  const withoutMobiles = text.replaceAll(mobile, ' ')
  const landlines = [...withoutMobiles.matchAll(landline)].map(
    ([, area, number, extension]) => `${area}-${number}${extension ? `转${extension}` : ''}`,
  )
  const withoutNumbers = withoutMobiles.replaceAll(landline, ' ')
  const locals = [...withoutNumbers.matchAll(local)].map(([number]) => number)
  const emails = [...withoutNumbers.matchAll(email)].map(([address]) => address)
  const name = withoutNumbers
    .replaceAll(local, ' ')
    .replaceAll(email, ' ')
    .replaceAll(signs, ' ')
    .replaceAll(/\(\s*\)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s:,、/;，；：|-]+/, '')
    .replace(/[\s:,、/;，；：|-]+$/, '')
  const [phone = null, ...morePhones] = [...mobiles, ...landlines, ...locals]
  const [address = null, ...moreAddresses] = emails
  return { name: nameAsWritten(name, written), phone, email: address, rest: [...morePhones, ...moreAddresses].join('、') }
}

/** In its own brackets and letters, where it stands so in the cell. */
function nameAsWritten(name: string, written: string): string | null {
  if (name === '' || !/\p{L}/u.test(name)) return null
  const wide = name.replaceAll('(', '（').replaceAll(')', '）')
  return written.includes(name) ? name : written.includes(wide) ? wide : name
}
