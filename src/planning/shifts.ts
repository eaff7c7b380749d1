import type { SeatSpell, SeatState } from '../desk/api.ts'
import type { ShiftPerson, ShiftSpell } from './api.ts'

/** A period that a seat spent in one state. */
type Stay = Pick<SeatSpell, 'seat' | 'state' | 'fromMs' | 'untilMs'> &
  Partial<Pick<SeatSpell, 'member' | 'reason'>>

type Day = { readonly fromMs: number; readonly untilMs: number }
type Clipped = Stay & { readonly kind: ShiftSpell['kind'] }

/** What each state means in a shift; a seat that is signed out is not on it. */
const kinds: Readonly<Record<Exclude<SeatState, 'signed-out'>, ShiftSpell['kind']>> = {
  ready: 'working',
  offered: 'working',
  calling: 'working',
  talking: 'working',
  'wrap-up': 'working',
  resting: 'working',
  away: 'break',
  offline: 'offline',
  'set-aside': 'offline',
}

/**
 * Everyone who was there on a day, with a spell for each period of work or break; calls and the time between them form one
 * spell.
 * @param gapMs the longest gap within a spell
 */
export function peopleOf(
  stays: readonly Stay[],
  day: Day,
  { names, gapMs }: { readonly names: ReadonlyMap<string, string>; readonly gapMs: number },
): readonly ShiftPerson[] {
  const byName = new Map<string, Clipped[]>()
  for (const stay of stays) {
    if (stay.state === 'signed-out') continue
    const kind = kinds[stay.state]
    const clipped = {
      fromMs: Math.max(stay.fromMs, day.fromMs),
      untilMs: Math.min(stay.untilMs, day.untilMs),
    }
    if (clipped.untilMs <= clipped.fromMs) continue
    const name = stay.member ?? stay.seat
    const own = byName.get(name) ?? []
    own.push({ ...stay, ...clipped, kind })
    byName.set(name, own)
  }
  return [...byName]
    .map(([name, own]) => personOf(name, names.get(name) ?? name, own, gapMs))
    .toSorted((one, other) => (one.spells[0]?.fromMs ?? 0) - (other.spells[0]?.fromMs ?? 0))
}

function personOf(name: string, display: string, own: readonly Clipped[], gapMs: number): ShiftPerson {
  const spells: ShiftSpell[] = []
  for (const { kind, reason, fromMs, untilMs } of own.toSorted((one, other) => one.fromMs - other.fromMs)) {
    const last = spells.at(-1)
    if (last && last.kind === kind && last.reason === reason && fromMs - last.untilMs <= gapMs)
      spells[spells.length - 1] = { ...last, untilMs: Math.max(last.untilMs, untilMs) }
    else spells.push({ kind, reason, fromMs, untilMs })
  }
  const talks = own.filter(({ state }) => state === 'talking')
  return {
    name,
    display,
    workedMs: lengthOf(spells.filter(({ kind }) => kind === 'working')),
    talkedMs: lengthOf(talks),
    breakMs: lengthOf(spells.filter(({ kind }) => kind === 'break')),
    spells,
  }
}

const lengthOf = (spells: readonly Day[]) =>
  spells.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
