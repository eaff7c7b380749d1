import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onsetsOf } from '../../src/captions/prompt-pace.ts'

const heardAt = (text: string, durationMs: number, atMs: number) =>
  text.slice(0, onsetsOf(text, durationMs).findLast(onset => onset.atMs <= atMs)?.end ?? 0)

it('lets each word appear when it begins to be heard, a sign with the word before it', () => {
  const text = '您好，请按0。'
  // Two syllables, a rest of one, three syllables: 600 ms of 100 ms each.
  expect(heardAt(text, 600, 0)).toBe('您')
  expect(heardAt(text, 600, 110)).toBe('您好，')
  expect(heardAt(text, 600, 290)).toBe('您好，')
  expect(heardAt(text, 600, 310)).toBe('您好，请')
  expect(heardAt(text, 600, 510)).toBe(text)
})

it('takes Latin words whole', () => {
  expect(heardAt('Press the hash key', 4000, 100)).toBe('Press ')
  expect(heardAt('Press the hash key', 4000, 1100)).toBe('Press the ')
})

it('gives back every text whole by the end of its sound, and never goes back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 0, max: 20_000 }),
      (text, ms) => {
        const onsets = onsetsOf(text, ms)
        expect(onsets.at(-1)?.end ?? 0).toBe(text.length)
        expect(onsets.every(({ atMs }) => atMs <= ms)).toBe(true)
        expect(onsets.toSorted((one, two) => one.end - two.end)).toEqual(onsets)
      },
    ),
  )
})
