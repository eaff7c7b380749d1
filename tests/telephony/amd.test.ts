import { expect, it } from 'vitest'
import { type Measure, measure } from '../../src/media/index.ts'
import { isMonologue } from '../../src/telephony/amd/amd.ts'
import {
  type AmdLimits,
  type AnsweredBy,
  amdLimits,
  beforeAmd,
  judge,
  listenForVoice,
} from '../../src/telephony/index.ts'
import { type AnsweredCall, answeredCalls, framesOf, lacksVoices } from '../support/answered-calls.ts'
import { asteriskDecides } from '../support/asterisk-amd.ts'
import { confusionOf, machinesFound, personsTakenForMachines, printed } from '../support/confusion.ts'

/** What was decided, and when it was first our turn. */
function live(heard: Iterable<Measure>, limits: AmdLimits = amdLimits) {
  let state = beforeAmd
  const verdicts: { verdict: AnsweredBy; atMs: number }[] = []
  for (const one of heard) {
    const next = judge(state, { kind: 'heard', measure: one }, limits)
    state = next.state
    if (next.verdict) verdicts.push({ verdict: next.verdict, atMs: state.atMs })
  }
  return { state, verdicts }
}
const decide = (call: AnsweredCall): AnsweredBy =>
  live(framesOf(call).map(measure)).verdicts.at(-1)?.verdict ?? 'unsure'

/** That nothing was tuned on; made once, since voices take seconds. */
let held: readonly AnsweredCall[] | undefined
const heldCalls = () => {
  held ??= answeredCalls('held', 20_261_126, 330)
  return held
}

const quiet = (ms: number): Measure[] => Array.from({ length: ms / 20 }, () => ({ levelDbov: -60 }))
const tone = (ms: number, toneHz = 1000): Measure[] =>
  Array.from({ length: ms / 20 }, () => ({ levelDbov: -20, toneHz }))
/** Four syllables a second, hushed between. */
const says = (syllables: number): Measure[] =>
  Array.from({ length: syllables }, () => [
    ...Array.from({ length: 8 }, (): Measure => ({ levelDbov: -20 })),
    ...quiet(80),
  ]).flat()

it('speaks to who says nothing for four seconds, and hangs up on nobody for it', () => {
  const { verdicts, state } = live(quiet(30_000))
  expect(verdicts).toEqual([{ verdict: 'unsure', atMs: amdLimits.silenceMs }])
  expect(state.phase).toBe('speaking')
})

it('speaks as soon as a short word is over', () => {
  const [first] = live([...quiet(600), ...says(1), ...quiet(2000)]).verdicts
  expect(first?.verdict).toBe('person')
  expect(first?.atMs).toBeLessThan(600 + 240 + 800)
})

it('takes a long greeting for a machine by its syllables, which no space parts', () => {
  expect(live([...quiet(500), ...says(40)]).verdicts.at(-1)?.verdict).toBe('machine')
})

it('takes a short greeting with a beep after it for a machine, though it spoke already', () => {
  const { verdicts } = live([...quiet(300), ...says(8), ...quiet(900), ...tone(300), ...quiet(1000)])
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['person', 'machine'])
})

/** Two sentences and more, with a breath between. */
const recording = [...quiet(500), ...says(18), ...quiet(900), ...says(20), ...quiet(900), ...says(12)]

it('takes a beep at the end of many sentences for that of a machine, and the sentences alone for no proof', () => {
  const beeps = [...quiet(600), ...tone(400), ...quiet(1200)]
  const { verdicts } = live([...recording, ...beeps])
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['person', 'machine'])
  expect(live([...recording, ...quiet(15_000)]).verdicts.map(({ verdict }) => verdict)).toEqual(['person'])
  // A person who waits for a word, and beside whom an oven beeps later.
  const waits = [...says(18), ...quiet(2500), ...says(20), ...beeps]
  expect(live(waits).verdicts.map(({ verdict }) => verdict)).toEqual(['person'])
})

it('holds who talks on and on for what may be a recording, and who waits for a word for none', () => {
  expect(isMonologue(live(recording).state)).toBe(true)
  const talks = [...says(18), ...quiet(1600), ...says(20), ...quiet(1600), ...says(12)]
  expect(isMonologue(live(talks).state)).toBe(false)
})

it('takes an oven that beeps three times, or a beep after one word, for no machine', () => {
  const oven = [...tone(400), ...quiet(500), ...tone(400), ...quiet(500), ...tone(400), ...quiet(2000)]
  expect(live([...says(8), ...quiet(900), ...oven]).verdicts.map(({ verdict }) => verdict)).toEqual([
    'person',
  ])
  const word = [...quiet(300), ...says(1), ...quiet(900), ...tone(400), ...quiet(2000)]
  expect(live(word).verdicts.map(({ verdict }) => verdict)).toEqual(['person'])
})

it('holds a key for the proof that nothing overrules', () => {
  const { state, verdict } = judge(live(says(20)).state, { kind: 'key' })
  expect(verdict).toBe('person')
  const later = [...says(60), ...quiet(900), ...tone(400), ...quiet(1000)]
  let now = state
  for (const one of later) {
    const next = judge(now, { kind: 'heard', measure: one })
    expect(next.verdict).toBeUndefined()
    now = next.state
  }
})

it('leaves steady sound, as of an engine, unsure: it is spoken to', () => {
  const engine = Array.from({ length: 1500 }, (_, at): Measure => ({ levelDbov: -25 + (at % 3) }))
  expect(live(engine).verdicts.map(({ verdict }) => verdict)).toEqual(['unsure'])
})

it.skipIf(lacksVoices)(
  'takes at most one person in 200 for a machine, over calls that it was not tuned on',
  { timeout: 180_000 },
  () => {
    const calls = heldCalls()
    const ours = confusionOf(calls, decide)
    const others = confusionOf(calls, asteriskDecides)
    console.log(`${printed('ours', ours)}\n${printed("Asterisk's sample limits", others)}`)
    expect(personsTakenForMachines(ours)).toBeLessThanOrEqual(0.005)
    // That nobody is taken for a machine is easy for who finds none.
    expect(machinesFound(ours)).toBeGreaterThan(0.6)
  },
)

it.skipIf(lacksVoices)(
  'hears a voice in whatever somebody says who leaves a sentence, and none where nobody is',
  () => {
    const hears = (call: AnsweredCall) =>
      listenForVoice({
        tap(listen) {
          for (const frame of framesOf(call)) listen({ ...frame, timestamp: 0, direction: 'heard' })
          return () => undefined
        },
      }).stop()
    const shareOf = (...kinds: readonly string[]) => {
      const calls = heldCalls().filter(({ about }) => kinds.includes(about))
      expect(calls.length).toBeGreaterThan(10)
      return calls.filter(hears).length / calls.length
    }
    expect(shareOf('a sentence', 'a greeting and a beep', 'a greeting without a beep')).toBe(1)
    expect(shareOf('silence to the end')).toBe(0)
  },
  60_000,
)
