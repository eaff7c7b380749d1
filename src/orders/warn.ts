import { isAsked, questionEndsAt } from './asking/question.ts'
import { dueAt, isOfCentre, levelOf, markAt, marks, type OrderClock } from './clocks.ts'
import type { Context, Decision, Notice } from './command.ts'
import type { Happening } from './event.ts'
import { taskClocks } from './helping/task.ts'
import { allClocks } from './merging/merged.ts'
import { type Order, warnedKey } from './order.ts'
import { openReturn } from './returning/returning.ts'
import { nextPressAt, press } from './supervising/press.ts'

/** A running clock; `unit` is set for a co-unit's. */
type Watched = { readonly clock: OrderClock; readonly unit?: string }

/**
 * The clocks to watch. For a merged order these are watched at its lead, except for the ring that its own citizen
 * is owed.
 */
function watchedIn(order: Order, calendar: Context['calendar']): readonly Watched[] {
  const running = allClocks(order).filter(({ doneAtMs }) => doneAtMs === undefined)
  if (order.stage === 'merged')
    return running.filter(({ name }) => name === 'person').map(clock => ({ clock }))
  const first = running.filter(
    (clock, at) =>
      !running.some((other, its) => {
        const ahead = dueAt(other, calendar) - dueAt(clock, calendar)
        return other.name === clock.name && (ahead < 0 || (ahead === 0 && its < at))
      }),
  )
  return [...first.map(clock => ({ clock })), ...taskClocks(order)]
}

const untold = (order: Order, { clock, unit }: Watched) =>
  marks.filter(percent => !order.warned.includes(warnedKey(clock.name, percent, unit)))

/** Notes every mark reached; of several missed while the service was down, only the highest is sent. */
export function warn(order: Order, context: Pick<Context, 'atMs' | 'calendar' | 'rules'>): Decision {
  const { atMs, calendar } = context
  const happenings: Happening[] = []
  const notices: Notice[] = []
  for (const watched of watchedIn(order, calendar)) {
    const { clock, unit } = watched
    const reached = untold(order, watched).filter(percent => markAt(clock, percent, calendar) <= atMs)
    for (const percent of reached) happenings.push({ kind: 'warned', clock: clock.name, percent, unit })
    const percent = reached.at(-1)
    if (percent !== undefined) notices.push(...noticesOf(order, watched, percent))
  }
  if (isAsked(order.question) && questionEndsAt(order.question, calendar) <= atMs) {
    happenings.push({ kind: 'citizen-silent', asked: order.question.seq })
    notices.push({ kind: 'citizen-silent', to: 'unit' })
  }
  const pressed = press(order, context)
  return {
    happenings: [...happenings, ...pressed.happenings],
    notices: [...notices, ...pressed.notices],
  }
}

/** Recipients of a mark; the first is the one whose clock it is. */
function noticesOf(order: Order, { clock, unit }: Watched, percent: number): readonly Notice[] {
  const above = (['street', 'district', 'city'] as const).slice(0, levelOf(percent))
  if (unit !== undefined) {
    // A silent co-unit is reported to the lead and to the centre.
    const told =
      percent < 100
        ? (['helper'] as const)
        : (['helper', 'helper-street', 'unit', 'dispatch', ...beyondStreet(percent)] as const)
    return told.map(to => ({ kind: 'help-warning', to, unit, percent }))
  }
  // The person who must ring is the centre's, so it gets the reminder.
  if (clock.name === 'person') return [{ kind: 'warning', to: 'city', percent }]
  // The centre also gets reminders about undispatched orders and undecided returns.
  const isReturned = isOfCentre(clock)
  if (isReturned || order.stage === 'undispatched') {
    const told = percent >= 100 ? (['dispatch', 'city'] as const) : (['dispatch'] as const)
    return told.map(to => ({ kind: 'warning', to, percent, clock: isReturned ? clock.name : undefined }))
  }
  if (order.stage === 'waiting' && percent >= 100 && !isReturning(order))
    return (['unit', 'dispatch', ...above] as const).map(to => ({ kind: 'unsigned', to }))
  return (['unit', ...above] as const).map(to => ({ kind: 'warning', to, percent }))
}

const beyondStreet = (percent: number) =>
  (['district', 'city'] as const).slice(0, Math.max(0, levelOf(percent) - 1))

/** A return lies with the centre, not with the unit. */
const isReturning = ({ returnings }: Order) => openReturn(returnings) !== undefined

/**
 * When an order needs attention next: a mark, an instruction, or the end of a question; undefined if nothing runs
 * or everything was told.
 */
export function nextMarkAt(order: Order, calendar: Context['calendar']): number | undefined {
  const ahead = watchedIn(order, calendar).flatMap(watched =>
    untold(order, watched).map(percent => markAt(watched.clock, percent, calendar)),
  )
  if (isAsked(order.question)) ahead.push(questionEndsAt(order.question, calendar))
  const pressAtMs = nextPressAt(order, calendar)
  if (pressAtMs !== undefined) ahead.push(pressAtMs)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}
