import { forLanguage, primary } from '../language.ts'
import type { VoiceLanguage } from '../synthesizer.ts'

type Voice = {
  readonly name: string
  /** Pairs of espeak's words a minute and the resulting syllables a minute, including pauses within the prompt. */
  readonly measured: readonly (readonly [wordsPerMinute: number, syllablesPerMinute: number])[]
}

/**
 * Measured over six Mandarin, six Cantonese and five English prompts of 12 to 32 syllables, mastered, with
 * espeak-ng-emscripten 0.3.5. Mandarin prompts lie within 7 % of the mean, English ones within 13 % because their words
 * vary more, and Cantonese ones within 10 %, except a short one with many pauses.
 */
const voices: Readonly<Record<VoiceLanguage, Voice>> = {
  'zh-CN': {
    name: 'cmn',
    measured: [
      [80, 98.1],
      [100, 117.8],
      [120, 143.2],
      [140, 171.6],
      [160, 198.6],
      [180, 227.8],
      [200, 258.0],
      [250, 337.0],
      [300, 420.1],
    ],
  },
  yue: {
    name: 'yue',
    measured: [
      [80, 112.8],
      [100, 134.8],
      [120, 164.4],
      [140, 197.0],
      [160, 227.4],
      [180, 261.6],
      [200, 292.1],
      [250, 380.5],
      [300, 466.2],
    ],
  },
  en: {
    name: 'en-us',
    measured: [
      [80, 121.8],
      [120, 173.6],
      [160, 232.8],
      [200, 291.7],
      [300, 437.7],
    ],
  },
}

/**
 * espeak has about a hundred languages, most of them named by their primary subtag. A language that was not measured uses
 * the settings for English, and may be faster or slower than requested.
 */
export const voiceFor = (language: VoiceLanguage): Voice =>
  forLanguage(voices, language) ?? { name: primary(language), measured: voices.en?.measured ?? [] }

/** The setting for a rate, interpolated between the measured ones; outside them the nearest. */
export function wordsPerMinute({ measured }: Voice, syllablesPerMinute: number): number {
  const above = measured.findIndex(([, rate]) => rate >= syllablesPerMinute)
  const [upperWords, upperRate] = measured.at(above)!
  const [lowerWords, lowerRate] = measured[above - 1] ?? [upperWords, upperRate - 1]
  const share = Math.min(1, Math.max(0, (syllablesPerMinute - lowerRate) / (upperRate - lowerRate)))
  return Math.round(lowerWords + share * (upperWords - lowerWords))
}
