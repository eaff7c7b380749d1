import { describe, expect, it } from 'vitest'
import { holdMusic } from '../../src/speech/index.ts'
import { activeLevelDbov, levelled, speechLevelDbov } from '../../src/speech/level.ts'
import { mastered } from '../../src/speech/master.ts'
import { resampled } from '../../src/speech/resample.ts'
import { trimmed } from '../../src/speech/trim.ts'
import { fromPcm16 } from '../../src/speech/wav.ts'
import { amplitudeAt, joined, rms, silence, sine } from './signals.ts'

/** Without the ends, where a filter starts and stops. */
const middle = (samples: Float32Array) => samples.subarray(400, samples.length - 400)

describe('the resampler', () => {
  it.each([11_025, 16_000, 22_050, 44_100, 48_000])(
    'keeps a tone of 440 Hz from %i samples a second',
    async rate => {
      const result = await resampled(sine(440, rate, 1), rate)
      expect(result).toHaveLength(8000)
      expect(amplitudeAt(440, middle(result), 8000)).toBeCloseTo(0.5, 2)
      const loudest = Array.from({ length: 99 }, (_, step) => step * 40 + 40)
        .map(hz => ({ hz, amplitude: amplitudeAt(hz, middle(result), 8000) }))
        .reduce((most, next) => (next.amplitude > most.amplitude ? next : most))
      expect(loudest.hz).toBe(440)
    },
  )

  it.each([4500, 5000, 7000, 10_000])('lets nothing of %i Hz come back as a lower tone', async hz => {
    const result = await resampled(sine(hz, 44_100, 1), 44_100)
    expect(20 * Math.log10(rms(middle(result)) / rms(sine(hz, 44_100, 1)))).toBeLessThan(-80)
  })

  it('passes what a telephone passes', async () => {
    for (const hz of [300, 1000, 3400])
      expect(amplitudeAt(hz, middle(await resampled(sine(hz, 22_050, 1), 22_050)), 8000)).toBeCloseTo(0.5, 2)
  })

  it('keeps time over a long recording that is worked off in pieces', async () => {
    const click = joined(silence(44_100, 3), sine(1000, 44_100, 0.05), silence(44_100, 2))
    const result = await resampled(click, 44_100)
    expect(result).toHaveLength(5.05 * 8000)
    expect(result.findIndex(sample => Math.abs(sample) > 0.1) / 8000).toBeCloseTo(3, 2)
  })

  it('leaves 8 kHz as it is', async () => {
    const samples = sine(440, 8000, 0.1)
    expect(await resampled(samples, 8000)).toBe(samples)
  })
})

describe('the level', () => {
  it('is that of the speech, however much silence lies around it', () => {
    const speech = sine(300, 8000, 1, 0.2)
    const expected = 20 * Math.log10(0.2 / Math.SQRT2)
    expect(activeLevelDbov(speech)).toBeCloseTo(expected, 1)
    expect(activeLevelDbov(joined(silence(8000, 3), speech, silence(8000, 3)))).toBeCloseTo(expected, 1)
    expect(activeLevelDbov(joined(speech, sine(50, 8000, 3, 0.002)))).toBeCloseTo(expected, 1)
  })

  it.each([0.001, 0.02, 0.9])('of a prompt at an amplitude of %f becomes that of all prompts', amplitude => {
    expect(activeLevelDbov(levelled(sine(300, 8000, 1, amplitude)))).toBeCloseTo(speechLevelDbov, 1)
  })

  it('is given up before a peak is clipped', () => {
    const peaky = joined(sine(300, 8000, 2, 0.02), Float32Array.of(0.9), sine(300, 8000, 2, 0.02))
    const result = levelled(peaky)
    expect(Math.max(...result)).toBeLessThan(0.8)
    expect(activeLevelDbov(result)).toBeLessThan(speechLevelDbov)
  })

  it('of silence stays silence', () => {
    expect(levelled(silence(8000, 0.1))).toEqual(silence(8000, 0.1))
    expect(activeLevelDbov(new Float32Array(0))).toBe(-Infinity)
  })
})

describe('the trimmer', () => {
  it('cuts what comes before the first and after the last sound, and keeps pauses within', () => {
    const word = sine(300, 8000, 0.5)
    const noise = sine(50, 8000, 1, 0.0005)
    const result = trimmed(joined(noise, word, silence(8000, 1), word, noise))
    expect(result.length / 8000).toBeCloseTo(2.08, 2)
    expect(result.findIndex(sample => Math.abs(sample) > 0.1) / 8000).toBeLessThan(0.03)
  })

  it('leaves nothing of silence', () => {
    expect(trimmed(silence(8000, 0.1))).toHaveLength(0)
  })
})

it('makes a prompt of any speech', async () => {
  const speech = joined(silence(44_100, 1), sine(440, 44_100, 1, 0.05), silence(44_100, 1))
  const prompt = fromPcm16(await mastered(speech, 44_100))
  expect(prompt.length / 8000).toBeCloseTo(1.08, 1)
  expect(activeLevelDbov(prompt)).toBeCloseTo(speechLevelDbov, 0)
})

describe('the music on hold', () => {
  const music = fromPcm16(holdMusic().samples)

  it('is softer than prompts and never silent', () => {
    expect(activeLevelDbov(music)).toBeLessThan(speechLevelDbov - 6)
    for (let at = 0; at < music.length; at += 4000)
      expect(20 * Math.log10(rms(music.subarray(at, at + 4000)))).toBeGreaterThan(-50)
  })

  it('joins its own beginning without a click', () => {
    const steps = music.map((sample, at) => Math.abs(sample - (music[at - 1] ?? music.at(-1) ?? 0)))
    const largestWithin = steps.subarray(1).reduce((most, step) => Math.max(most, step), 0)
    expect(steps[0]).toBeLessThan(largestWithin)
  })

  it('is the same each time', () => {
    expect(holdMusic().id).toBe(holdMusic().id)
  })
})
