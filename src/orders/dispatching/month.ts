import { type Catalogue, codeNow, type DispatchRules } from '../../catalogue/index.ts'
import type { OrderRules } from '../rules.ts'
import { type OwnersGround, ownersOf } from './owners.ts'

/** Orders of one kind in one place. */
export type Combination = {
  readonly kind: string
  readonly district: string
  readonly street: string
  readonly count: number
}

/** The unit now and the unit by the draft; undefined if a dispatcher would decide. */
export type MovedOrders = Combination & { readonly from: string | undefined; readonly to: string | undefined }

/**
 * Orders that another dispatch catalogue would send elsewhere, the most frequent first. @param on the day that both
 * are read for, for example 2026-01-05
 */
export function movesBetween(
  combinations: readonly Combination[],
  next: DispatchRules,
  { catalogue, rules }: { readonly catalogue: Catalogue; readonly rules: OrderRules },
  on: string,
): readonly MovedOrders[] {
  const { units, territory } = rules
  const now: OwnersGround = { catalogue, rules }
  const then: OwnersGround = { catalogue, rules: { units, territory, dispatch: next } }
  return combinations
    .flatMap(one => {
      const kind = catalogue.kinds.get(codeNow(catalogue, one.kind))
      if (!kind) return []
      const [from, to] = [now, then].map(ground => ownersOf(kind, one, ground, on)?.lead)
      return from === to ? [] : [{ ...one, from, to }]
    })
    .toSorted((one, other) => other.count - one.count)
}
