import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export type Words = typeof zhCN
export type Locale = 'zh-CN' | 'en'

const dictionaries: Record<Locale, Words> = { 'zh-CN': zhCN, en }

export function wordsOf(locale: Locale): Words {
  return dictionaries[locale]
}

/** The language asked for: `?lang=` first, then the cookie, then Accept-Language; Chinese otherwise. */
export function localeOf(request: { query: string | undefined; cookie: string | undefined; acceptLanguage: string | undefined }): Locale {
  const chosen = request.query ?? request.cookie
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  const preferred = (request.acceptLanguage ?? '')
    .split(',')
    .map((part) => part.trim().split(';q='))
    .map(([tag = '', quality]) => ({ tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }))
    .sort((a, b) => b.quality - a.quality)
    .find(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'))
  return preferred?.tag.startsWith('en') ? 'en' : 'zh-CN'
}
