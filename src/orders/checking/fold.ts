import type { Of, Order } from '../order.ts'

/** Adds what the rules found in this closing; older closings, and answers given on the line, have no check. */
export function checked(order: Order, { check, atMs, result }: Of<'closed'>): Order {
  if (check === undefined) return order
  const { lead, unit, cycle } = order
  return { ...order, checked: [...order.checked, { cycle, unit: lead ?? unit, atMs, result, check }] }
}

export const judged = (
  order: Order,
  { cycle, verdict, atMs, by }: Of<'closing-judged'> & { readonly by: { readonly person: string } },
): Order => ({
  ...order,
  checked: order.checked.map(one =>
    one.cycle === cycle ? { ...one, judged: { verdict, by: by.person, atMs } } : one,
  ),
})
