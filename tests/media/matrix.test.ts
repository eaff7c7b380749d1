import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Codec, encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { createCounters } from '../../src/media/figures.ts'
import { type CodecName, soundOf } from '../../src/media/index.ts'
import { hearLegs, joinLegs, partLeg } from '../../src/media/worker/company.ts'
import { connectLeg, hearMessage, type Leg, openLeg, tickLeg } from '../../src/media/worker/leg.ts'
import { interject } from '../../src/media/worker/speaking.ts'
import { mediaForTest, notice, phoneOn } from '../support/media-pool.ts'
import { tone } from '../support/sounds.ts'

/** What each party says all the time: no two sums of some of them are alike. */
const voices = [1000, -2200, 4700, 9300, 17_000]
const codecNames: readonly CodecName[] = ['PCMA', 'PCMU', 'PCMA', 'PCMU', 'PCMU']

const surroundings = {
  counters: createCounters().values,
  mediaTimeoutMs: 60_000,
  wake: () => undefined,
  onKey: () => undefined,
  onHeld: () => undefined,
  onSay: () => undefined,
  onBack: () => undefined,
  onLost: () => undefined,
}

async function partyOf(name: CodecName, port: number): Promise<Leg> {
  const leg = await openLeg(port, undefined, surroundings)
  connectLeg(leg!, { address: '', port: 0, codec: name, send: true })
  return leg!
}

const voiceOf = (at: number) => encode(codecOf(codecNames[at]!), new Int16Array(160).fill(voices[at]!))

/** What a party is to hear: the sum of those in its row, cut off where a sample ends. */
function together(row: ReadonlySet<number>, { fromLinear }: Codec): number {
  let sum = 0
  for (const at of row) sum += codecOf(codecNames[at]!).toLinear[voiceOf(at)[0]!]!
  return fromLinear[Math.max(-32768, Math.min(32767, sum)) & 0xffff]!
}

type Move =
  | { readonly kind: 'row'; readonly at: number; readonly hears: readonly number[] }
  | { readonly kind: 'bridge'; readonly at: number; readonly other: number }
  | { readonly kind: 'part'; readonly at: number }

const party = fc.nat({ max: voices.length - 1 })
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('row' as const), at: party, hears: fc.uniqueArray(party) }),
  fc.record({ kind: fc.constant('bridge' as const), at: party, other: party }),
  fc.record({ kind: fc.constant('part' as const), at: party }),
)

/** The same moves on rows of numbers. */
function draw(rows: Set<number>[], made: Move): void {
  const clear = (at: number) => {
    rows[at]!.clear()
    for (const row of rows) row.delete(at)
  }
  if (made.kind === 'row') rows[made.at] = new Set(made.hears.filter(other => other !== made.at))
  else if (made.kind === 'part') clear(made.at)
  else if (made.at !== made.other) {
    clear(made.at)
    clear(made.other)
    rows[made.at]!.add(made.other)
    rows[made.other]!.add(made.at)
  }
}

it('lets each party hear the sum of whom its row names, in its own codec, after any sequence of moves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 12 }), async moves => {
      const legs = await Promise.all(codecNames.map(partyOf))
      const rows = voices.map(() => new Set<number>())
      let tick = 0
      const speak = () => {
        for (const [at, leg] of legs.entries()) hearMessage(leg, voiceOf(at), tick * 160)
        for (const leg of legs) tickLeg(leg, tick)
        tick++
      }
      for (const made of moves) {
        draw(rows, made)
        const leg = legs[made.at]!
        if (made.kind === 'part') partLeg(leg)
        else if (made.kind === 'row')
          hearLegs(
            leg,
            made.hears.map(other => legs[other]!),
          )
        else if (made.at !== made.other) joinLegs(leg, legs[made.other]!)
        for (let at = 0; at < 6; at++) speak()
        for (const [listener, { speaking, hears, heardBy }] of legs.entries()) {
          expect(new Set(hears.map(one => legs.indexOf(one)))).toEqual(rows[listener])
          expect(heardBy.every(one => one.hears.includes(legs[listener]!))).toBe(true)
          expect(speaking.frame[80]).toBe(together(rows[listener]!, speaking.codec))
        }
      }
    }),
    { numRuns: 60 },
  )
})

it('says a notice beside the voices, one after the other, and what is read out in their place', async () => {
  const [listener, ...others] = await Promise.all(codecNames.map(partyOf))
  hearLegs(listener!, others)
  const { speaking } = listener!
  let tick = 0
  const next = () => {
    for (const [at, leg] of others.entries()) hearMessage(leg, voiceOf(at + 1), tick * 160)
    for (const leg of [listener!, ...others]) tickLeg(leg, tick)
    tick++
    return speaking.codec.toLinear[speaking.frame[80]!]!
  }
  const saying = (sample: number, isBeside: boolean) =>
    interject(
      speaking,
      [{ codec: 'PCMA', bytes: encode(codecOf('PCMA'), new Int16Array(160).fill(sample)) }],
      isBeside,
    )
  const alone = [...Array(6)].map(next).at(-1)!
  /** As near as A-law comes. */
  const sounds = (sample: number) => expect(Math.abs(next() - sample)).toBeLessThan(Math.abs(sample) / 20)
  saying(-3000, true)
  saying(2000, true)
  sounds(-3000 + alone / 2)
  sounds(2000 + alone / 2)
  sounds(alone)
  saying(2000, false)
  sounds(2000)
  sounds(alone)
})

/** The share of a tone in what came last, 0 to 1. */
function shareOf(hz: number, samples: Int16Array): number {
  let [sine, cosine, all] = [0, 0, 0]
  for (const [at, sample] of samples.entries()) {
    sine += sample * Math.sin((2 * Math.PI * hz * at) / 8000)
    cosine += sample * Math.cos((2 * Math.PI * hz * at) / 8000)
    all += sample * sample
  }
  return (2 * (sine * sine + cosine * cosine)) / samples.length / (all || 1)
}

it('mixes three telephones of two codecs over the wire, nobody hearing themselves, and leaves out who closes', async () => {
  const pool = await mediaForTest()
  const tones = [500, 900, 1500]
  const first = await phoneOn(pool, { codec: 'PCMA' })
  const all = [
    first,
    await phoneOn(pool, { codec: 'PCMU' }, first[1]),
    await phoneOn(pool, { codec: 'PCMA' }, first[1]),
  ]
  const codecs = (['PCMA', 'PCMU', 'PCMA'] as const).map(codecOf)
  await Promise.all(
    all.map(([, port]) => port.listenTo(all.map(([, other]) => other).filter(other => other !== port))),
  )
  const talk = () =>
    Promise.all(
      all.map(([peer, port], at) =>
        peer.sayAll(port.local, encode(codecs[at]!, tone(tones[at]!, 600, 6000)), codecs[at]!.payloadType),
      ),
    )
  const lastOf = (at: number) => {
    const frames = all[at]![0].heard.slice(-20, -5).flatMap(({ payload }) => [...payload])
    return Int16Array.from(frames, byte => codecs[at]!.toLinear[byte]!)
  }
  await talk()
  for (const listener of tones.keys()) {
    const heard = lastOf(listener)
    for (const [at, hz] of tones.entries()) {
      if (at === listener) expect(shareOf(hz, heard)).toBeLessThan(0.02)
      else expect(shareOf(hz, heard)).toBeGreaterThan(0.3)
    }
  }
  await all[1]![1].close()
  expect(all[0]![1].isHearing()).toBe(true)
  await talk()
  expect(shareOf(tones[2]!, lastOf(0))).toBeGreaterThan(0.9)
})

it('says a key to all who hear whoever pressed it, and to nobody else', async () => {
  const pool = await mediaForTest()
  const [caller, port] = await phoneOn(pool)
  const [seat, seatPort] = await phoneOn(pool, {}, port)
  const [third, thirdPort] = await phoneOn(pool, {}, port)
  await Promise.all([seatPort.listenTo([port, thirdPort]), thirdPort.listenTo([seatPort])])
  const pressed = notice(port, 'key')
  caller.press(port.local, 4)
  expect((await pressed).key).toBe('4')
  await seat.hears(({ payloadType, payload }) => payloadType === 101 && payload[0] === 4, 8)
  expect(third.heard.some(({ payloadType }) => payloadType === 101)).toBe(false)
})

it('plays on to who hears nobody, and stops as they hear somebody', async () => {
  const pool = await mediaForTest()
  const [, held] = await phoneOn(pool)
  const [, other] = await phoneOn(pool, {}, held)
  let isOver = false
  const music = held.play([soundOf(tone(440, 500))], { loop: true }).finally(() => {
    isOver = true
  })
  await held.listenTo([])
  expect(isOver).toBe(false)
  await held.listenTo([other])
  expect(await music).toBe('stopped')
})

it('refuses a row with somebody of another worker, and one of a port that is closed', async () => {
  const pool = await mediaForTest({ workers: 2 })
  const one = await pool.open()
  const elsewhere = await pool.open()
  await expect(one.listenTo([elsewhere])).rejects.toMatchObject({ code: 'bridge-failed' })
  await one.close()
  await expect(one.listenTo([])).rejects.toMatchObject({ code: 'bridge-failed' })
})
