import { Fault } from '../foundation/index.ts'
import type { HearingFailure } from './recognizer.ts'
import type { VoiceLanguage } from './synthesizer.ts'

/** A synthesizer failed to speak; it may succeed the next time. */
export const failedFault = (place: string, found: string, expected = 'speech', cause?: unknown) =>
  new Fault({ code: 'speech-failed', place, found, expected, cause })

/** A synthesizer can never say this, though it works. */
export const unknownFault = (place: string, found: string, expected: string) =>
  new Fault({ code: 'speech-unknown', place, found, expected })

/** A file that is not a readable WAV file. */
export const wavFault = (path: string, found: string, expected: string) =>
  new Fault({ code: 'wav-unreadable', place: path, found, expected })

export const unknownLanguage = (place: string, language: VoiceLanguage, known: readonly VoiceLanguage[]) =>
  unknownFault(place, `language ${language}`, known.join(' or '))

/** A recognizer stopped hearing. */
export const deafFault = (
  code: HearingFailure = 'recognizer-failed',
  place: string,
  found: string,
  expected = 'a recognizer that listens',
  cause?: unknown,
) => new Fault({ code, place, found, expected, cause })
