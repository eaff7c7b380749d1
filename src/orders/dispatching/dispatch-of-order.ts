import { type Catalogue, codeNow } from '../../catalogue/index.ts'
import type { OrderCommand } from '../acting/api.ts'
import type { Actor } from '../event.ts'
import { fault } from '../faults.ts'
import type { SeenHistory } from '../reader.ts'
import type { OrderRules } from '../rules.ts'
import type { SuggestedUnits } from './api.ts'
import { alreadyDispatched } from './dispatching.ts'
import { type KindsLike, unitsFor } from './suggesting.ts'

/** Triage of a text in a district: `suggest` of the drafts' kinds. */
export type Judging = (asked: { readonly text: string; readonly district?: string | undefined }) => KindsLike

export type OrderDispatching = {
  /** Suggests units for an order that waits for dispatch. @throws Fault `order-unknown`, `dispatched-already` */
  units(number: string, judge: Judging, reader: Actor): Promise<SuggestedUnits>
  /** Completes a dispatch that names a kind with the kind's category. @throws Fault `kind-unknown` */
  resolved(command: OrderCommand): OrderCommand
}

type Dependencies = {
  readonly catalogue: Catalogue
  readonly rules: OrderRules
  /** The date in the city, for example 2026-01-05. */
  today(): string
  show(number: string, reader: Actor): Promise<SeenHistory>
}

export const createOrderDispatching = ({
  catalogue,
  rules,
  today,
  show,
}: Dependencies): OrderDispatching => ({
  async units(number, judge, reader) {
    const { order } = await show(number, reader)
    if (order.stage !== 'undispatched') throw alreadyDispatched(order, rules)
    const judged = judge({ text: order.matter, district: order.district })
    return {
      because: order.waits ?? 'unconfirmed',
      isUnsure: judged.isUnsure,
      suggested: unitsFor(order, judged, { catalogue, rules }, today()),
    }
  },
  resolved(command) {
    if (command.do !== 'dispatch' || command.kind === undefined) return command
    const kind = catalogue.kinds.get(codeNow(catalogue, command.kind))
    const object = kind && catalogue.objects.get(kind.object)
    if (!object)
      throw fault('kind-unknown', 'body.kind', `"${command.kind}"`, 'the code of a kind in the catalogue')
    return { ...command, kind: kind.code, category: command.category ?? object.category }
  },
})
