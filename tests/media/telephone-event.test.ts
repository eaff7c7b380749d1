import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keys } from '../../src/media/keys.ts'
import { createKeyMemory, newKeyIn, writeEventPayload } from '../../src/media/telephone-event.ts'
import { carry, seededChance } from '../support/network.ts'

it('writes event, end, volume and duration', () => {
  const payload = new Uint8Array(4)
  writeEventPayload(payload, 0, 11, true, 800)
  expect([...payload]).toEqual([
    0x0b, // event 11: #
    0x8a, // end, volume -10 dBm0
    0x03,
    0x20, // 800 samples: 100 ms
  ])
})

type EventPacket = { readonly timestamp: number; readonly payload: Uint8Array; readonly place: number }

/** Keys as a phone sends them: a packet every 20 ms while it is down, the end three times. */
function pressed(events: readonly number[], framesDown: number, firstTimestamp: number) {
  const sent: { atMs: number; packet: EventPacket }[] = []
  for (const [place, event] of events.entries()) {
    const startMs = place * (framesDown + 6) * 20
    for (let frame = 0; frame < framesDown + 2; frame++) {
      const payload = new Uint8Array(4)
      const isEnd = frame >= framesDown - 1
      writeEventPayload(payload, 0, event, isEnd, Math.min(frame + 1, framesDown) * 160)
      const timestamp = (firstTimestamp + startMs * 8) >>> 0
      sent.push({ atMs: startMs + frame * 20, packet: { timestamp, payload, place } })
    }
  }
  return sent
}

function heardOf(arrivals: readonly { readonly packet: EventPacket }[]) {
  const memory = createKeyMemory()
  return arrivals.flatMap(({ packet }) => {
    const key = newKeyIn(memory, 7, packet.timestamp, packet.payload, 0)
    return key === undefined ? [] : [{ key, place: packet.place }]
  })
}

const dialled = fc.array(fc.nat(15), { minLength: 1, maxLength: 30 })

it('hears each key once and in order, however many of its packets are lost or repeated', () => {
  fc.assert(
    fc.property(dialled, fc.nat(), fc.nat(0xffffffff), (events, seed, firstTimestamp) => {
      const sent = pressed(events, 5, firstTimestamp)
      const chance = seededChance(seed)
      // One packet of each key survives, whichever it is.
      const spared = new Set(events.map((_, place) => place * 7 + Math.floor(chance() * 7)))
      const arrivals = sent.filter((_, at) => spared.has(at) || chance() < 0.3).flatMap(one => [one, one])
      expect(heardOf(arrivals).map(({ key }) => key)).toEqual(events.map(event => keys[event]))
    }),
  )
})

it('hears each key that arrived once over a network that loses, repeats, delays and reorders', () => {
  fc.assert(
    fc.property(dialled, fc.nat(), (events, seed) => {
      const weather = { loss: 0.4, repeat: 0.3, delayMs: 50, jitterMs: 400 }
      const arrivals = carry(seed, weather, pressed(events, 5, 0xfffffff0))
      const arrived = new Set(arrivals.map(({ packet }) => packet.place))
      const heard = heardOf(arrivals)
      expect(heard.map(({ place }) => place).toSorted((a, b) => a - b)).toEqual(
        [...arrived].toSorted((a, b) => a - b),
      )
      for (const { key, place } of heard) expect(key).toBe(keys[events[place]!])
    }),
  )
})

it('takes the segments of a key held for long for one key (RFC 4733, section 2.5.1.3)', () => {
  const memory = createKeyMemory()
  const payload = new Uint8Array(4)
  writeEventPayload(payload, 0, 1, false, 0xffff)
  expect(newKeyIn(memory, 7, 1000, payload, 0)).toBe('1')
  expect(newKeyIn(memory, 7, 1000 + 0xffff, payload, 0)).toBeUndefined()
  expect(newKeyIn(memory, 7, 1000 + 2 * 0xffff, payload, 0)).toBeUndefined()
  expect(newKeyIn(memory, 7, 1000 + 3 * 0xffff + 900, payload, 0)).toBe('1')
})

it('hears no key in events that are none, and a new one from a new source at the same time', () => {
  const memory = createKeyMemory()
  const flash = Uint8Array.from([16, 0x0a, 0, 160])
  expect(newKeyIn(memory, 7, 1000, flash, 0)).toBeUndefined()
  const five = Uint8Array.from([5, 0x0a, 0, 160])
  expect(newKeyIn(memory, 7, 1000, five, 0)).toBe('5')
  expect(newKeyIn(memory, 8, 1000, five, 0)).toBe('5')
})
