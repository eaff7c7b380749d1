import { copiesOf } from '../catalogue/index.ts'
import { centre } from './api.ts'
import { type Context, type Decision, type NewOrder, skewMs } from './command.ts'
import { fault } from './faults.ts'
import { asked, dispatched, known } from './permit.ts'

/**
 * Decides a new order: it goes to its unit at once, or waits at the centre for dispatch.
 * @throws Fault `category-unknown`, `urgency-missing`, `unit-unknown`, `ring-in-future`
 */
export function decideNew(order: NewOrder, { atMs, rules }: Context): Decision {
  const { waits } = order
  const category =
    waits && order.category === undefined
      ? undefined
      : known(rules.categories, order.category ?? '', 'category')
  const unit = waits ? centre : known(rules.units, order.unit ?? category?.unit ?? '', 'unit').id
  const rangAtMs = order.rangAtMs ?? atMs
  if (rangAtMs > atMs + skewMs)
    throw fault('ring-in-future', 'rangAtMs', 'a ring that is yet to come', 'the first ring of the call')
  const { profile } = rules
  const urgency = order.urgency ?? category?.urgency
  if (urgency === undefined)
    throw fault(
      'urgency-missing',
      'body.urgency',
      'nothing',
      'one of urgent, livelihood, general, complex, where no kind is given: the limits go by it',
    )
  const {
    call,
    caller,
    contact,
    elder = false,
    language = 'zh-CN',
    matter,
    place,
    street,
    confidential,
    type,
    name,
    kind,
    district,
    answered,
    elderMatter = false,
    coUnits = [],
    copies = copiesOf(rules, unit),
  } = order
  // An order that waits for dispatch has no unit yet, and one answered at once needs none.
  const isGiven = waits === undefined && answered === undefined
  const told = answered && ({ kind: 'closed', result: 'explained', evidence: [], ...answered } as const)
  return {
    happenings: [
      {
        kind: 'made',
        rangAtMs: Math.min(rangAtMs, atMs),
        caller,
        contact,
        elder,
        language,
        urgency,
        category: category?.id ?? '',
        matter,
        place,
        street,
        unit,
        waits,
        call,
        confidential,
        type,
        name,
        catalogueKind: kind,
        splitFrom: order.splitFrom,
        district,
        coUnits: isGiven && coUnits.length > 0 ? coUnits : undefined,
        copies: isGiven && copies.length > 0 ? copies : undefined,
        limits: {
          handling: profile.handling[urgency],
          dispatch: waits && profile.dispatch[urgency],
          personRings: profile.personRings,
          help: profile.help[urgency],
          sign: profile.sign ? profile.sign[urgency] : undefined,
          // The fast track applies to matters that elders often raise, and to every elder who calls.
          feedback: elder || elderMatter || category?.elder ? profile.elderFeedback : undefined,
        },
      },
      ...(told ? [told] : []),
    ],
    // No unit is told of an order answered at once, nor yet of one that waits for dispatch.
    notices: isGiven ? [dispatched, ...coUnits.map(asked)] : [],
  }
}
