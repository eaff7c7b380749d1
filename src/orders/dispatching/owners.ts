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
 * Whose an order of a kind is in a place: by the dispatch catalogue, or by what the kind itself says where a city keeps none.
 * @param date as 2026-01-05, where the city is
 * @returns undefined where nobody is named: a dispatcher says it
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

/** Of a unit that somebody names: it leads, and who reads its orders reads this one. */
export const alone = (unit: string, rules: Pick<OrderRules, 'units' | 'territory'>): DispatchAnswer => ({
  lead: unit,
  coUnits: [],
  copies: copiesOf(rules, unit),
})
