import type { Call } from '../call.ts'
import { amdLimits, beforeAmd, hearSound } from './amd.ts'
import { type AmdEar, earForSound } from './listen.ts'

/** DESIGN: 50 frames a second at 30 µs each: so many cost 6 % of the thread that leads all calls. */
const mostEars = 40

export type VoiceListening = {
  /** Ends the listening, and tells whether somebody spoke; undefined where nobody listened. */
  stop(): boolean | undefined
}

/** Listens to so many messages at once: of those above nobody knows whether there is a voice, and their sound is there. */
export function createVoiceEars(ear?: AmdEar, most = mostEars) {
  let busy = 0
  return (call: Pick<Call, 'tap'>): VoiceListening => {
    if (busy >= most) return { stop: () => undefined }
    busy++
    const listening = listenForVoice(call, ear)
    return {
      stop() {
        busy--
        return listening.stop()
      },
    }
  }
}

/** Fewer syllables are a cough, a click, or a door. */
const leastSyllables = 3

/**
 * Listens whether somebody speaks, by the same syllables as those of who answers a call: a hum, a road and a line that
 * sends nothing have none, and music lacks the hushes of speech.
 * Whoever says one word in the noise of a street is not heard: what it tells decides nothing, and the sound is there.
 */
export function listenForVoice(call: Pick<Call, 'tap'>, ear: AmdEar = earForSound) {
  let state = beforeAmd
  let syllables = 0
  const untap = call.tap(frame => {
    // The tone that asks for words is ours.
    if (frame.direction !== 'heard') return
    for (const measure of ear(frame)) {
      state = hearSound(state, measure, amdLimits)
      if (state.syllableMs === state.atMs) syllables++
    }
  })
  return {
    /** Ends the listening, and tells what was heard. */
    stop(): boolean {
      untap()
      return syllables >= leastSyllables && !isFilled()
    },
  }

  /** Loud all the time, without a hush. */
  function isFilled(): boolean {
    const { loudMs, hushedMs, atMs } = state
    return loudMs >= 0.85 * atMs && hushedMs < amdLimits.hushShare * loudMs
  }
}
