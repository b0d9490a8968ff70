import { Hono } from 'hono'
import { postedFields } from '../accounts/form.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { Empty, Notice, Paragraphs, Rows, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { giveJudgment } from './actions/give.ts'
import { nextPair, pairFor } from './actions/next.ts'
import { type BlindPair, JudgmentRequest, type NextPair } from './judgment.ts'

/** Pairs to judge without knowing whose they are. */
export function qualityPages() {
  return new Hono<Env>()
    .get('/judgments', async (c) => {
      const { ports, actor } = c.var
      const last = { demandId: c.req.query('demand'), supplyId: c.req.query('supply') }
      const before =
        last.demandId === undefined || last.supplyId === undefined
          ? null
          : await pairFor(ports, actor, { demandId: last.demandId, supplyId: last.supplyId })
      return judging(c, await nextPair(ports, actor), before)
    })
    .post('/judgments', async (c) => {
      const fields = await postedFields(c)
      const request = parseInput(JudgmentRequest, { ...fields, grade: Number(fields.grade) })
      const { demandId, supplyId } = await giveJudgment(c.var.ports, c.var.actor, request)
      return c.redirect(`/judgments?demand=${demandId}&supply=${supplyId}`, 303)
    })
    .get('/judgments/:demandId/:supplyId', async (c) => {
      const { ports, actor } = c.var
      const { pair, grade } = await pairFor(ports, actor, { demandId: c.req.param('demandId'), supplyId: c.req.param('supplyId') })
      const view = viewOf(c)
      return answerPage(
        c,
        <Frame view={view}>
          {grade !== null && <Notice>{view.words.quality.was(view.words.quality.grades[grade]!.name)}</Notice>}
          <Pair view={view} pair={pair} />
        </Frame>,
      )
    })
}

type Before = Awaited<ReturnType<typeof pairFor>>

function judging(c: AppContext, { pair, given, waiting }: NextPair, before: Before | null) {
  const view = viewOf(c)
  const { quality } = view.words
  return answerPage(
    c,
    <Frame view={view}>
      {before !== null && before.grade !== null && (
        <Notice>
          {quality.noted(quality.grades[before.grade]!.name)}{' '}
          <a href={`/judgments/${before.pair.demand.id}/${before.pair.supply.id}`}>{quality.change}</a>
        </Notice>
      )}
      <p class="quiet">{quality.progress(given, waiting)}</p>
      {pair === null ? <Empty title={quality.none.title} text={quality.none.text} /> : <Pair view={view} pair={pair} />}
    </Frame>,
  )
}

function Frame({ view, children }: { view: View; children?: unknown }) {
  const { quality } = view.words
  return (
    <Page view={view} title={quality.title}>
      <h1>{quality.title}</h1>
      <div class="stack">
        <p class="lead">{quality.lead}</p>
        {children}
      </div>
    </Page>
  )
}

function Pair({ view, pair: { demand, supply } }: { view: View; pair: BlindPair }) {
  const { quality } = view.words
  const { locale } = view
  return (
    <form method="post" action="/judgments" class="stack">
      <input type="hidden" name="demandId" value={demand.id} />
      <input type="hidden" name="supplyId" value={supply.id} />
      <div class="halves">
        <section class="card">
          <h2>{quality.asked}</h2>
          <h3>
            <Written text={demand.title} locale={locale} />
          </h3>
          <Paragraphs text={demand.text} locale={locale} />
          {demand.indicators.length > 0 && (
            <ul>
              {demand.indicators.map((text) => (
                <li>
                  <Written text={text} locale={locale} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <section class="card">
          <h2>{quality.offered}</h2>
          <h3>
            <Written text={supply.title} locale={locale} />
          </h3>
          <Paragraphs text={supply.text} locale={locale} />
        </section>
      </div>
      <section class="card">
        <h2>{quality.question}</h2>
        <Rows rows={quality.grades.map(({ name, meaning }) => [name, meaning])} />
        <Actions>
          {quality.grades.map(({ name }, grade) => (
            <Button name="grade" value={String(grade)} tone="plain">
              {name}
            </Button>
          ))}
        </Actions>
      </section>
    </form>
  )
}
