import { type Sound, sampleRate, soundOf } from '../media/index.ts'

/** Softer than prompts (level.ts), so that an announcement over it stands out. */
const peak = 0.11
const beatMs = 750
const noteMs = 3000
/** Two bars each of a broken pentatonic chord, as frequencies in Hz (C4 = 261.63) that a telephone carries well. */
const chords: readonly (readonly number[])[] = [
  [261.63, 329.63, 392.0, 523.25],
  [220.0, 261.63, 329.63, 440.0],
  [293.66, 349.23, 440.0, 587.33],
  [246.94, 293.66, 392.0, 493.88],
]
/** Up and down through the four notes of a chord. */
const figure: readonly number[] = [0, 1, 2, 3, 2, 1, 2, 1]
/** Amplitudes of a soft bell's first partials. */
const partials: readonly number[] = [1, 0.35, 0.12]

/** Calm hold music made from a formula, so that nobody owns it: 24 s that loop seamlessly. Plain loops make it in 20 ms. */
export function holdMusic(): Sound {
  const bells = chords.map(chord => chord.map(bell))
  const beats = bells.flatMap(chord => figure.flatMap(step => chord[step] ?? []))
  const beatSamples = (beatMs / 1000) * sampleRate
  const loop = new Float32Array(beats.length * beatSamples)
  for (const [beat, note] of beats.entries()) {
    // A note rings on over the next ones, and the last ones over the first, which hides the seam.
    for (let at = 0; at < note.length; at++) loop[(beat * beatSamples + at) % loop.length]! += note[at]!
  }
  const loudest = loop.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return soundOf(Int16Array.from(loop, sample => Math.round((sample / loudest) * peak * 32_767)))
}

function bell(frequency: number): Float32Array {
  const length = (noteMs / 1000) * sampleRate
  const result = new Float32Array(length)
  for (let at = 0; at < length; at++) {
    const seconds = at / sampleRate
    const attack = Math.min(1, seconds / 0.03)
    const decay = Math.exp(-2.2 * seconds) * (1 - at / length)
    let tone = 0
    for (let index = 0; index < partials.length; index++)
      tone += partials[index]! * Math.sin(2 * Math.PI * frequency * (index + 1) * seconds)
    result[at] = attack * decay * tone
  }
  return result
}
