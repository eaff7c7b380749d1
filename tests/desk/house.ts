/** A desk on the loopback line and a clock that is moved by hand, with the people at both ends. */

import { type DeskOptions, openDesk, type PlaceNews, type QueueEnd } from '../../src/desk/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import type { Sound } from '../../src/media/index.ts'
import { type Call, type CallFact, type LoopbackPhone, openLoopbackLine } from '../../src/telephony/index.ts'
import { soundOfMark } from '../support/marks.ts'

export type CallerAtDesk = {
  readonly phone: LoopbackPhone
  readonly call: Call
  readonly places: readonly number[]
  readonly news: readonly PlaceNews[]
  readonly facts: readonly CallFact[]
  /** How it ended, once it has. */
  end(): QueueEnd | undefined
  leave(): void
}

/** What a caller on hold hears. */
export const music: Sound = { ...soundOfMark('low', 1_000), text: '♪' }

export async function openDeskHouse(options: Partial<DeskOptions> = {}) {
  const clock = createManualClock()
  const facts = new Map<string, CallFact[]>()
  const incoming: Call[] = []
  const line = openLoopbackLine({
    clock,
    log: silentLog,
    workers: 2,
    onCall: async call => {
      incoming.push(call)
      await call.answer()
    },
    onFailure: () => Promise.reject(new Error('no call fails here')),
  })
  const desk = await openDesk({
    clock,
    log: silentLog,
    realm: 'jieting',
    music,
    leaseMs: 20_000,
    wrapUpMs: 5_000,
    restMs: 10_000,
    capacity: 100,
    journal: { write: (call, fact) => void facts.set(call, [...(facts.get(call) ?? []), fact]) },
    ringSeat: ({ seat, near, reason, signal }) =>
      line.dial(
        { kind: 'seat', ...seat },
        {
          near: far.has(seat.name) ? undefined : near,
          signal,
          ringMs: 60_000,
          from: { number: near.caller, name: reason },
        },
      ),
    callSeat: ({ seat, number, signal }) =>
      line.dial({ kind: 'seat', ...seat }, { signal, ringMs: 60_000, from: { number, name: 'callback' } }),
    ...options,
  })
  const far = new Set<string>()
  const contactOf = (name: string) => `sip:${name}@127.0.0.1:5090`

  return {
    desk,
    clock,
    line,
    /** What is written of a call. */
    factsOf: (call: string): readonly CallFact[] => facts.get(call) ?? [],
    /** All calls that came in. */
    incoming: (): readonly Call[] => incoming,

    /** A person with a phone; `answers` decides at each ring. */
    seat(name: string, answers: (phone: LoopbackPhone) => void = phone => phone.accept()) {
      const rings: LoopbackPhone[] = []
      const unplug = line.plugIn(contactOf(name), phone => {
        rings.push(phone)
        answers(phone)
      })
      desk.addSeat({ name, display: name, contact: contactOf(name) })
      return {
        rings,
        unplug,
        /** From now on its media opens in another worker than its caller's. */
        moveAway: () => far.add(name),
        state: () => desk.seats().find(seat => seat.name === name)?.state,
      }
    },

    /** Someone rings, is answered, and asks for a person. */
    async caller(
      name: string,
      priority = 0,
      skills: readonly string[] = [],
      isProved?: false,
      isClaimed?: true,
    ): Promise<CallerAtDesk> {
      const phone = line.ring({ from: name, to: '12345', isProved })
      await phone.answered
      const call = incoming.at(-1)!
      const places: number[] = []
      const news: PlaceNews[] = []
      const leaving = new AbortController()
      let end: QueueEnd | undefined
      void desk
        .queue(call, {
          reason: 'help',
          priority,
          isClaimed,
          skills,
          signal: leaving.signal,
          onPlace(place, told) {
            places.push(place)
            news.push(told)
          },
        })
        .then(how => {
          end = how
        })
      // Its door is asynchronous: time need not pass.
      await clock.advance(0)
      return {
        phone,
        call,
        places,
        news,
        get facts() {
          return facts.get(call.id) ?? []
        },
        end: () => end,
        leave: () => leaving.abort(),
      }
    },

    async close() {
      await desk.close()
      await line.close()
      await clock.advance(0)
    },
  }
}
