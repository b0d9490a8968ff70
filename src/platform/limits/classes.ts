/** What a request is, to its limits. */
export type RequestClass = 'sign-in' | 'search' | 'read' | 'write' | 'export'

/** A request of the first line that fits; what reads and fits none is a page that searches or matches. */
const classes: [isReading: boolean | null, path: RegExp, requestClass: RequestClass][] = [
  [null, /\/exports?(\/|$)/, 'export'],
  [false, /^\/(sign-in|set-up)(\/|$)|^\/account\/(second-factor|password)/, 'sign-in'],
  [false, /^\/demands\/outlook(\/indicators)?$/, 'search'],
  [false, /^/, 'write'],
  [true, /^\/swagger\/|\.(css|js|svg)$|^\/robots\.txt$|^\/sitemap(\.xml$|s\/)/, 'read'],
  [true, /^\/api\/(search|recommendations|market)$|\/matches$/, 'search'],
  [true, /^\/(api|account|sign-in|set-up)\/|^\/(account|sign-in|language|docs|openapi\.json)$/, 'read'],
]

export function classOf(method: string, path: string): RequestClass {
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(method)
  return classes.find(([isReading, pattern]) => (isReading === null || isReading === reads) && pattern.test(path))?.[2] ?? 'search'
}
