import type { Part } from '../foundation/index.ts'

/** What is pushed. */
export type Alarm = {
  /** The part, as `/readyz` names it. */
  readonly kind: string
  readonly state: 'down' | 'up'
  readonly reason?: string
  /** Since when it is down, or was. */
  readonly sinceMs: number
  readonly atMs: number
}

/** What is known of a part that is down, or was a while ago. */
type Known = {
  /** Absent while it is up. */
  readonly downSinceMs?: number
  readonly toldMs?: number
  /** Whether that it is down was told, and that it is up again was not. */
  readonly isOpen: boolean
}
export type AlarmsKnown = ReadonlyMap<string, Known>

/** A part that is down for less than this raises no alarm: a line is, while it starts. */
export const graceMs = 3_000
/** At most one alarm of a kind in this time, however often the part goes down and comes up. */
export const onceInMs = 60 * 60_000
/** A part that stays down is told again after this time, as a calendar that lacks its next year. */
export const remindInMs = 24 * onceInMs

/** What is to be told of the parts as they are now. A part that is no longer there is not down. */
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
