/** Texts as a recognizer would get them wrong. */
import { distance } from 'fastest-levenshtein'
import { expect, it } from 'vitest'
import { soundOf } from '../../src/chinese/index.ts'
import { createNoise, createRandom } from '../../src/triage/index.ts'

const text = '我们小区的暖气从昨天晚上开始就不热，屋里老人孩子都冻得受不了，物业电话也没有人接'.repeat(20)

it.each([0.05, 0.1, 0.2])('gets about as many characters wrong as it is told: %s', rate => {
  const heard = createNoise(rate)(text, createRandom(1))
  expect(distance(text, heard) / text.length / rate).toBeGreaterThan(0.7)
  expect(distance(text, heard) / text.length / rate).toBeLessThan(1.2)
})

it('writes other characters of the same sound, mostly, and leaves figures and signs alone', () => {
  const heard = createNoise(0.2)('暖气，14度。'.repeat(200), createRandom(2))
  expect(heard.replaceAll(/[^14，。]/g, '')).toBe('，14。'.repeat(200))
  const sounds = (said: string) => [...said].map(soundOf)
  const same = sounds(createNoise(0.3)(text, createRandom(3))).join(' ')
  expect(distance(sounds(text).join(' '), same) / text.length).toBeLessThan(0.6)
})

it('gets the same wrong for the same seed, and nothing at 0', () => {
  const noise = createNoise(0.1)
  expect(noise(text, createRandom(4))).toBe(noise(text, createRandom(4)))
  expect(createNoise(0)(text, createRandom(4))).toBe(text)
})
