import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Sound, sampleRate, soundOf } from '../media/index.ts'
import { wavFault } from './faults.ts'
import { forLanguage } from './language.ts'
import type { VoiceLanguage } from './synthesizer.ts'
import { parseWav, toPcm16 } from './wav.ts'

const shippedIn: readonly VoiceLanguage[] = ['zh-CN', 'en']
const firstLanguage = 'zh-CN'

/**
 * Said over whatever is heard: `still-there` asks one who fell silent for a key, `stopping` tells who waits that they keep
 * their place although the hotline is to stop, `stopped` that it stops now, and what to do; `press-seven`
 * asks strangers for a key while lines are scarce; `recorded` tells one whom no flow told that they are recorded.
 */
export type SpokenNotice = 'still-there' | 'stopping' | 'stopped' | 'press-seven' | 'recorded'

/** `emergency` tells a caller what to do when all else fails. */
export type ShippedSound = 'emergency' | SpokenNotice

/**
 * A message that ships with the product. It is read into memory at start, so that playing it needs no voice, no disk and
 * no database.
 * @throws Fault `wav-unreadable`, or the file system's error, when the product is not whole.
 */
export function loadShipped(name: ShippedSound): (language: VoiceLanguage) => Sound {
  const sounds = Object.fromEntries(shippedIn.map(language => [language, load(name, language)]))
  const first = load(name, firstLanguage)
  return language => forLanguage(sounds, language) ?? first
}

function load(name: ShippedSound, language: VoiceLanguage): Sound {
  const shipped = (ending: string) =>
    fileURLToPath(new URL(`../../ivr-flows/prompts/${language}/${name}.${ending}`, import.meta.url))
  const place = shipped('wav')
  const { samples, samplesPerSecond } = parseWav(readFileSync(place), place)
  if (samplesPerSecond !== sampleRate)
    throw wavFault(place, `${samplesPerSecond} samples a second`, `${sampleRate}, to be played as it is`)
  return soundOf(toPcm16(samples), readFileSync(shipped('txt'), 'utf8').trim())
}
