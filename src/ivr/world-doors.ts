import { createCalendar } from '../city/index.ts'
import { type Clock, type Log, sleep } from '../foundation/index.ts'
import type { Journal } from '../telephony/index.ts'
import type { FlowDoors } from './doors.ts'
import { type SimulatedEvent, timesOf, type WithoutTime, type World } from './simulate.ts'

/** Longer than any written call lasts. */
const neverMs = 2 ** 30

/** Doors that behave as a world describes, for written calls on a line. What happens behind them is reported to `tell`. */
export function doorsTo(
  world: World,
  {
    clock,
    log,
    journal,
    prompts,
    pass = (ms, signal) => sleep(clock, ms, signal),
    tell,
  }: {
    /** A clock whose wall time is the world's. */
    readonly clock: Clock
    readonly log: Log
    readonly journal: Journal
    readonly prompts: FlowDoors['prompts']
    /** Waits as long as an action or a transfer takes. */
    readonly pass?: (ms: number, signal: AbortSignal) => Promise<void>
    readonly tell: (happening: WithoutTime<SimulatedEvent>) => void
  },
): FlowDoors {
  const act = (name: string): FlowDoors['actions'][string] => {
    return async (_call, values, signal) => {
      tell({ kind: 'action', name, values })
      await pass(timesOf.actionMs, signal)
      const result = world.actions[name]
      if (!result) throw new Error('out of order')
      return result
    }
  }
  return {
    prompts: {
      async sound(utterance, signal) {
        if (world.fails.includes('prompt')) throw new Error('no voice')
        return prompts.sound(utterance, signal)
      },
    },
    caller: async () => ({ elder: world.elder, language: world.language }),
    waiting: () => world.waiting,
    incidents: () => world.incidents ?? [],
    async queue(call, { reason, priority, onPlace, signal }) {
      tell({ kind: 'queue', reason, priority })
      if (world.queue === 'full') return 'full'
      if (world.queue === 'fails') throw new Error('no queue')
      signal.addEventListener('abort', () => {
        if (!call.signal.aborted) tell({ kind: 'left' })
      })
      onPlace(world.waiting + 1, { waitMinutes: world.wait, lacking: world.lacks ? ['a skill'] : [] })
      await sleep(clock, world.answersAfterMs ?? neverMs, signal)
      onPlace(0)
      await sleep(clock, timesOf.connectingMs, signal)
      tell({ kind: 'served' })
      return 'served'
    },
    async transfer(_call, number, signal) {
      tell({ kind: 'transfer', number })
      await pass(timesOf.transferMs, signal)
      if (world.fails.includes('transfer')) throw new Error('no answer')
      tell({ kind: 'served' })
    },
    async record(_call, name, values, signal) {
      tell({ kind: 'recording', name, values })
      if (!signal.aborted)
        await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
      if (world.fails.includes('record')) throw new Error('disk full')
    },
    async promise(_call, told) {
      if (world.fails.includes('promise')) throw new Error('neither a database nor a disk')
      const { dueMs } = world
      return { dueAtMs: told.dueAtMs ?? (dueMs === undefined ? undefined : clock.now() + dueMs) }
    },
    actions: Object.fromEntries(['status', 'text', 'captions'].map(name => [name, act(name)])),
    tell(_call, event) {
      if (event.kind === 'collected') tell(event)
    },
    calendar: createCalendar(world.city),
    home: world.city,
    journal,
    clock,
    log,
  }
}
