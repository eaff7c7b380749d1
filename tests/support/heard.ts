/** What is in what a telephone heard: tones by their letters, and `x` for any other sound, as music or a voice. */

const rate = 8000
/** Of 40 ms: every tone of whole hundreds of hertz is told from all others, wherever a window begins. */
const windowSamples = 320
const hopSamples = 160
/** Of 16-bit samples: amplitude of a tone that counts, half of one under a notice included; loudness of another sound, and of silence. */
const least = { tone: 1_200, other: 500, any: 150 }

/** Hertz of the tones that are said at one time; together they are one letter. */
type Tones = Readonly<Record<string, readonly number[]>>

/** The letters of what is in a stretch; `-` for silence. */
export function lettersIn(samples: Int16Array, tones: Tones): string {
  let power = 0
  for (const sample of samples) power += sample * sample
  power /= samples.length || 1
  if (power < least.any ** 2) return '-'
  const found = Object.entries(tones)
    .map(([name, all]) => ({ name, amplitudes: all.map(hz => amplitudeOf(hz, samples)) }))
    .filter(({ amplitudes }) => amplitudes.every(amplitude => amplitude > least.tone))
  const rest = found
    .flatMap(({ amplitudes }) => amplitudes)
    .reduce((left, amplitude) => left - amplitude ** 2 / 2, power)
  const hasOther = rest > least.other ** 2 && rest > power / 20
  return found.map(({ name }) => name).join('') + (hasOther ? 'x' : '') || '-'
}

/** What was heard one after the other, each for 200 ms at least. */
export function runsOf(samples: Int16Array, tones: Tones): readonly string[] {
  const runs: string[] = []
  let last = ''
  let count = 0
  for (const letters of windows(samples, window => lettersIn(window, tones))) {
    count = letters === last ? count + 1 : 1
    last = letters
    if (count * hopSamples >= rate / 5 && runs.at(-1) !== letters) runs.push(letters)
  }
  return runs
}

/** The longest silence from the first sound on, in ms. */
export function longestSilenceMs(samples: Int16Array): number {
  let [longest, now] = [0, Number.NEGATIVE_INFINITY]
  for (const isSilent of windows(samples, isQuiet)) {
    now = isSilent ? now + 1 : 0
    longest = Math.max(longest, now)
  }
  return (longest * hopSamples * 1000) / rate
}

function isQuiet(window: Int16Array): boolean {
  return window.every(sample => Math.abs(sample) < least.any * 2)
}

function windows<Found>(samples: Int16Array, look: (window: Int16Array) => Found): Found[] {
  const found: Found[] = []
  for (let at = 0; at + windowSamples <= samples.length; at += hopSamples)
    found.push(look(samples.subarray(at, at + windowSamples)))
  return found
}

function amplitudeOf(hz: number, samples: Int16Array): number {
  let [sine, cosine] = [0, 0]
  for (const [at, sample] of samples.entries()) {
    sine += sample * Math.sin((2 * Math.PI * hz * at) / rate)
    cosine += sample * Math.cos((2 * Math.PI * hz * at) / rate)
  }
  return (2 * Math.hypot(sine, cosine)) / (samples.length || 1)
}
