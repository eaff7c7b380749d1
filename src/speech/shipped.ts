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
 * Notices said over whatever is playing. `still-there` asks a silent caller to press a key. `stopping` tells waiting callers
 * that they keep their place although the hotline is about to stop; `stopped` says that it stops now, and what to do.
 * `press-seven` asks unknown callers for a key while lines are scarce. `recorded` tells callers that they are recorded if
 * no flow told them. `bad-line` tells whoever talks to a seat that has lost its network to hold on.
 */
export type SpokenNotice = 'still-there' | 'stopping' | 'stopped' | 'press-seven' | 'recorded' | 'bad-line'

/** Sounds that ship with the product; `emergency` tells a caller what to do when all else fails. */
export type ShippedSound = 'emergency' | SpokenNotice

/**
 * Loads a message that ships with the product. It is read into memory at the start, so that playing it needs no voice, no
 * disk and no database.
 * @throws Fault `wav-unreadable`, or the file system's error, if the installation is incomplete
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
