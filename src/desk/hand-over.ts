import { Fault } from '../foundation/index.ts'
import type { Call } from '../telephony/index.ts'
import type { OutsideNumber, SeatCommand } from './api.ts'
import type { Desk } from './desk.ts'
import type { SeatTalk } from './talk.ts'

export type Outside = {
  /** The only people outside to whom callers may be handed over; a seat can dial nobody else. */
  readonly numbers: readonly OutsideNumber[]
  /** Units that have a telephone, by which they may be asked in. */
  readonly units?: () => readonly (OutsideNumber & { readonly id: string })[]
  readonly ringOutside: (number: string, near: Call, signal: AbortSignal) => Promise<Call>
}

/** @throws Fault `number-not-listed`, and what a transfer throws */
export async function handOutside(
  talk: SeatTalk,
  number: string,
  { numbers, ringOutside }: Outside,
): Promise<void> {
  if (!numbers.some(known => known.number === number)) throw notListed()
  await talk.outside({ number, ring: (near, signal) => ringOutside(number, near, signal) })
}

/**
 * Asks in another seat, a unit by its telephone, or somebody outside whom the city lists; nobody else.
 * @param brief what the hotline tells them before they are joined
 * @throws Fault `number-not-listed`, and what asking in throws
 */
export async function askIn(
  talk: SeatTalk,
  { seat, number, unit, brief }: Omit<Extract<SeatCommand, { kind: 'ask-in' }>, 'kind'>,
  { numbers, units = () => [], ringOutside }: Outside,
): Promise<void> {
  if (seat !== undefined) return talk.askIn({ seat }, brief)
  const listed =
    unit === undefined
      ? numbers.find(known => known.number === number)
      : units().find(({ id }) => id === unit)
  if (!listed) throw notListed()
  const ring = (near: Call, signal: AbortSignal) => ringOutside(listed.number, near, signal)
  await talk.askIn({ number: listed.number, name: listed.name, ring }, brief)
}

/**
 * The transfer key of a seat's own phone: it may dial somebody on the list, an agent by their number, or a seat by
 * its name; nobody else.
 * @throws Fault `not-now` for a seat that has nobody, `number-not-listed`, and what a transfer throws
 */
export async function handOver(
  desk: Pick<Desk, 'at' | 'seats'>,
  seat: string,
  dialled: string,
  outside: Outside,
): Promise<void> {
  const talk = talkAt(desk, seat)
  if (outside.numbers.some(({ number }) => number === dialled)) return handOutside(talk, dialled, outside)
  await talk.toSeat(seatDialled(desk, dialled))
}

/**
 * A seat's own phone rings somebody by a second call while it has a caller: those it may transfer to, and units
 * that have a telephone; nobody else. Resolves once they are there, in that second call.
 * @throws Fault `not-now`, `number-not-listed`, and what asking in throws
 */
export async function askAside(
  desk: Pick<Desk, 'at' | 'seats'>,
  seat: string,
  dialled: string,
  aside: Call,
  { numbers, units = () => [], ringOutside }: Outside,
): Promise<void> {
  const talk = talkAt(desk, seat)
  const listed = [...numbers, ...units()].find(({ number }) => number === dialled)
  if (listed) {
    const { number, name } = listed
    const ring = (near: Call, signal: AbortSignal) => ringOutside(number, near, signal)
    return talk.askAside({ number, name, ring }, aside)
  }
  await talk.askAside({ seat: seatDialled(desk, dialled) }, aside)
}

/** @throws Fault `number-not-listed` */
function seatDialled(desk: Pick<Desk, 'seats'>, dialled: string): string {
  const found = desk.seats().find(({ name, number }) => String(number) === dialled || name === dialled)
  if (!found) throw notListed()
  return found.name
}

/** The call in which a seat talks; undefined also while its phone rings. */
export const talkingAt = (desk: Pick<Desk, 'at'>) => (seat: string) => {
  const talk = desk.at(seat)
  return talk && talk.phase !== 'ringing' ? talk.call.id : undefined
}

/** @throws Fault `not-now` */
export function talkAt(desk: Pick<Desk, 'at'>, seat: string): SeatTalk {
  const talk = desk.at(seat)
  if (talk) return talk
  throw new Fault({ code: 'not-now', place: `seat ${seat}`, found: 'nobody', expected: 'a caller' })
}

const notListed = () =>
  new Fault({
    code: 'number-not-listed',
    place: 'number',
    found: 'another number',
    expected: 'one of those that callers may be handed over to',
  })
