import { syllablesIn } from '../speech/index.ts'

/** From `atMs` on, the text is heard up to `end` (UTF-16 units). */
export type Onset = { readonly atMs: number; readonly end: number }

/** DESIGN: how long a voice rests at a sign, in syllables; eSpeak's and Azure's pauses lie between 1 and 2. */
const pauses: Readonly<Record<string, number>> = { '，': 1, ',': 1, '、': 0.7, '；': 1.3, ';': 1.3 }
const fullStop = 1.7
const stops = '。.！!？?：:'

/** A Chinese character, a digit, a Latin word; signs and spaces belong to what they follow. */
const units = /(\p{Script=Han}|\d|[\p{L}']+)[^\p{L}\d]*|[^\p{L}\d]+/gu

/**
 * When each word of a spoken text begins to be heard. Only the text and the length of its sound are known: time is
 * shared out by syllables and by the pauses that signs make; the last pause falls to the silence that was trimmed off.
 */
export function onsetsOf(text: string, durationMs: number, startMs = 0): readonly Onset[] {
  const parts = text.match(units) ?? []
  const weights = parts.map((part, index) => ({
    spoken: syllablesIn(part) || (/[\p{L}]/u.test(part) ? 1 : 0),
    rest: index === parts.length - 1 ? 0 : pauseAfter(part),
  }))
  const total = weights.reduce((sum, { spoken, rest }) => sum + spoken + rest, 0) || 1
  const onsets: Onset[] = []
  let end = 0
  let passed = 0
  for (const [index, part] of parts.entries()) {
    end += part.length
    onsets.push({ atMs: startMs + (passed / total) * durationMs, end })
    const { spoken, rest } = weights[index] ?? { spoken: 0, rest: 0 }
    passed += spoken + rest
  }
  return onsets
}

function pauseAfter(part: string): number {
  const sign = [...part].find(character => character in pauses || stops.includes(character))
  return sign === undefined ? 0 : (pauses[sign] ?? fullStop)
}
