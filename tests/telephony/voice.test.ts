import { expect, it } from 'vitest'
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import type { Frame } from '../../src/media/index.ts'
import { createVoiceEars, listenForVoice } from '../../src/telephony/index.ts'
import { framesOf } from '../support/answered-calls.ts'

const hearsVoice = (frames: Iterable<Pick<Frame, 'codec' | 'payload'>>) =>
  listenForVoice({
    tap(listen) {
      for (const frame of frames) listen({ ...frame, timestamp: 0, direction: 'heard' })
      return () => undefined
    },
  }).stop()

const seconds = 8
/** Sound by its samples, as 20 ms frames. */
const framesBy = (sampleAt: (at: number) => number) =>
  framesOf({
    about: '',
    who: 'person',
    codec: 'PCMA',
    bytes: encode(
      codecOf('PCMA'),
      Int16Array.from({ length: 8000 * seconds }, (_, at) => sampleAt(at)),
    ),
  })

/** The same each time. */
function noise(amplitude: number) {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state / 2 ** 31) * amplitude
  }
}
const hum = (at: number) => 6000 * Math.sin((2 * Math.PI * 100 * at) / 8000)

it.each([
  ['silence', framesBy(() => 0)],
  ['a line that sends nothing', []],
  ['the noise of a bad line', framesBy(noise(300))],
  ['a road', framesBy(noise(12_000))],
  ['a hum', framesBy(hum)],
  ['a tone', framesBy(at => 8000 * Math.sin((2 * Math.PI * 440 * at) / 8000))],
  ['a door that bangs twice', framesBy(at => (at % 32_000 < 800 ? noise(20_000)() : 0))],
])('hears no voice in %s', (_, frames) => {
  expect(hearsVoice(frames)).toBe(false)
})

it('listens to so many messages at once, and says of those above that it does not know', () => {
  let taps = 0
  const call = {
    tap: () => {
      taps++
      return () => taps--
    },
  }
  const listenTo = createVoiceEars(undefined, 2)
  const [first, second, third] = [listenTo(call), listenTo(call), listenTo(call)]
  expect(taps).toBe(2)
  expect([third?.stop(), first?.stop()]).toEqual([undefined, false])
  expect(taps).toBe(1)
  expect([listenTo(call).stop(), second?.stop()]).toEqual([false, false])
  expect(taps).toBe(0)
})
