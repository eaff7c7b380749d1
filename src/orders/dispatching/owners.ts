import {
  type Catalogue,
  type CatalogueKind,
  copiesOf,
  type DispatchAnswer,
  dispatchAnswer,
  successorOf,
  unitFor,
} from '../../catalogue/index.ts'
import type { OrderRules } from '../rules.ts'

export type OwnersGround = {
  readonly catalogue: Pick<Catalogue, 'objects' | 'units' | 'instead'>
  readonly rules: Pick<OrderRules, 'units' | 'territory' | 'dispatch'>
}

type Place = { readonly district?: string | undefined; readonly street?: string | undefined }

/**
 * The unit for a kind in a place: by the dispatch catalogue or, in a city without one, by the kind itself.
 * @param date in the city, for example 2026-01-05
 * @returns undefined if no unit is named and a dispatcher has to decide
 */
export function ownersOf(
  kind: Pick<CatalogueKind, 'code' | 'object'>,
  { district, street }: Place,
  { catalogue, rules }: OwnersGround,
  date: string,
): DispatchAnswer | undefined {
  const { rows } = rules.dispatch
  if (rows.length > 0) return dispatchAnswer(rules, rows, { kind: kind.code, district, street }, date)
  const object = catalogue.objects.get(kind.object)
  const named = object && unitFor(catalogue, object, district ?? '')
  return named === undefined ? undefined : alone(successorOf(rules.units, named), rules)
}

/** The answer for a unit chosen by a person: it leads, and its usual copies apply. */
export const alone = (unit: string, rules: Pick<OrderRules, 'units' | 'territory'>): DispatchAnswer => ({
  lead: unit,
  coUnits: [],
  copies: copiesOf(rules, unit),
})
