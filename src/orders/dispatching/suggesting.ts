import {
  type Catalogue,
  type CatalogueKind,
  type CatalogueObject,
  codeNow,
  kindName,
} from '../../catalogue/index.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import { mostSuggested, type SuggestedUnit } from './api.ts'
import { ownersOf } from './owners.ts'

/** What an order's text resembles, the most similar object first, with the object's kinds, nearest first. */
export type KindsLike = {
  readonly isUnsure: boolean
  readonly found: readonly {
    readonly object: string
    readonly sure: number
    readonly why: readonly string[]
    readonly kinds: readonly { readonly code: string }[]
  }[]
}

/** Units that an order may be dispatched to: first by its chosen kind, then by its text. This only suggests. */
export function unitsFor(
  { kind: written, district, street }: Pick<Order, 'kind' | 'district' | 'street'>,
  { found }: KindsLike,
  { catalogue, rules }: { readonly catalogue: Catalogue; readonly rules: OrderRules },
  date: string,
): readonly SuggestedUnit[] {
  const judged = found.flatMap(one => one.kinds.slice(0, 1).map(({ code }) => ({ ...one, code })))
  const told = written && codeNow(catalogue, written)
  const own = told === undefined ? [] : [told]
  const codes = [...new Set([...own, ...judged.map(({ code }) => code)])]
  return codes.slice(0, mostSuggested).flatMap(code => {
    const kind = catalogue.kinds.get(code)
    const object = kind && catalogue.objects.get(kind.object)
    const unit = object && unitOf(object, kind)
    if (!unit) return []
    // Triage may also have scored the object that was chosen.
    const like = judged.find(one => one.object === object.name)
    return [
      {
        unit: unit.id,
        unitName: rules.units.get(unit.id)?.name ?? unit.id,
        kind: code,
        kindName: kindName(kind),
        category: object.category,
        because: !unit.isNamed ? 'category' : code === told ? 'agent' : 'triage',
        row: object.units,
        sure: like?.sure,
        weighed: like?.why ?? [],
      } as const,
    ]
  })

  function unitOf(object: CatalogueObject, kind: CatalogueKind) {
    const named = ownersOf(kind, { district, street }, { catalogue, rules }, date)?.lead
    const id = named ?? rules.categories.get(object.category)?.unit
    return id === undefined ? undefined : { id, isNamed: named !== undefined }
  }
}
