import { sampleRate, soundOf } from '../../media/index.ts'
import { failedFault } from '../faults.ts'
import { levelled } from '../level.ts'
import { orAborted } from '../or-aborted.ts'
import { syllablesIn } from '../syllables.ts'
import type { Synthesizer, Utterance } from '../synthesizer.ts'
import { toPcm16 } from '../wav.ts'

/** How the twin behaves. `stall` never answers until the signal aborts or the synthesizer is closed. */
export type Behaviour = 'speak' | 'fail' | 'stall'

/**
 * The twin: hums one tone per syllable, with a voice's timing and always the same for a text, so that tests and simulations
 * have prompts of realistic length without a voice.
 * @param behave called for each utterance; by default it speaks
 */
export function createScripted(behave: (utterance: Utterance) => Behaviour = () => 'speak'): Synthesizer {
  const closed = new AbortController()
  return {
    name: 'scripted (tones, no words)',
    edition: () => 'scripted 2',
    async speak(utterance, signal) {
      signal?.throwIfAborted()
      const behaviour = behave(utterance)
      if (behaviour === 'fail') throw failedFault('scripted', 'an order to fail')
      const calledOff = signal ? AbortSignal.any([signal, closed.signal]) : closed.signal
      const work = behaviour === 'stall' ? never : Promise.resolve(hum(utterance))
      const samples = await orAborted(work, calledOff)
      return soundOf(samples, utterance.text)
    },
    async close() {
      closed.abort(failedFault('scripted', 'a voice that was closed'))
    },
  }
}

const never = new Promise<never>(() => undefined)

/** The share of a syllable's time that sounds; the rest is a gap, so that syllables can be counted. */
const voicedShare = 0.8
const tones = 60

function hum({ text, syllablesPerMinute }: Utterance): Int16Array {
  const syllables = Math.max(1, syllablesIn(text))
  const samplesASyllable = Math.round((60 / syllablesPerMinute) * sampleRate)
  const samples = new Int16Array(syllables * samplesASyllable)
  for (let syllable = 0; syllable < syllables; syllable++) {
    const character = text.codePointAt(syllable % text.length) ?? 0
    samples.set(toneOf(character % tones, samplesASyllable), syllable * samplesASyllable)
  }
  return samples.subarray(0, samples.length - Math.floor(samplesASyllable * (1 - voicedShare)))
}

/** Tones are computed once: with thousands of prompts, a sine per sample would take most of a start. */
const hummed = new Map<string, Int16Array>()

function toneOf(tone: number, samplesASyllable: number): Int16Array {
  const key = `${tone}/${samplesASyllable}`
  const known = hummed.get(key)
  if (known) return known
  const voiced = Math.ceil(samplesASyllable * voicedShare)
  const samples = toPcm16(
    levelled(
      Float32Array.from({ length: voiced }, (_, sample) => {
        const envelope = Math.sin((Math.PI * sample) / voiced)
        return envelope * Math.sin((2 * Math.PI * (300 + tone * 15) * sample) / sampleRate)
      }),
    ),
  )
  hummed.set(key, samples)
  return samples
}
