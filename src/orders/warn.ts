import { isAsked, questionEndsAt } from './asking/question.ts'
import { dueAt, isOfCentre, levelOf, markAt, marks, type OrderClock } from './clocks.ts'
import type { Context, Decision, Notice } from './command.ts'
import type { Happening } from './event.ts'
import { taskClocks } from './helping/task.ts'
import { allClocks } from './merging/merged.ts'
import { type Order, warnedKey } from './order.ts'
import { openReturn } from './returning/returning.ts'
import { nextPressAt, press } from './supervising/press.ts'

/** A clock that runs; of one of a unit that helps, whose. */
type Watched = { readonly clock: OrderClock; readonly unit?: string }

/** Of what is handled with another the other is watched; that a person rings is owed to its own citizen. */
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

/** Every mark that is reached is noted; of those that were missed while we were away only the highest is sent. */
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

/** Whom a mark is told to: the first is the one whose clock it is. */
function noticesOf(order: Order, { clock, unit }: Watched, percent: number): readonly Notice[] {
  const above = (['street', 'district', 'city'] as const).slice(0, levelOf(percent))
  if (unit !== undefined) {
    // Silence of a unit that helps is seen by the lead and by the centre.
    const told =
      percent < 100
        ? (['helper'] as const)
        : (['helper', 'helper-street', 'unit', 'dispatch', ...beyondStreet(percent)] as const)
    return told.map(to => ({ kind: 'help-warning', to, unit, percent }))
  }
  // That a person rings is the centre's duty, and so is its reminder.
  if (clock.name === 'person') return [{ kind: 'warning', to: 'city', percent }]
  // So is all of an order that it has not dispatched, and of a return that it has not decided.
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

/** It lies at the centre, not at its unit. */
const isReturning = ({ returnings }: Order) => openReturn(returnings) !== undefined

/** When something of an order falls due next: a mark, an instruction, or the end of a question; undefined when nothing runs or all was told. */
export function nextMarkAt(order: Order, calendar: Context['calendar']): number | undefined {
  const ahead = watchedIn(order, calendar).flatMap(watched =>
    untold(order, watched).map(percent => markAt(watched.clock, percent, calendar)),
  )
  if (isAsked(order.question)) ahead.push(questionEndsAt(order.question, calendar))
  const pressAtMs = nextPressAt(order, calendar)
  if (pressAtMs !== undefined) ahead.push(pressAtMs)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}
