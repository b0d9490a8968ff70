import { Broker, blankBroker } from '../src/directory/broker.ts'
import { blankEnterprise, Enterprise } from '../src/directory/enterprise.ts'
import { blankEvidence, Evidence } from '../src/directory/evidence.ts'
import { blankExpert, Expert } from '../src/directory/expert.ts'
import { blankInstitution, Institution } from '../src/directory/institution.ts'
import { blankPark, Park } from '../src/directory/park.ts'
import {
  type Clock,
  classificationOf,
  dayIn,
  fenOf,
  idOf,
  instantAgo,
  type Row,
  readRows,
  referenceOf,
  regionOf,
  storedOf,
  without,
} from './rows.ts'

/** Who takes part in the demonstration city: rows of the seed files as whole nouns. */

export function parksOf(clock: Clock): Promise<Park[]> {
  return Promise.all(
    readRows('parks').map(async (row) => Park.parse({ ...blankPark, ...common(row), ...(await storedOf('park', row, clock)) })),
  )
}

export function brokersOf(clock: Clock): Promise<Broker[]> {
  return Promise.all(
    readRows('brokers').map(async (row) => Broker.parse({ ...blankBroker, ...common(row), ...(await storedOf('broker', row, clock)) })),
  )
}

export function enterprisesOf(clock: Clock): Promise<Enterprise[]> {
  return Promise.all(
    readRows('enterprises').map(async (row) =>
      Enterprise.parse({
        ...blankEnterprise,
        ...common(row, 'park'),
        parkId: await referenceOf('park', row.park),
        ...(await storedOf('enterprise', row, clock)),
      }),
    ),
  )
}

export function institutionsOf(clock: Clock): Promise<Institution[]> {
  return Promise.all(
    readRows('institutions').map(async (row) =>
      Institution.parse({
        ...blankInstitution,
        ...common(row, 'parent'),
        parentId: await referenceOf('institution', row.parent),
        // The institutions of the demonstration city vet their own listings.
        hasStandingTrust: row.parent === undefined,
        ...(await storedOf('institution', row, clock)),
      }),
    ),
  )
}

export const expertRows = () => [...readRows('experts-equipment-materials'), ...readRows('experts-food-energy')]

export function expertsOf(clock: Clock): Promise<Expert[]> {
  return Promise.all(
    expertRows().map(async (row) => {
      const { capacity, affiliations, confirmedDaysAgo, minFeeYuan } = row as Row & {
        capacity?: { daysPerYear?: number; maxParallel?: number; freeInDays?: number } | null
        affiliations: { institution: string; department?: string | null; post?: string | null }[]
      }
      return Expert.parse({
        ...blankExpert,
        claimed: false,
        enrolled: null,
        ...common(row, 'capacity', 'affiliations', 'confirmedDaysAgo', 'minFeeYuan', 'evidence'),
        affiliations: await Promise.all(
          affiliations.map(async ({ institution, department, post }) => ({
            institutionId: await idOf('institution', institution),
            department: department ?? null,
            post: post ?? null,
          })),
        ),
        capacity: capacity
          ? {
              daysPerYear: capacity.daysPerYear ?? null,
              maxParallel: capacity.maxParallel ?? null,
              freeFrom: dayIn(clock, capacity.freeInDays),
            }
          : null,
        minFeeFen: fenOf(minFeeYuan),
        confirmedAt: instantAgo(clock, confirmedDaysAgo),
        ...(await storedOf('expert', row, clock)),
      })
    }),
  )
}

/** Experts' own rows, and one row for each completer of an offering, in order. */
export async function evidenceOf(clock: Clock, offeringRows: Row[]): Promise<Evidence[]> {
  const own = expertRows().flatMap((expert) =>
    ((expert.evidence as Record<string, unknown>[] | undefined) ?? []).map((row, at) => ({
      expert: expert.key,
      row,
      at,
      key: `${expert.key}-evidence-${at + 1}`,
    })),
  )
  const completers = offeringRows.flatMap((offering) =>
    ((offering.completers as string[] | undefined) ?? []).map((expert, at) => ({
      expert,
      offering: offering.key,
      at,
      key: `${offering.key}-completer-${at + 1}`,
    })),
  )
  return Promise.all([
    ...own.map(async ({ expert, row: { daysAgo, ...row }, at, key }) =>
      Evidence.parse({
        ...blankEvidence,
        ...row,
        expertId: await idOf('expert', expert),
        on: dayIn(clock, typeof daysAgo === 'number' ? -daysAgo : null),
        position: at + 1,
        verifiedBy: null,
        ...(await storedOf('evidence', { key }, clock)),
      }),
    ),
    ...completers.map(async ({ expert, offering, at, key }) =>
      Evidence.parse({
        ...blankEvidence,
        kind: 'result',
        role: at === 0 ? 'lead' : 'member',
        expertId: await idOf('expert', expert),
        offeringId: await idOf('offering', offering),
        position: at + 1,
        verifiedBy: null,
        ...(await storedOf('evidence', { key }, clock)),
      }),
    ),
  ])
}

function common(row: Row, ...names: string[]): Record<string, unknown> {
  return { ...without(row, ...names), classification: classificationOf(row), region: regionOf(row) }
}
