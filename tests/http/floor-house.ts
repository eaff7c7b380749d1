import type { FloorDay, FloorNow } from '../../src/desk/floor/api.ts'
import type { FloorDependencies } from '../../src/http/floor/routes.ts'

export const emptyFloor: FloorNow = {
  nowMs: 0,
  waiting: 0,
  seats: [],
  talks: [],
  unattended: [],
  calls: [],
  callsUp: 0,
  places: [],
}

const window = { fromMs: 0, untilMs: 24 * 3_600_000, wanted: 0, reached: 0, soon: 0 }
export const emptyDay: FloorDay = {
  calls: 0,
  wanted: 0,
  reached: 0,
  soon: 0,
  hours: [],
  lost: 0,
  deferred: 0,
  menuKnown: 0,
  menuFree: 0,
  outgoing: [],
  levels: { now: window },
  fromMs: 0,
  untilMs: 24 * 3_600_000,
  soonMs: 15_000,
  target: 0.95,
}

/** A floor on which nobody is. */
export const noFloor: FloorDependencies['floor'] = {
  acts: { note: () => undefined, list: async () => [] },
  now: async () => emptyFloor,
  stretchOf: () => ({ fromMs: 0, untilMs: 24 * 3_600_000 }),
  count: async () => emptyDay,
  lost: async () => [],
}
