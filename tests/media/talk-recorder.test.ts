import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { firstState, type PartyName, rowsOf, stateAfter, talkMoves } from '../../src/desk/party-state.ts'
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import type { CodecName } from '../../src/media/index.ts'
import { mendTalkFile, readTalkFile } from '../../src/media/talk-file.ts'
import { hearLegs, listenTo } from '../../src/media/worker/company.ts'
import { connectLeg, hearMessage, type Leg, openLeg, sendLeg, tickLeg } from '../../src/media/worker/leg.ts'
import { createTalkRecorder } from '../../src/media/worker/talk-recorder.ts'
import { channelOf, tonesIn } from '../support/recorded.ts'
import { tone } from '../support/sounds.ts'

const folder = mkdtempSync(join(tmpdir(), 'jieting-talk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))

/** Those of one call each: a seat with two of its own is in the company of each by one of them. */
type Voice = Exclude<PartyName, 'aside'>

/** Whole waves in 20 ms, so that a frame of one is like every other. */
const tones = { caller: 500, seat: 800, third: 1100, supervisor: 1400 } as const satisfies Record<
  Voice,
  number
>
const names = Object.keys(tones) as Voice[]

/** The four legs of a conversation in this thread, and a clock whose ticks are the test's. */
async function openTwin(codecs: readonly CodecName[]) {
  const around = {
    counters: new Float64Array(16),
    mediaTimeoutMs: 60_000,
    wake: () => undefined,
    onKey: () => undefined,
    onHeld: () => undefined,
    onSay: () => undefined,
    onBack: () => undefined,
    onLost: () => undefined,
  }
  const legs = {} as Record<Voice, Leg>
  const frames = {} as Record<Voice, Uint8Array>
  for (const [at, name] of names.entries()) {
    const codec = codecs[at]!
    legs[name] = (await openLeg(at, undefined, around))!
    connectLeg(legs[name], { address: '', port: 0, codec, send: true })
    frames[name] = encode(codecOf(codec), tone(tones[name], 20))
  }
  let tick = 0
  return {
    legs,
    tick(count: number) {
      for (let each = 0; each < count; each++, tick++) {
        for (const name of names) hearMessage(legs[name], frames[name], tick * 160)
        for (const name of names) tickLeg(legs[name], tick)
        for (const name of names) sendLeg(legs[name])
      }
    },
  }
}

/** Who is heard in 20 ms of sound. */
const voicesIn = (samples: Int16Array) => tonesIn(samples, tones)

let files = 0
const newPath = () => join(folder, `${++files}.wav`)

/** Steps of at least 20 ticks, so that each has a middle that no buffer blurs. */
const script = fc.array(fc.record({ pick: fc.nat(99), ticks: fc.integer({ min: 20, max: 45 }) }), {
  minLength: 3,
  maxLength: 10,
})
const codec = fc.constantFrom<CodecName>('PCMA', 'PCMU')

it('records as long as people were together, each on their channel, whatever is done with the call', async () => {
  const run = async (
    steps: readonly { pick: number; ticks: number }[],
    codecs: readonly CodecName[],
    wait: number,
  ) => {
    const { legs, tick } = await openTwin(codecs)
    const path = newPath()
    const recorder = createTalkRecorder(legs.caller, path, 'call', false, () => undefined)
    const off = listenTo(legs.caller, recorder.listen)
    // The seat rings.
    tick(wait)
    let state = { ...firstState, muted: new Set<'caller' | 'third'>() }
    const middles: { readonly atMs: number; readonly rows: ReturnType<typeof rowsOf> }[] = []
    let ticks = 0
    let together = 0
    const arrange = (ms: number) => {
      const rows = rowsOf(state)
      for (const name of names)
        hearLegs(
          legs[name],
          names.filter(other => rows[name].includes(other)).map(other => legs[other]),
        )
      tick(ms)
      middles.push({ atMs: (ticks + ms - 4) * 20, rows })
      ticks += ms
      if (rows.caller.length > 0 || names.some(name => rows[name].includes('caller'))) together = ticks
    }
    arrange(20)
    for (const { pick, ticks: length } of steps) {
      const moves = Object.keys(talkMoves[state.phase]) as (keyof (typeof talkMoves)['talking'])[]
      const extra = pick % 4
      if (extra === 0) state = { ...state, muted: new Set(state.muted.size ? [] : (['caller'] as const)) }
      else
        state = { ...state, ...stateAfter(state, moves[pick % moves.length]!), muted: new Set(state.muted) }
      arrange(length)
    }
    for (const name of names) hearLegs(legs[name], [])
    tick(7)
    recorder.end()
    const { durationMs, spans, cutBy } = await recorder.done
    off()
    expect(cutBy).toBeUndefined()
    expect(Math.abs(durationMs - together * 20)).toBeLessThanOrEqual(20)
    expect(await readTalkFile(path)).toMatchObject({ codec: codecs[0], durationMs, isWhole: true })
    for (const { atMs, rows } of middles) {
      if (atMs >= durationMs - 40) continue
      const isHeard = names.some(name => rows[name].includes('caller'))
      expect(voicesIn(channelOf(path, 0, atMs, 20))).toEqual(isHeard ? ['caller'] : [])
      expect(voicesIn(channelOf(path, 1, atMs, 20))).toEqual(names.filter(name => rows.caller.includes(name)))
      const isAlone = !isHeard && rows.caller.length === 0
      expect(spans.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)).toBe(isAlone)
    }
  }
  await fc.assert(fc.asyncProperty(script, fc.tuple(codec, codec, codec, codec), fc.nat(30), run), {
    numRuns: 50,
  })
})

it('keeps both channels silent while it is paused, and lets the time run', async () => {
  const { legs, tick } = await openTwin(['PCMA', 'PCMA', 'PCMA', 'PCMA'])
  const path = newPath()
  const recorder = createTalkRecorder(legs.caller, path, 'call', false, () => undefined)
  listenTo(legs.caller, recorder.listen)
  hearLegs(legs.caller, [legs.seat])
  hearLegs(legs.seat, [legs.caller])
  tick(100)
  recorder.pause(true)
  tick(50)
  recorder.pause(false)
  tick(100)
  recorder.end()
  const { durationMs, spans } = await recorder.done
  expect(durationMs).toBe(5000)
  expect(spans).toEqual([{ kind: 'paused', fromMs: 2000, untilMs: 3000 }])
  expect(voicesIn(channelOf(path, 0, 1900, 20))).toEqual(['caller'])
  expect(new Set(channelOf(path, 0, 2000, 1000))).toEqual(new Set([8]))
  expect(new Set(channelOf(path, 1, 2000, 1000))).toEqual(new Set([8]))
  expect(voicesIn(channelOf(path, 1, 3000, 20))).toEqual(['seat'])
  const { peaks } = (await readTalkFile(path))!
  expect(peaks.length).toBe(100)
  expect([peaks[2 * 15]! > 50, peaks[2 * 25], peaks[2 * 35 + 1]! > 50]).toEqual([true, 0, true])
})

it('says on which channel who is, and mends what a crash left', async () => {
  const { legs, tick } = await openTwin(['PCMU', 'PCMA', 'PCMA', 'PCMA'])
  const path = newPath()
  const recorder = createTalkRecorder(legs.caller, path, 'call_1', false, () => undefined)
  listenTo(legs.caller, recorder.listen)
  hearLegs(legs.caller, [legs.seat])
  tick(250)
  recorder.end()
  await recorder.done
  const whole = readFileSync(path)
  expect(whole.toString()).toContain('left / 左: the citizen')
  expect(whole.toString()).toContain('call_1')
  expect(whole.readUInt32LE(4)).toBe(whole.length - 8)
  // As if it had died after the second piece, within the third.
  const cut = newPath()
  const dataAt = whole.indexOf('data', 0, 'latin1') + 8
  const torn = Buffer.from(whole.subarray(0, dataAt + 3 * 16_000 + 1))
  torn.writeUInt32LE(2 * 25_600, dataAt - 4)
  writeFileSync(cut, torn)
  expect(await mendTalkFile(cut)).toMatchObject({ codec: 'PCMU', durationMs: 3000, isWhole: false })
  const mended = await readTalkFile(cut)
  expect(mended).toMatchObject({ durationMs: 3000, isWhole: true })
  expect(mended!.peaks).toEqual((await readTalkFile(path))!.peaks.subarray(0, 60))
  expect(readFileSync(cut).readUInt32LE(4)).toBe(readFileSync(cut).length - 8)
})

it('makes no file of a call in which nobody was heard, and says why one was broken off', async () => {
  const { legs, tick } = await openTwin(['PCMA', 'PCMA', 'PCMA', 'PCMA'])
  const alone = newPath()
  const recorder = createTalkRecorder(legs.caller, alone, 'call', false, () => undefined)
  listenTo(legs.caller, recorder.listen)
  tick(50)
  recorder.end()
  expect(await recorder.done).toEqual({ durationMs: 0, spans: [] })
  expect(await readTalkFile(alone).catch(error => error.code)).toBe('ENOENT')
  writeFileSync(alone, '')
  const nowhere = createTalkRecorder(legs.caller, join(alone, 'folder.wav'), 'call', false, () => undefined)
  listenTo(legs.caller, nowhere.listen)
  hearLegs(legs.caller, [legs.seat])
  tick(100)
  expect(await nowhere.done).toMatchObject({ durationMs: 0, cutBy: 'EEXIST' })
})
