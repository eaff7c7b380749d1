import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Sound, sampleRate, soundOf } from '../media/index.ts'
import { wavFault } from './faults.ts'
import { forLanguage } from './language.ts'
import type { Language } from './synthesizer.ts'
import { parseWav, toPcm16 } from './wav.ts'

const shippedIn: readonly Language[] = ['zh-CN', 'en']
const firstLanguage = 'zh-CN'

/**
 * The message that ships with the product and tells a caller what to do when all else fails. It is read into memory
 * at start, so that playing it needs no voice, no disk and no database.
 * @throws Fault `wav-unreadable`, or the file system's error, when the product is not whole.
 */
export function loadEmergencySounds(): (language: Language) => Sound {
  const sounds = Object.fromEntries(shippedIn.map(language => [language, load(language)]))
  const first = load(firstLanguage)
  return language => forLanguage(sounds, language) ?? first
}

function load(language: Language): Sound {
  const shipped = (ending: string) =>
    fileURLToPath(new URL(`../../ivr-flows/prompts/${language}/emergency.${ending}`, import.meta.url))
  const place = shipped('wav')
  const { samples, samplesPerSecond } = parseWav(readFileSync(place), place)
  if (samplesPerSecond !== sampleRate)
    throw wavFault(place, `${samplesPerSecond} samples a second`, `${sampleRate}, to be played as it is`)
  return soundOf(toPcm16(samples), readFileSync(shipped('txt'), 'utf8').trim())
}
