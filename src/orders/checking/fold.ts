import type { Of, Order } from '../order.ts'

/** With what the rules made of this closing; those before there were rules, and what was answered on the line, have none. */
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
