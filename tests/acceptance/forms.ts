import type { Browser, Page } from 'playwright-core'
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
}
interface Found {
  refused: number
  expired: number
  faults: string[]
}

/** Every form that a reader of the demonstration meets: refused it comes back as it was written and leads to the field, and an ended session loses nothing. */
export function forms(scale: number): Promise<Outcome> {
  return onDemo(async (address, browser) => {
    const most = Math.max(8, Math.round(pagesAtMost * scale))
    const tried = new Set<string>()
    const found: Found = { refused: 0, expired: 0, faults: [] }
    const figures: Outcome['figures'] = {}
    for (const role of await rolesOf(browser, address)) {
      const before = tried.size
      await walkAs(browser, address, { role, locale: 'zh-CN' }, (walker) =>
        walk(walker, { most, ofKind, look: (stop) => tryForms(browser, walker, stop, tried, found) }),
      )
      figures[`${role ?? 'not signed in'}: forms`] = tried.size - before
    }
    for (const [at, fault] of found.faults.slice(0, 40).entries()) figures[`fault ${at + 1}`] = fault
    Object.assign(figures, { forms: tried.size, refused: found.refused, expired: found.expired, faults: found.faults.length })
    return { passed: found.faults.length === 0 && found.refused > 0 && found.expired > 0, figures }
  })
}

async function tryForms(browser: Browser, walker: Walker, stop: Stop, tried: Set<string>, found: Found): Promise<void> {
  for (const form of await formsOn(walker.page)) {
    const name = `${stop.kind} ${kindOf(form.action)}`
    if (tried.has(name)) continue
    tried.add(name)
    const tell = (what: string) => found.faults.push(`${walker.role ?? 'nobody'} at ${stop.path}, form to ${kindOf(form.action)}: ${what}`)
    try {
      if (form.texts > 0 && !form.isSecret) {
        await tryRefusal(walker, stop, form, tell)
        found.refused++
      }
      if (walker.role !== null && !comingAndGoing.test(form.action)) {
        await tryExpiry(browser, walker, walker.role, stop, form, tell)
        found.expired++
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
  }))`)
const writable = 'input:not([type]), input[type=text], input[type=tel], input[type=email], textarea'

/** What is much longer than any field takes. */
const tooLong = '长'.repeat(25_000)

/** Something is too long: the whole form comes back, with what is wrong said at the field. */
async function tryRefusal({ context, address }: Walker, { path }: Stop, form: Form, tell: (what: string) => unknown): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(address + path)
    const written = await write(page, form)
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
  tell: (what: string) => unknown,
): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const elsewhere = await browser.newContext({ locale: 'zh-CN' })
  try {
    const page = await context.newPage()
    await signIn({ page, address }, role)
    await page.goto(address + path)
    const written = await write(page, form)
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
    const sent = await send(page, { ...form, among: 0 })
    if (sent === 401) return void tell('it cannot be sent after signing in again')
    const after = await valuesOn(page)
    if (sent >= 400)
      for (const [name, value] of written)
        if (!after.includes(value)) tell(`${name} is lost when it is sent after signing in again (${sent})`)
  } finally {
    await context.close()
    await elsewhere.close()
  }
}

/** A form of a page, whatever else stands before it: others come and go. */
const formAt = ({ action, among }: Form) =>
  `[...document.querySelectorAll('form[method=post i]')].filter((form) => new URL(form.action).pathname === '${action}')[${among}]`

/** Writes a text of its own in every field for texts; gives what stands where. */
function write(page: Page, form: Form): Promise<[string, string][]> {
  return page.evaluate<[string, string][]>(`(() => {
    const form = ${formAt(form)}
    form.noValidate = true
    return [...form.querySelectorAll('${writable}')].map((field, at) => {
      field.value = '试写的内容 ' + (at + 1)
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
