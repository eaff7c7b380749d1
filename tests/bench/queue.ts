/** The queue for a person: what a decision costs, how soon a seat that comes free rings, and a city's day on the desk itself. */
import { decide } from '../../src/desk/decision.ts'
import { ordinaryRules } from '../../src/desk/index.ts'
import { type CallQueue, join, rankOf } from '../../src/desk/queue.ts'
import type { QueueSeat } from '../../src/desk/skills.ts'
import { newId } from '../../src/foundation/index.ts'
import { ringsSoon } from './queue-crowd.ts'
import { cityDays } from './queue-days.ts'
import type { Row } from './row.ts'

const sizes = [100, 1_000, 10_000] as const
const decisions = 200

export async function run(): Promise<readonly Row[]> {
  return [...costs(), await ringsSoon(), ...(await cityDays())]
}

/** All but the last wish for what no free seat has: the walk goes over them, for either of their turns. */
function costs(): readonly Row[] {
  const nowMs = 1_000_000
  const seats: readonly QueueSeat[] = [
    { name: 's1', skills: ['en'], isReady: true, turn: 0 },
    { name: 's2', skills: ['sign'], isReady: false, turn: 1 },
  ]
  const queues = sizes.map(size => {
    let queue: CallQueue = []
    for (let at = 0; at < size; at++) {
      const sinceMs = nowMs - (at % 50_000)
      const skills = at === 0 ? ['en'] : ['sign']
      queue = join(queue, { id: newId('call'), sinceMs, rankMs: rankOf(sinceMs, 0, ordinaryRules), skills })
    }
    return queue
  })
  const cost = (queue: CallQueue) => {
    const before = process.cpuUsage()
    for (let turn = 0; turn < decisions; turn++) decide(queue, seats, ordinaryRules, nowMs)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / decisions
  }
  // What is compiled on the way is no cost of the smallest.
  for (const queue of queues) cost(queue)
  const seen = queues.map(cost)
  const allowed = (size: number) => (size * Math.log(size)) / (sizes[0] * Math.log(sizes[0]))
  return sizes.map((size, at) => ({
    what: `a decision with ${size} waiting`,
    figure: `${seen[at]!.toFixed(3)} ms of processor, ${(seen[at]! / seen[0]!).toFixed(0)} times that of ${sizes[0]}`,
    target: `grows no worse than n log n: at most ${allowed(size).toFixed(0)} times`,
    method: `${decisions} times, warmed up; one seat free, and all but the last wish for a skill that it does not have`,
  }))
}
