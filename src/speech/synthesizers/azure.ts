import type { SpeechSynthesisResult } from 'microsoft-cognitiveservices-speech-sdk'
import { type Clock, withDeadline } from '../../foundation/index.ts'
import { sampleRate, soundOf } from '../../media/index.ts'
import { type AzureAccess, configOf, loadSdk } from '../azure.ts'
import { failedFault, unknownLanguage } from '../faults.ts'
import { forLanguage } from '../language.ts'
import { mastered } from '../master.ts'
import { orAborted } from '../or-aborted.ts'
import { toSsml } from '../ssml.ts'
import type { Synthesizer, VoiceLanguage } from '../synthesizer.ts'
import { fromPcm16 } from '../wav.ts'

type Options = {
  readonly access: AzureAccess
  /** Voice names such as zh-CN-XiaoxiaoNeural, each for the language in its name. */
  readonly voices: readonly string[]
  readonly clock: Clock
}

const deadlineMs = 10_000
/** The free tier allows 20 concurrent requests, the paid ones 200. */
const atOnce = 16

/**
 * Azure's speech service through its SDK, which is slow to load and therefore loaded at the first utterance. The SDK sends
 * telemetry (latencies, no text) to the same service.
 */
export function createAzure({ access, voices, clock }: Options): Synthesizer {
  const byLanguage: Readonly<Record<VoiceLanguage, string>> = Object.fromEntries(
    voices.map(voice => [voice.split('-').slice(0, 2).join('-'), voice]),
  )
  const closed = new AbortController()

  return {
    name: 'azure',
    atOnce,
    edition: language => `azure ${forLanguage(byLanguage, language)}`,
    async speak(utterance, signal) {
      signal?.throwIfAborted()
      const voice = forLanguage(byLanguage, utterance.language)
      if (!voice) throw unknownLanguage('azure', utterance.language, Object.keys(byLanguage))
      const tooLate = new AbortController()
      const calledOff = AbortSignal.any([tooLate.signal, closed.signal, ...(signal ? [signal] : [])])
      const pcm = await withDeadline(
        clock,
        deadlineMs,
        ask(access, toSsml(utterance, voice), calledOff),
        () => {
          const fault = failedFault('azure', `nothing within ${deadlineMs} ms`)
          tooLate.abort(fault)
          return fault
        },
      )
      return soundOf(await mastered(fromPcm16(new Int16Array(pcm)), sampleRate), utterance.text)
    },
    async close() {
      closed.abort(failedFault('azure', 'a voice that was closed'))
    },
  }
}

/** Uses one connection per utterance, closed when it is answered or cancelled. */
async function ask(access: AzureAccess, ssml: string, calledOff: AbortSignal): Promise<ArrayBuffer> {
  const sdk = await loadSdk()
  const config = configOf(sdk, access)
  config.speechSynthesisOutputFormat = sdk.SpeechSynthesisOutputFormat.Raw8Khz16BitMonoPcm
  const synthesizer = new sdk.SpeechSynthesizer(config, null)
  const answer = new Promise<SpeechSynthesisResult>((resolve, reject) => {
    synthesizer.speakSsmlAsync(ssml, resolve, reason => reject(failedFault('azure', reason)))
  })
  try {
    const result = await orAborted(answer, calledOff)
    if (result.reason !== sdk.ResultReason.SynthesizingAudioCompleted)
      throw failedFault('azure', result.errorDetails)
    if (result.audioData.byteLength < 2) throw failedFault('azure', 'no sound')
    return result.audioData
  } finally {
    synthesizer.close()
  }
}
