import type { Part } from '../foundation/index.ts'

/** An alarm as it is pushed. */
export type Alarm = {
  /** The part's name in `/readyz`. */
  readonly kind: string
  readonly state: 'down' | 'up'
  readonly reason?: string
  /** When it went down. */
  readonly sinceMs: number
  readonly atMs: number
}

/** What is known of a part that is or recently was down. */
type Known = {
  /** When it went down; absent while it is up. */
  readonly downSinceMs?: number
  readonly toldMs?: number
  /** Whether an alarm was sent, but not yet the all-clear. */
  readonly isOpen: boolean
}
export type AlarmsKnown = ReadonlyMap<string, Known>

/** A part that is down for less than this raises no alarm: a line is down while it starts. */
export const graceMs = 3_000
/** At most one alarm of a kind is sent in this time, however often the part goes down and up. */
export const onceInMs = 60 * 60_000
/** The alarm is repeated after this time for a part that stays down, such as a calendar that lacks next year. */
export const remindInMs = 24 * onceInMs

/** The alarms to send for the current state of the parts. A part that no longer exists is not down. */
export function decide(
  known: AlarmsKnown,
  parts: readonly Part[],
  nowMs: number,
): { readonly known: AlarmsKnown; readonly alarms: readonly Alarm[] } {
  const down = new Map(parts.filter(({ up }) => !up).map(part => [part.part, part]))
  const next = new Map<string, Known>()
  const alarms: Alarm[] = []
  for (const kind of new Set([...known.keys(), ...down.keys()])) {
    const before: Known = known.get(kind) ?? { isOpen: false }
    const part = down.get(kind)
    if (!part) {
      const { downSinceMs: sinceMs = nowMs, toldMs, isOpen } = before
      if (isOpen) alarms.push({ kind, state: 'up', sinceMs, atMs: nowMs })
      if (toldMs !== undefined && nowMs - toldMs < onceInMs) next.set(kind, { toldMs, isOpen: false })
      continue
    }
    const { downSinceMs = nowMs, toldMs = -Infinity, isOpen } = before
    const isDue = nowMs - downSinceMs >= graceMs && nowMs - toldMs >= (isOpen ? remindInMs : onceInMs)
    if (isDue) alarms.push({ kind, state: 'down', reason: part.reason, sinceMs: downSinceMs, atMs: nowMs })
    next.set(kind, isDue ? { downSinceMs, toldMs: nowMs, isOpen: true } : { ...before, downSinceMs })
  }
  return { known: next, alarms }
}
