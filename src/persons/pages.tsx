import { Hono } from 'hono'
import type { Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { viewOf } from '../platform/web/view.ts'
import { findPrivacy } from '../privacy/store.ts'
import { noticeOf } from './parts/notice.ts'
import { PrivacyPage } from './privacy-page.tsx'

/** What is held about people, and one's own. */
export function personPages() {
  return new Hono<Env>().get('/privacy', async (c) => {
    const view = viewOf(c)
    return answerPage(c, <PrivacyPage view={view} notice={noticeOf(await findPrivacy(c.var.ports.database), view.words)} />)
  })
}
