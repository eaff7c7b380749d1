/**
 * The answering machine detection of Asterisk with the limits of its sample configuration (app_amd, amd.conf.sample),
 * rebuilt from its documentation to be held beside ours: words parted by silence, counted; no asymmetry.
 */
import { codecOf } from '../../src/media/codecs.ts'
import type { AnsweredBy } from '../../src/telephony/index.ts'
import { type AnsweredCall, framesOf } from './answered-calls.ts'

const totalMs = 5000
const initialSilenceMs = 2500
const greetingMs = 1500
const afterGreetingSilenceMs = 800
const minWordMs = 100
const betweenWordsMs = 50
const maxWords = 2
const silenceThreshold = 256

export function asteriskDecides(call: AnsweredCall): AnsweredBy {
  let atMs = 0
  let silenceMs = 0
  let voiceMs = 0
  let words = 0
  let isInGreeting = false
  let isInWord = false
  for (const { codec, payload } of framesOf(call)) {
    const { toLinear } = codecOf(codec)
    const loudness = payload.reduce((sum, byte) => sum + Math.abs(toLinear[byte]!), 0) / payload.length
    atMs += 20
    if (loudness < silenceThreshold) {
      silenceMs += 20
      if (silenceMs >= betweenWordsMs) isInWord = false
      if (!isInGreeting && silenceMs >= initialSilenceMs) return 'machine'
      if (isInGreeting && silenceMs >= afterGreetingSilenceMs) return 'person'
      if (silenceMs >= betweenWordsMs && !isInWord) voiceMs = isInGreeting ? voiceMs : 0
    } else {
      voiceMs += 20
      if (!isInWord && voiceMs >= minWordMs) {
        words++
        isInWord = true
        isInGreeting = true
      }
      silenceMs = 0
      if (words > maxWords || (isInGreeting && voiceMs >= greetingMs)) return 'machine'
    }
    if (atMs >= totalMs) return 'unsure'
  }
  return 'unsure'
}
