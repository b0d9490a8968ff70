import Sqlite from 'better-sqlite3'
import type { APIResponse, Browser, BrowserContext, Page } from 'playwright-core'
import { onDemo } from './demo-served.ts'
import type { Outcome } from './lines.ts'
import { kindOf, rolesOf, type Stop, signIn, type Walker, walk, walkAs } from './walk.ts'

/** Pages that are looked at for each reader, at full size; of one kind a few, for what it is about decides which forms it has. */
const pagesAtMost = 150
const ofKind = 4

/** A form of a page, by where it is sent. */
interface Form {
  action: string
  /** Its place among the forms of the page that are sent there. */
  among: number
  /** Fields to write in. */
  texts: number
  isSecret: boolean
  isOnce: boolean
  isVersioned: boolean
}
/** What came into being while something was done, by id. */
type Made = (act: () => Promise<unknown>) => Promise<string[]>
interface Trial {
  browser: Browser
  walker: Walker
  stop: Stop
  madeBy: Made
}
interface Found {
  refused: number
  expired: number
  twice: number
  stale: number
  faults: string[]
}

/** Every form that a reader of the demonstration meets: refused it comes back as it was written and leads to the field, and an ended session loses nothing. */
export function forms(scale: number): Promise<Outcome> {
  return onDemo(async (address, browser, database) => {
    const journal = new Sqlite(database, { readonly: true })
    // Row after row, in the order in which they were written.
    const made = journal.prepare<[number], { subject_id: string }>('select subject_id from journal where seq > ? and subject_version = 1')
    const last = journal.prepare<[], { n: number }>('select max(seq) as n from journal')
    const madeBy: Made = async (act) => {
      const { n } = last.get()!
      await act()
      return made.all(n).map((row) => row.subject_id)
    }
    const most = Math.max(8, Math.round(pagesAtMost * scale))
    const tried = new Set<string>()
    const found: Found = { refused: 0, expired: 0, twice: 0, stale: 0, faults: [] }
    const figures: Outcome['figures'] = {}
    for (const role of await rolesOf(browser, address)) {
      const before = tried.size
      await walkAs(browser, address, { role, locale: 'zh-CN' }, (walker) =>
        walk(walker, { most, ofKind, look: (stop) => tryForms({ browser, walker, stop, madeBy }, tried, found) }),
      )
      figures[`${role ?? 'not signed in'}: forms`] = tried.size - before
    }
    for (const [at, fault] of found.faults.slice(0, 40).entries()) figures[`fault ${at + 1}`] = fault
    Object.assign(figures, {
      forms: tried.size,
      refused: found.refused,
      expired: found.expired,
      twice: found.twice,
      stale: found.stale,
      faults: found.faults.length,
    })
    return { passed: found.faults.length === 0 && found.refused > 0 && found.expired > 0, figures }
  })
}

async function tryForms({ browser, walker, stop, madeBy }: Trial, tried: Set<string>, found: Found): Promise<void> {
  for (const form of await formsOn(walker.page)) {
    const name = `${stop.kind} ${kindOf(form.action)}`
    if (tried.has(name)) continue
    // A visitor is asked to sign in; who has, comes to the form later.
    if (walker.role !== null || comingAndGoing.test(form.action)) tried.add(name)
    const tell = (what: string) => found.faults.push(`${walker.role ?? 'nobody'} at ${stop.path}, form to ${kindOf(form.action)}: ${what}`)
    try {
      if (form.texts > 0 && !form.isSecret) {
        await tryRefusal(walker, stop, form, tell)
        found.refused++
      }
      if (form.isVersioned && form.texts > 0 && (await tryStale(walker, stop, form, tell))) found.stale++
      if (walker.role !== null && !comingAndGoing.test(form.action)) {
        await tryExpiry(browser, walker, walker.role, stop, form, { madeBy, tell })
        found.expired++
        if (form.isOnce) found.twice++
      }
    } catch (error) {
      tell(String(error).replaceAll(/\s+/g, ' ').slice(0, 200))
    }
  }
}

/** Forms that need no session. */
const comingAndGoing = /^\/(sign-in|sign-out|unfinished)/

const formsOn = (page: Page) =>
  page.evaluate<Form[]>(`[...document.querySelectorAll('form[method=post i]')].map((form, at, all) => ({
    action: new URL(form.action).pathname,
    among: all.slice(0, at).filter((other) => other.action === form.action).length,
    texts: [...form.querySelectorAll('${writable}')].length,
    isSecret: form.querySelector('input[type=password], input[name=code]') !== null,
    isOnce: form.querySelector('input[name=once]') !== null,
    isVersioned: form.querySelector('input[name=version]') !== null,
  }))`)
const writable = 'input:not([type]), input[type=text], input[type=tel], input[type=email], textarea'

/** What is much longer than any field takes. */
const tooLong = '长'.repeat(25_000)

/** Something is too long: the whole form comes back, with what is wrong said at the field. */
async function tryRefusal({ context, address, role }: Walker, { path }: Stop, form: Form, tell: (what: string) => unknown): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(address + path)
    const written = await write(page, form)
    if (written === null) return
    const wrong = await page.evaluate<string>(`(() => {
      const form = ${formAt(form)}
      const field = form.querySelector('textarea') ?? form.querySelector('${writable}')
      field.value = ${JSON.stringify(tooLong)}
      return field.name
    })()`)
    const status = await send(page, form)
    if (status < 400 || status >= 500) return void tell(`what is too long in ${wrong} is answered with ${status}`)
    const kept = await valuesOn(page)
    for (const [name, value] of written)
      if (name !== wrong && !kept.includes(value)) tell(`what was written in ${name} is lost after a refusal (${status})`)
    if (!kept.some((value) => value.length >= tooLong.length)) tell(`what was too long in ${wrong} is lost`)
    if (role === null && status === 401) return
    const leads = await page.evaluate<string | null>(`(() => {
      const link = document.querySelector('.summary a[href^="#"]')
      const field = link === null ? null : document.getElementById(link.getAttribute('href').slice(1))
      return field?.name ?? field?.querySelector('[name]')?.name ?? field?.id ?? document.querySelector('[aria-invalid=true]')?.name ?? null
    })()`)
    if (leads === null) tell(`nothing leads to ${wrong}, which is too long (${status})`)
  } finally {
    await page.close()
  }
}

/** The session ends while the form is written: it says so, and once he has signed in again it can be sent as it was. */
async function tryExpiry(
  browser: Browser,
  { address }: Walker,
  role: string,
  { path }: Stop,
  form: Form,
  { madeBy, tell }: { madeBy: Made; tell(what: string): unknown },
): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const elsewhere = await browser.newContext({ locale: 'zh-CN' })
  try {
    const page = await context.newPage()
    await signIn({ page, address }, role)
    await page.goto(address + path)
    const written = await write(page, form)
    if (written === null) return
    await elsewhere.addCookies(await context.cookies())
    const ended = await elsewhere.request.post(`${address}/sign-out`, { headers: { origin: address }, maxRedirects: 0 })
    if (ended.status() !== 303) return void tell(`the session cannot be ended: ${ended.status()}`)
    const status = await send(page, form)
    if (status !== 401) return void tell(`after the end of the session it is answered with ${status}`)
    const kept = await valuesOn(page)
    const lost = written.filter(([, value]) => !kept.includes(value)).map(([name]) => name)
    if (form.isSecret) return void (lost.length < written.length && written.length > 0 && tell('a form that holds a secret is shown again'))
    if (lost.length > 0) return void tell(`the end of the session loses ${lost.join(', ')}`)
    if (form.texts === 0) return
    const again = await context.newPage()
    await signIn({ page: again, address }, role)
    await sendTwice(context, page, form, written, { madeBy, tell })
  } finally {
    await context.close()
    await elsewhere.close()
  }
}

/** What was kept is sent by two presses at once: it makes one thing and leads to one place, or is refused and comes back. */
async function sendTwice(
  context: BrowserContext,
  page: Page,
  form: Form,
  written: readonly [string, string][],
  { madeBy, tell }: { madeBy: Made; tell(what: string): unknown },
): Promise<void> {
  const { origin } = new URL(page.url())
  const kept = formAt({ ...form, among: 0 })
  if ((await page.evaluate<string>(`${kept}.enctype`)) === 'multipart/form-data') {
    // Files make a body of their own kind: pressed once, as a browser sends it.
    const status = await send(page, { ...form, among: 0 })
    if (status === 401) tell('it cannot be sent after signing in again')
    const shown = await page.evaluate<string>('document.documentElement.textContent')
    const values = (await valuesOn(page)).concat(shown)
    if (status >= 400)
      for (const [name, value] of written)
        if (!values.some((each) => each.includes(value))) tell(`${name} is lost when it is sent after signing in again (${status})`)
    return
  }
  const data = await page.evaluate<string>(`new URLSearchParams(new FormData(${kept})).toString()`)
  const headers = { origin, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }
  const press = () => context.request.post(origin + form.action, { headers, data, maxRedirects: 0 })
  let answers: APIResponse[] = []
  const made = await madeBy(async () => {
    answers = await Promise.all([press(), press()])
  })
  const [first, second] = answers.map((answer) => `${answer.status()} ${answer.headers().location ?? ''}`)
  if (first?.startsWith('401')) return void tell('it cannot be sent after signing in again')
  if (first?.startsWith('4')) {
    const html = await answers[0]!.text()
    for (const [name, value] of written)
      if (!html.includes(value)) tell(`${name} is lost when it is sent after signing in again (${first})`)
    return
  }
  if (form.isOnce && first !== second) tell(`two presses lead to ${first} and ${second}`)
  const kinds = made.map((id) => id.slice(0, 4))
  if (form.isOnce && new Set(kinds).size < kinds.length) tell(`two presses made ${made.join(', ')}`)
}

/** Open in two windows and saved in both: the second shows what the first wrote and what was written in it. */
async function tryStale({ context, address }: Walker, { path }: Stop, form: Form, tell: (what: string) => unknown): Promise<boolean> {
  const pages = [await context.newPage(), await context.newPage()]
  try {
    for (const page of pages) await page.goto(address + path)
    const wrote: string[] = []
    for (const [at, page] of pages.entries()) {
      const text = await page.evaluate<string>(`(() => {
        const form = ${formAt(form)}
        form.noValidate = true
        const field = form.querySelector('textarea') ?? form.querySelector('${writable}')
        field.value = (field.value + ' 第${at + 1}个窗口写的').trim()
        return field.value
      })()`)
      wrote.push(text)
      const status = await send(page, form)
      if (at === 0 && status >= 400) return false
      if (at === 0) continue
      if (status !== 412 && status !== 409 && status !== 422) tell(`saved over what another window had saved (${status})`)
      const shown = await page.evaluate<string>(
        `document.querySelector('main').textContent + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' ')`,
      )
      for (const [window, each] of wrote.entries())
        if (!shown.replaceAll(/\s+/g, '').includes(each.slice(-7))) tell(`what window ${window + 1} wrote is not shown (${status})`)
    }
    return true
  } finally {
    for (const page of pages) await page.close()
  }
}

/** A form of a page, whatever else stands before it: others come and go. */
const formAt = ({ action, among }: Form) =>
  `[...document.querySelectorAll('form[method=post i]')].filter((form) => new URL(form.action).pathname === '${action}')[${among}]`

/**
 * Writes a text of its own in every field for texts, and what may stand there in the others; gives what was written where. Null where the form
 * has gone, because another trial has done what it does.
 */
function write(page: Page, form: Form): Promise<[string, string][] | null> {
  return page.evaluate<[string, string][] | null>(`(() => {
    const form = ${formAt(form)}
    if (form === undefined) return null
    form.noValidate = true
    for (const field of form.querySelectorAll('select')) if (field.value === '') field.selectedIndex = 1
    const boxes = form.querySelectorAll('input[type=checkbox]')
    if (boxes.length > 0) boxes[0].checked = true
    const proper = { tel: '13812345678', email: 'feng@example.com' }
    return [...form.querySelectorAll('${writable}')].map((field, at) => {
      field.value = proper[field.type] ?? '试写的内容 ' + (at + 1)
      return [field.name, field.value]
    })
  })()`)
}

const valuesOn = (page: Page) => page.evaluate<string[]>(`[...document.querySelectorAll('input, textarea')].map((field) => field.value)`)

/** Sends a form by its first button; the status of the page that comes. */
async function send(page: Page, form: Form): Promise<number> {
  const loaded = page.waitForEvent('load')
  const answered = page.waitForResponse((response) => response.request().isNavigationRequest() && response.frame() === page.mainFrame())
  await page.evaluate(`(() => {
    const form = ${formAt(form)}
    form.requestSubmit(form.querySelector('button:not([type=button]), input[type=submit]'))
  })()`)
  const response = await answered
  await loaded
  return response.status()
}
