import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keys } from '../../src/media/keys.ts'
import { beginsPress, createKeyMemory, type KeyMemory, keyIn } from '../../src/media/presses.ts'
import { emptyRtpFields } from '../../src/media/rtp.ts'
import { writeEventPayload } from '../../src/media/telephone-event.ts'
import { carry, seededChance } from '../support/network.ts'

/** A packet of a telephone-event as this room reads it. */
type EventPacket = {
  readonly event: number
  readonly timestamp: number
  readonly sequence: number
  readonly duration: number
  readonly marker?: boolean
  readonly end?: boolean
  readonly ssrc?: number
  readonly place?: number
}
type Sent = { readonly atMs: number; readonly packet: EventPacket }

/** The place of the press, if this packet is the first to tell of it. */
function hear(memory: KeyMemory, { atMs, packet }: Sent) {
  const { event, timestamp, sequence, duration, marker = false, end = false, ssrc = 7 } = packet
  const payload = new Uint8Array(16)
  writeEventPayload(payload, 12, event, end, duration)
  const fields = {
    ...emptyRtpFields(),
    ssrc,
    timestamp: timestamp >>> 0,
    sequence: sequence & 0xffff,
    marker,
  }
  const read = { ...fields, payloadStart: 12, payloadEnd: 16 }
  const key = keyIn(payload, read)
  return key !== undefined && beginsPress(memory, read, payload, atMs) ? key : undefined
}

const heardOf = (arrivals: readonly Sent[], memory = createKeyMemory()) =>
  arrivals.flatMap(sent => {
    const key = hear(memory, sent)
    return key === undefined ? [] : [{ key, place: sent.packet.place }]
  })
const keysOf = (arrivals: readonly Sent[]) =>
  heardOf(arrivals)
    .map(({ key }) => key)
    .join('')

type Habit = {
  /** Of the frame, counted from 0: the end packets follow those while the key is down. */
  readonly stamp?: (frame: number, began: number) => number
  readonly duration?: (frame: number) => number
  readonly marker?: (frame: number) => boolean
  readonly end?: (frame: number) => boolean
  readonly frames?: number
  readonly ends?: number
  /** How many packets in a row may get lost without a press more or less; 3 when absent. */
  readonly bears?: number
}

/** A press as a phone of that habit sends it, a packet every 20 ms. */
function press(
  event: number,
  { began, sequence, atMs = 0, place }: { began: number; sequence: number; atMs?: number; place?: number },
  habit: Habit = {},
): Sent[] {
  const { frames = 8, ends = 3, stamp = (_, from) => from, marker = frame => frame === 0 } = habit
  const duration = habit.duration ?? (frame => Math.min(frame + 1, frames) * 160)
  const isEnd = habit.end ?? (frame => frame >= frames)
  return Array.from({ length: frames + ends }, (_, frame) => ({
    atMs: atMs + frame * 20,
    packet: {
      event,
      timestamp: stamp(frame, began),
      sequence: sequence + frame,
      duration: duration(frame),
      marker: marker(frame),
      end: isEnd(frame),
      place,
    },
  }))
}

/** So many presses of one key, half a second apart, with sound between them. */
function pressesOf(event: number, count: number, habit: Habit, gapFrames = 25, began = 0xfffff000): Sent[] {
  return Array.from({ length: count }, (_, place) =>
    press(
      event,
      {
        began: began + place * gapFrames * 160,
        sequence: 65_520 + place * gapFrames,
        atMs: place * gapFrames * 20,
        place,
      },
      habit,
    ),
  ).flat()
}

const habits: Record<string, Habit> = {
  'as RFC 4733 has it': {},
  'without markers': { marker: () => false },
  'with the marker on every packet': { marker: () => true },
  'with a timestamp that grows with every packet': { stamp: (frame, began) => began + frame * 160 },
  'with a timestamp that grows and a duration that does not': {
    stamp: (frame, began) => began + frame * 160,
    duration: () => 160,
  },
  'with growing timestamps and the marker on every packet': {
    stamp: (frame, began) => began + frame * 160,
    marker: () => true,
    bears: 1,
  },
  'with growing timestamps and no marker': {
    stamp: (frame, began) => began + frame * 160,
    marker: () => false,
  },
  'with new timestamps for the last two ends': {
    stamp: (frame, began) => began + (frame > 8 ? frame * 160 : 0),
  },
  'with far timestamps for the last two ends': {
    stamp: (frame, began) => began + (frame > 8 ? frame * 20_000 : 0),
    bears: 1,
  },
  'with falling timestamps': { stamp: (frame, began) => began - frame * 160 },
  'with a duration of 0 in its ends': { duration: frame => (frame < 8 ? (frame + 1) * 160 : 0) },
  'with a duration that stands still': { duration: () => 160 },
  'without any end': { ends: 0 },
  'with nothing but ends': { frames: 0, duration: () => 800 },
  'with nothing but ends, of new timestamps': {
    frames: 0,
    duration: () => 800,
    stamp: (frame, began) => began + frame * 160,
    marker: () => false,
  },
  'in one packet': { frames: 1, ends: 0, end: () => true },
}

const short: Habit = { frames: 5, ends: 2 }
const usual: readonly Habit[] = [short, { ...short, marker: () => false }]

describe('one press is one key, from a phone that tells it', () => {
  it.each(Object.entries(habits))('%s', (_, habit) => {
    expect(keysOf(press(1, { began: 0xffffff80, sequence: 65_530 }, habit))).toBe('1')
    expect(keysOf(pressesOf(1, 4, habit))).toBe('1111')
  })

  it.each(Object.entries(habits))('%s, though some of its packets get lost', (_, habit) => {
    fc.assert(
      fc.property(fc.nat(), seed => {
        const arrivals = lossy(seed, 0.4, habit.bears ?? 3, pressesOf(5, 3, habit))
        const arrived = new Set(arrivals.map(({ packet }) => packet.place))
        expect(keysOf(arrivals)).toBe('5'.repeat(arrived.size))
      }),
      { seed: 12345, numRuns: 200 },
    )
  })
})

/** What is left of packets of which some get lost, but no more than so many in a row. */
function lossy(seed: number, loss: number, mostInRow: number, sent: readonly Sent[]): Sent[] {
  const chance = seededChance(seed)
  let inRow = 0
  return sent.filter(() => {
    inRow = chance() < loss && inRow < mostInRow ? inRow + 1 : 0
    return inRow === 0
  })
}

describe('two keys that are down at once, whose packets alternate, are two', () => {
  /** Of several senders' packets those that a single one would have sent, numbered in their order. */
  const woven = (...presses: readonly (readonly Sent[])[]): Sent[] =>
    presses
      .flat()
      .toSorted((one, other) => one.atMs - other.atMs)
      .map(({ atMs, packet }, at) => ({ atMs, packet: { ...packet, sequence: 65_530 + at } }))
  const both = (habit: Habit, laterMs: number) =>
    woven(
      press(5, { began: 1000, sequence: 0, place: 0 }, habit),
      press(6, { began: 1000 + laterMs * 8, sequence: 0, atMs: laterMs, place: 1 }, habit),
    )
  const pairs = Object.entries(habits).flatMap(([name, habit]) =>
    [0, 10, 20, 50, 110, 150].map(laterMs => [name, laterMs, habit] as const),
  )

  it.each(pairs)('%s, the second %i ms after the first', (_, laterMs, habit) => {
    expect(keysOf(both(habit, laterMs))).toBe('56')
  })

  it.each(pairs)('%s, %i ms after, and pressed so again and again', (_, laterMs, habit) => {
    const rounds = [0, 1, 2].flatMap(round =>
      both(habit, laterMs).map(({ atMs, packet }) => ({
        atMs: atMs + round * 800,
        packet: {
          ...packet,
          timestamp: packet.timestamp + round * 6400,
          sequence: packet.sequence + round * 50,
        },
      })),
    )
    expect(keysOf(rounds)).toBe('565656')
  })

  // Ends that bear a timestamp of their own belong to what is next to them, and to nobody once that is lost.
  const lossyPairs = pairs.filter(([name]) => !/timestamps for the last two ends/.test(name))
  it.each(lossyPairs)(
    '%s, %i ms after, though packets get lost, their ends among them',
    (_, laterMs, habit) => {
      fc.assert(
        fc.property(fc.nat(), seed => {
          const sent = both(habit, laterMs)
          const arrivals = [0, 1]
            .flatMap(place =>
              lossy(
                seed + place,
                0.3,
                1,
                sent.filter(({ packet }) => packet.place === place),
              ),
            )
            .toSorted((one, other) => one.atMs - other.atMs)
          const arrived = new Set(arrivals.map(({ packet }) => keys[packet.event]))
          expect([...keysOf(arrivals)].toSorted()).toEqual([...arrived].toSorted())
        }),
        { seed: 565, numRuns: 50 },
      )
    },
  )

  it.each([0, 10, 20, 50, 110, 150])(
    '%i ms after, over a network that loses, repeats, delays and reorders',
    laterMs => {
      fc.assert(
        fc.property(fc.nat(), fc.constantFrom(...usual), (seed, habit) => {
          const weather = { loss: 0.3, repeat: 0.3, delayMs: 50, jitterMs: 100 }
          const arrivals = carry(seed, weather, both(habit, laterMs))
          const arrived = new Set(arrivals.map(({ packet }) => packet.place))
          expect(keysOf(arrivals)).toHaveLength(arrived.size)
        }),
        { seed: 566 },
      )
    },
  )

  it('however many are down', () => {
    const all = [1, 2, 3, 4].map(event =>
      press(event, { began: 1000 + event * 80, sequence: 0, atMs: event * 10 }),
    )
    expect(keysOf(woven(...all))).toBe('1234')
  })
})

it('hears the same key twice though both presses bear one timestamp', () => {
  const same: Habit = { stamp: () => 4000 }
  expect(keysOf(pressesOf(1, 2, same))).toBe('11')
  expect(keysOf(pressesOf(1, 2, { ...same, marker: () => false }))).toBe('11')
  expect(keysOf(pressesOf(1, 2, { ...same, frames: 1, ends: 0, end: () => true }))).toBe('11')
  expect(keysOf(pressesOf(1, 2, { ...same, frames: 0, duration: () => 800 }))).toBe('11')
  // The ends of the first are lost: its duration begins anew.
  expect(keysOf(pressesOf(1, 2, { ...same, ends: 0 }))).toBe('11')
})

it('hears one press that goes on under another SSRC, at any of its packets', () => {
  for (let change = 1; change < 11; change++) {
    const moved = pressesOf(1, 3, {}).map(({ atMs, packet }, at) => ({
      atMs,
      packet: { ...packet, ssrc: 7 + Math.floor((at + 11 - change) / 11) },
    }))
    expect(keysOf(moved)).toBe('111')
  }
})

it('hears each press of a phone that numbers the packets of each from 0', () => {
  const sent = [0, 1, 2].flatMap(at => press(1, { began: 1000 + at * 4000, sequence: 0, atMs: at * 500 }))
  expect(keysOf(sent)).toBe('111')
  expect(keysOf([...sent, ...press(2, { began: 13_000, sequence: 0, atMs: 1500 })])).toBe('1112')
})

it('hears the same key twice in packets that all bear the marker, the end and one timestamp', () => {
  const all: Habit = { stamp: () => 4000, frames: 0, duration: () => 800, marker: () => true }
  const twice = [0, 1].flatMap(at => press(1, { began: 4000, sequence: 10 + at * 20, atMs: at * 400 }, all))
  expect(keysOf(twice)).toBe('11')
})

it('hears two presses whose timestamps overlap, or fall from one to the next', () => {
  const overlapping = [
    ...press(3, { began: 1000, sequence: 10 }),
    ...press(3, { began: 1160, sequence: 40, atMs: 600 }),
  ]
  expect(keysOf(overlapping)).toBe('33')
  const falling = [
    ...press(3, { began: 90_000, sequence: 10 }),
    ...press(3, { began: 1000, sequence: 40, atMs: 600 }),
  ]
  expect(keysOf(falling)).toBe('33')
})

describe('a key that is held for long is one press', () => {
  /** Held 9 s, told in segments (RFC 4733, section 2.5.1.3), of which the next begins where `next` says. */
  const held = (longest: number, next: (before: number) => number, marker = false) => {
    const sent: Sent[] = []
    let segment = 500_000
    let duration = 0
    for (let frame = 0; frame < 450; frame++) {
      let isNew = frame === 0
      if (duration + 160 > longest) {
        segment = next(segment)
        duration = 0
        isNew = marker
      }
      duration += 160
      const packet = { event: 1, timestamp: segment, sequence: 65_400 + frame, duration, marker: isNew }
      sent.push({ atMs: frame * 20, packet })
    }
    const last = sent.at(-1)!
    for (let end = 1; end <= 3; end++)
      sent.push({
        atMs: last.atMs + end * 20,
        packet: { ...last.packet, sequence: last.packet.sequence + end, marker: false, end: true },
      })
    return sent
  }
  it.each([
    ['0xFFFF on', held(0xffff, before => before + 0xffff)],
    ['at the last multiple of 160', held(0xffff, before => before + 65_440)],
    ['one packet later', held(0xffff, before => before + 65_600)],
    ['with a marker', held(0xffff, before => before + 65_440, true), 1],
    ['after a second', held(8000, before => before + 8000)],
    ['where the first began, as the duration wraps', held(0xffff, before => before)],
  ] as [string, Sent[], number?][])('though the next segment begins %s', (_, sent, mostInRow = 2) => {
    expect(keysOf(sent)).toBe('1')
    fc.assert(
      fc.property(fc.nat(), seed => {
        expect(keysOf(lossy(seed, 0.2, mostInRow, sent))).toBe('1')
      }),
      { seed: 4733, numRuns: 50 },
    )
    const again = press(1, { began: 900_000, sequence: 65_400 + 600, atMs: 12_000 })
    expect(keysOf([...sent, ...again])).toBe('11')
  })

  it('though only its first and its last packet tell of it', () => {
    const [first] = press(2, { began: 1000, sequence: 10 })
    const last = { event: 2, timestamp: 1000, sequence: 400, duration: 60_000, end: true }
    expect(keysOf([first!, { atMs: 7_500, packet: last }])).toBe('2')
  })
})

it('hears on when a sender numbers its packets anew', () => {
  const sent = [
    ...press(4, { began: 1000, sequence: 40_000 }),
    ...press(4, { began: 9000, sequence: 5, atMs: 1000 }),
    ...press(4, { began: 17_000, sequence: 55, atMs: 2000 }),
  ]
  expect(keysOf(sent)).toBe('444')
})

/** Keys as a phone sends them: a packet every 20 ms while it is down, the end three times. */
const dialled = (events: readonly number[], began: number, habit: Habit) =>
  events.flatMap((event, place) =>
    press(
      event,
      { began: began + place * 11 * 160, sequence: 65_500 + place * 11, atMs: place * 220, place },
      habit,
    ),
  )
const someKeys = fc.array(fc.nat(15), { minLength: 1, maxLength: 30 })
const usualHabit = fc.constantFrom(...usual)
const someHabit = fc.constantFrom<Habit>(...usual, { ...short, marker: () => true })

it('hears each key once and in order, however many of its packets are lost or repeated', () => {
  fc.assert(
    fc.property(someKeys, fc.nat(), fc.nat(0xffffffff), someHabit, (events, seed, began, habit) => {
      const sent = dialled(events, began, habit)
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
    fc.property(someKeys, fc.nat(), usualHabit, (events, seed, habit) => {
      const weather = { loss: 0.4, repeat: 0.3, delayMs: 50, jitterMs: 400 }
      const arrivals = carry(seed, weather, dialled(events, 0xfffffff0, habit))
      const arrived = new Set(arrivals.map(({ packet }) => packet.place))
      const heard = heardOf(arrivals)
      expect(heard.map(({ place }) => place).toSorted((a, b) => a! - b!)).toEqual(
        [...arrived].toSorted((a, b) => a! - b!),
      )
      for (const { key, place } of heard) expect(key).toBe(keys[events[place!]!])
    }),
  )
})

it('hears no key in events that are none, and a new one from a new source at the same time', () => {
  const memory = createKeyMemory()
  const packet = { timestamp: 1000, sequence: 1, duration: 160 }
  expect(hear(memory, { atMs: 0, packet: { ...packet, event: 16 } })).toBeUndefined()
  expect(hear(memory, { atMs: 0, packet: { ...packet, event: 5 } })).toBe('5')
  expect(hear(memory, { atMs: 0, packet: { ...packet, event: 5, ssrc: 8 } })).toBe('5')
})

it('never hears more presses than there were packets, whatever is sent', () => {
  const bits16 = fc.nat(0xffff)
  const packet = fc.record({
    event: fc.nat(20),
    timestamp: fc.nat(0xffffffff),
    sequence: bits16,
    duration: bits16,
    marker: fc.boolean(),
    end: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 60 }), packets => {
      const heard = heardOf(packets.map((one, at) => ({ atMs: at * 5, packet: one })))
      expect(heard.length).toBeLessThanOrEqual(packets.filter(({ event }) => event < 16).length)
    }),
    { seed: 16 },
  )
})
