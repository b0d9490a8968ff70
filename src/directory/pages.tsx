import { Hono } from 'hono'
import { isByOwnWord } from '../accounts/actions/known-actor.ts'
import { may } from '../accounts/permissions.ts'
import { listDemands } from '../demands/actions.ts'
import { evidenceRelations } from '../evidence/actions.ts'
import { publishedEnterprise, publishedExpert, publishedInstitution } from '../market/parts/published.ts'
import { belongingTo } from '../matching/belonging.ts'
import { foundOf, institutionsOf } from '../matching/parts/cards.tsx'
import { isSeeded } from '../matching/parts/matches.ts'
import { listOfferings, readOffering } from '../offerings/actions.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { readable } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { enterpriseActions, expertActions, expertRelations, institutionActions, parkActions, readsWorks } from './actions.ts'
import { EnterprisePage } from './enterprise-page.tsx'
import { ExpertPage } from './expert-page.tsx'
import type { Institution } from './institution.ts'
import { InstitutionPage } from './institution-page.tsx'
import { evidenceOf, experts, institutions } from './store.ts'

const listed = 20
/** Where all of an institution's are asked for. */
const listedAtMost = 200

/** Experts, institutions and enterprises. */
export function directoryPages() {
  return new Hono<Env>().get('/experts/:id', expertPage).get('/institutions/:id', institutionPage).get('/enterprises/:id', enterprisePage)
}

async function expertPage(c: AppContext) {
  const { ports, actor } = c.var
  const expert = await expertActions.read(ports, actor, c.req.param('id')!)
  const whole = await experts.find(ports.database, expert.id)
  // What somebody did would tell who it is.
  const areShown = !expert.isMasked && whole !== undefined && readsWorks(actor, whole)
  const works = areShown ? await evidenceOf(ports.database, { expertId: expert.id }) : []
  const offerings = await readable(
    works.flatMap(({ offeringId }) => offeringId ?? []),
    (id) => readOffering(ports, actor, id),
  )
  const employers = await institutionsOf(ports, actor, [expert])
  const isDemonstration = whole !== undefined && isSeeded(whole)
  const published = await publishedExpert(c, expert.id)
  const keepsWorks = whole !== undefined && may(actor, 'evidence.register', evidenceRelations(actor, whole))
  const mayAmend = whole !== undefined && may(actor, 'expert.amend', expertRelations(actor, whole))
  const props = { view: viewOf(c), expert, institutions: employers, works, offerings, isDemonstration, published, keepsWorks, mayAmend }
  return answerPage(c, <ExpertPage {...props} />)
}

async function institutionPage(c: AppContext) {
  const { ports, actor } = c.var
  const institution = await institutionActions.read(ports, actor, c.req.param('id')!)
  const parents = await readable(institution.parentId === null ? [] : [institution.parentId], (id) =>
    institutionActions.read(ports, actor, id),
  )
  const units = await unitsBelow(c, [institution.id])
  const subunits = await unitsBelow(
    c,
    units.map(({ id }) => id),
  )
  const all = [institution, ...units, ...subunits].map(({ id }) => id)
  const most = c.req.query('all') === undefined ? listed : listedAtMost
  const [people, results] = await Promise.all([
    belongingTo(ports, actor, 'expert', all, most),
    belongingTo(ports, actor, 'offering', all, most),
  ])
  const view = viewOf(c)
  const shown = {
    experts: { count: people.count, fields: people.fields, found: await foundOf(ports, actor, 'expert', people.items) },
    offerings: { count: results.count, fields: results.fields, found: await foundOf(ports, actor, 'offering', results.items) },
  }
  const [parent = null] = parents.values()
  const isDemonstration = isSeeded(institution) || [...people.items, ...results.items].some((item) => item.isDemonstration)
  const published = await publishedInstitution(c, institution.id)
  return answerPage(c, <InstitutionPage {...{ view, institution, parent, units, subunits, isDemonstration, published, ...shown }} />)
}

/** Units directly below these, as far as the reader may see them. */
async function unitsBelow(c: AppContext, parentIds: string[]): Promise<Institution[]> {
  if (parentIds.length === 0) return []
  const { ports, actor } = c.var
  const rows = await institutions.newest(ports.database, { parent_id: parentIds }, { after: null, limit: 100 })
  return [
    ...(
      await readable(
        rows.map(({ id }) => id),
        (id) => institutionActions.read(ports, actor, id),
      )
    ).values(),
  ]
}

async function enterprisePage(c: AppContext) {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const enterprise = await enterpriseActions.read(ports, actor, c.req.param('id')!)
  const page = { after: null, limit: listed }
  const [demands, offerings, parks] = await Promise.all([
    listDemands(ports, actor, { enterpriseId: enterprise.id }, page),
    listOfferings(ports, actor, { ownerId: enterprise.id }, page),
    readable(enterprise.parkId === null ? [] : [enterprise.parkId], (id) => parkActions.read(ports, actor, id)),
  ])
  const [park = null] = parks.values()
  const isDemonstration = isSeeded(enterprise) || [...demands.items, ...offerings.items].some(isSeeded)
  const published = await publishedEnterprise(c, enterprise.id)
  const isUnverified = await isByOwnWord(ports, enterprise)
  return answerPage(
    c,
    <EnterprisePage
      {...{ view, enterprise, park, demands: demands.items, offerings: offerings.items, isDemonstration, published }}
      isUnverified={isUnverified}
    />,
  )
}
