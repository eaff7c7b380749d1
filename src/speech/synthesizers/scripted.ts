import { sampleRate, soundOf } from '../../media/index.ts'
import { failedFault } from '../faults.ts'
import { mastered } from '../master.ts'
import { orAborted } from '../or-aborted.ts'
import { syllablesIn } from '../syllables.ts'
import type { Synthesizer, Utterance } from '../synthesizer.ts'

/** `stall` never answers, until the signal aborts or the mouth is closed. */
export type Behaviour = 'speak' | 'fail' | 'stall'

/**
 * The twin: hums one tone a syllable, as long as a voice would take and the same for the same text, so that tests and
 * simulations have prompts of lifelike length without a voice.
 * @param behave asked at each utterance; it speaks when absent.
 */
export function createScripted(behave: (utterance: Utterance) => Behaviour = () => 'speak'): Synthesizer {
  const closed = new AbortController()
  return {
    name: 'scripted (tones, no words)',
    edition: () => 'scripted 1',
    async speak(utterance, signal) {
      signal?.throwIfAborted()
      const behaviour = behave(utterance)
      if (behaviour === 'fail') throw failedFault('scripted', 'an order to fail')
      const calledOff = signal ? AbortSignal.any([signal, closed.signal]) : closed.signal
      const work = behaviour === 'stall' ? never : mastered(hum(utterance), sampleRate)
      const samples = await orAborted(work, calledOff)
      return soundOf(samples, utterance.text)
    },
    async close() {
      closed.abort(failedFault('scripted', 'a voice that was closed'))
    },
  }
}

const never = new Promise<never>(() => undefined)

/** The part of a syllable's time that sounds; the rest is a gap, so that syllables can be counted. */
const voicedShare = 0.8

function hum({ text, syllablesPerMinute }: Utterance): Float32Array {
  const syllables = Math.max(1, syllablesIn(text))
  const samplesASyllable = Math.round((60 / syllablesPerMinute) * sampleRate)
  return Float32Array.from({ length: syllables * samplesASyllable }, (_, sample) => {
    const within = (sample % samplesASyllable) / samplesASyllable
    if (within > voicedShare) return 0
    const character = text.codePointAt(Math.floor(sample / samplesASyllable) % text.length) ?? 0
    const envelope = Math.sin((Math.PI * within) / voicedShare)
    return envelope * Math.sin((2 * Math.PI * (300 + (character % 60) * 15) * sample) / sampleRate)
  })
}
