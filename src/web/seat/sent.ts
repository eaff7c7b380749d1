import type { CaptionLine, DraftFields, OrderDetail, OwnCall } from '../../http/contract.ts'
import type { FormCall } from './order-request.ts'

/** What became of a form. `added`: it was written into an order that was there. */
export type Sent = { readonly number: string; readonly how: 'made' | 'closed' | 'added' | 'told' }

/** Lines that were heard before the last order of their call was sent: whoever writes another is not offered them as if they were new. */
export function heardBefore(lines: readonly CaptionLine[], call: OwnCall | undefined): ReadonlySet<number> {
  const { sentAtMs, invitedAtMs = 0 } = call ?? {}
  if (sentAtMs === undefined) return new Set()
  return new Set(lines.filter(({ endMs }) => invitedAtMs + endMs <= sentAtMs).map(({ id }) => id))
}

/** Numbers of what was sent of a call, what was sent last at the head. */
export const sentOf = (call: OwnCall | undefined, last: Sent | undefined): readonly string[] => [
  ...new Set([...(last ? [last.number] : []), ...(call?.orders ?? []).toReversed()]),
]

/** Who told an order, for another of the same call: the matter is another, the person is not. */
export function personOf(
  { order, name, contact }: Pick<OrderDetail, 'order' | 'name' | 'contact'>,
  call: FormCall | undefined,
): DraftFields {
  const { mode, number = '' } = contact
  return {
    name,
    // A number that is not made sure of is asked for as any other.
    mode: mode === 'unverified' ? 'voice' : mode,
    number: number === '' || number === call?.number ? undefined : number,
    elder: order.elder ? 'yes' : undefined,
    confidential: order.confidential ? 'yes' : undefined,
  }
}
