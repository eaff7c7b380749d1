import type { Calendar } from '../city/index.ts'
import { isOfCentre, levelOf, markAt, marks } from './clocks.ts'
import type { Decision, Notice } from './command.ts'
import type { Happening } from './event.ts'
import { type Order, warnedKey } from './order.ts'

/** Every mark that is reached is noted; of those that were missed while we were away only the highest is sent. */
export function warn(
  order: Order,
  { atMs, calendar }: { readonly atMs: number; readonly calendar: Calendar },
): Decision {
  const happenings: Happening[] = []
  const notices: Notice[] = []
  for (const clock of order.clocks.filter(({ doneAtMs }) => doneAtMs === undefined)) {
    const reached = marks.filter(
      percent =>
        !order.warned.includes(warnedKey(clock.name, percent)) && markAt(clock, percent, calendar) <= atMs,
    )
    for (const percent of reached) happenings.push({ kind: 'warned', clock: clock.name, percent })
    const percent = reached.at(-1)
    if (percent === undefined) continue
    // That a person rings is the centre's duty, and so is its reminder.
    if (clock.name === 'person') notices.push({ kind: 'warning', to: 'city', percent })
    // A return is decided where orders are dispatched.
    else if (isOfCentre(clock))
      for (const to of percent >= 100 ? (['dispatch', 'city'] as const) : (['dispatch'] as const))
        notices.push({ kind: 'warning', to, percent, clock: clock.name })
    // So is all of an order that it has not dispatched.
    else if (order.stage === 'undispatched')
      for (const to of percent >= 100 ? (['dispatch', 'city'] as const) : (['dispatch'] as const))
        notices.push({ kind: 'warning', to, percent })
    else {
      const levels = (['street', 'district', 'city'] as const).slice(0, levelOf(percent))
      for (const to of ['unit', ...levels] as const) notices.push({ kind: 'warning', to, percent })
    }
  }
  return { happenings, notices }
}

/** When the next mark of an order is reached; undefined when nothing runs or all was told. */
export function nextMarkAt(order: Order, calendar: Calendar): number | undefined {
  const ahead = order.clocks
    .filter(({ doneAtMs }) => doneAtMs === undefined)
    .flatMap(clock =>
      marks
        .filter(percent => !order.warned.includes(warnedKey(clock.name, percent)))
        .map(percent => markAt(clock, percent, calendar)),
    )
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}
