import type { SpeechConfig, SpeechSynthesisResult } from 'microsoft-cognitiveservices-speech-sdk'
import { type Clock, withDeadline } from '../../foundation/index.ts'
import { sampleRate, soundOf } from '../../media/index.ts'
import { failedFault, unknownLanguage } from '../faults.ts'
import { forLanguage } from '../language.ts'
import { mastered } from '../master.ts'
import { orAborted } from '../or-aborted.ts'
import { toSsml } from '../ssml.ts'
import type { Language, Synthesizer } from '../synthesizer.ts'
import { fromPcm16 } from '../wav.ts'

type Options = {
  /** The service by region and key; or its container, or a proxy to it, by address (ws, wss, http or https). */
  readonly access:
    | { readonly region: string; readonly key: string }
    | { readonly host: URL; readonly key?: string }
  /** Names such as zh-CN-XiaoxiaoNeural, each for the language that it begins with. */
  readonly voices: readonly string[]
  readonly clock: Clock
}

type Sdk = typeof import('microsoft-cognitiveservices-speech-sdk')

const deadlineMs = 10_000

/**
 * Azure's speech service, through its SDK, which takes its time to load and is loaded at the first utterance.
 * It sends the SDK's own figures (latencies, no text) to that same service.
 */
export function createAzure({ access, voices, clock }: Options): Synthesizer {
  const byLanguage: Readonly<Record<Language, string>> = Object.fromEntries(
    voices.map(voice => [voice.split('-').slice(0, 2).join('-'), voice]),
  )
  const closed = new AbortController()

  return {
    name: 'azure',
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

/** One connection an utterance, ended when it is answered or called off. */
async function ask(access: Options['access'], ssml: string, calledOff: AbortSignal): Promise<ArrayBuffer> {
  const sdk: Sdk = await import('microsoft-cognitiveservices-speech-sdk')
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

function configOf(sdk: Sdk, access: Options['access']): SpeechConfig {
  if ('region' in access) return sdk.SpeechConfig.fromSubscription(access.key, access.region)
  // The SDK opens a web socket at the address as given.
  const host = new URL(access.host.href.replace(/^http/, 'ws'))
  return sdk.SpeechConfig.fromHost(host, access.key)
}
