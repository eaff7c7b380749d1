import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sherpa, { type OnlineStream } from 'sherpa-onnx-node'
import { type CodecName, linearOf, sampleRate } from '../../media/index.ts'
import type { SherpaModel } from './sherpa-model.ts'
import { createUpsampler, type Upsampler } from './sherpa-upsample.ts'

export type EngineOptions = { readonly model: SherpaModel; readonly hotwords: readonly string[] }

/** Words recognized in a stream; times are in ms of its sound. */
export type EngineWords = {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
  readonly isFinal: boolean
  readonly confidence?: number
}

/** One speaker's stream. */
export type EngineStream = {
  readonly stream: OnlineStream
  /** Converts from the line's sample rate to the model's. */
  readonly upsample: Upsampler
  shown: string
}

/** One model in memory that serves many streams. */
export type SherpaEngine = {
  open(): EngineStream
  hear(stream: EngineStream, codec: CodecName, bytes: Uint8Array): void
  /** Says that no more sound will come. */
  finish(stream: EngineStream): void
  /** Decodes the streams' sound together, and reports what is new in each. */
  decode(streams: Iterable<EngineStream>, tell: Tell): void
  /** Reports the last words of a finished stream, which no pause has made final. */
  last(stream: EngineStream, tell: Tell): void
}

export type Tell = (stream: EngineStream, words: EngineWords) => void

/** Silence that flushes the last word through a model with look-ahead. */
const tail = new Float32Array(0.8 * sampleRate)
/** Pause in seconds that ends an utterance. */
const pause = 0.8
/** Assumed length of a token, of which only the beginning is known. */
const tokenMs = 40

/** Opens a model. sherpa-onnx ends the process for a bad model, so try it in a separate process first. */
export function openEngine({ model, hotwords }: EngineOptions): SherpaEngine {
  const folder = hotwords.length > 0 && model.takesHotwords ? mkdtempSync(join(tmpdir(), 'jieting-')) : ''
  const hotwordsFile = join(folder, 'hotwords.txt')
  if (folder) writeFileSync(hotwordsFile, hotwords.join('\n'))
  const recognizer = new sherpa.OnlineRecognizer({
    featConfig: { sampleRate: model.samplesPerSecond, featureDim: 80 },
    modelConfig: model.config,
    ...(folder
      ? { decodingMethod: 'modified_beam_search', maxActivePaths: 4, hotwordsFile, hotwordsScore: 1.5 }
      : { decodingMethod: 'greedy_search' }),
    enableEndpoint: true,
    // Seconds of silence that end an utterance without words (rule 1) and with words (rule 2), and its maximal length. With
    // miscounted frames no utterance seems long enough to hold words, so both use the same pause.
    rule1MinTrailingSilence: model.framesCounted === 1 ? 2.4 : pause,
    rule2MinTrailingSilence: pause,
    rule3MinUtteranceLength: 20 / model.framesCounted,
  })
  if (folder) rmSync(folder, { recursive: true })

  const tellNews = (one: EngineStream, isFinal: boolean, tell: Tell) => {
    const result = recognizer.getResult(one.stream)
    const text = result.text.trim()
    if (text !== one.shown || (isFinal && text !== '')) {
      const fromMs = result.start_time * model.framesCounted * 1000
      const at = (seconds = 0) => fromMs + seconds * 1000
      const sure = isFinal ? confidenceOf(result.ys_probs) : undefined
      tell(one, {
        text,
        isFinal,
        startMs: at(result.timestamps[0]),
        endMs: at(result.timestamps.at(-1)) + tokenMs,
        confidence: sure,
      })
    }
    one.shown = isFinal ? '' : text
  }

  return {
    open: () => ({
      stream: recognizer.createStream(),
      // sherpa-onnx can resample as well, but writes a line to standard error for each stream.
      upsample: model.samplesPerSecond === sampleRate ? samples => samples : createUpsampler(),
      shown: '',
    }),
    hear({ stream, upsample }, codec, bytes) {
      const samples = Float32Array.from(linearOf(codec, bytes), sample => sample / 32_768)
      stream.acceptWaveform({ samples: upsample(samples), sampleRate: model.samplesPerSecond })
    },
    finish({ stream, upsample }) {
      stream.acceptWaveform({ samples: upsample(tail), sampleRate: model.samplesPerSecond })
      stream.inputFinished()
    },
    decode(streams, tell) {
      let ready = [...streams]
      for (;;) {
        ready = ready.filter(({ stream }) => recognizer.isReady(stream))
        if (ready.length === 0) return
        recognizer.decodeStreams(ready.map(({ stream }) => stream))
        for (const one of ready) {
          const isFinal = recognizer.isEndpoint(one.stream)
          tellNews(one, isFinal, tell)
          if (isFinal) recognizer.reset(one.stream)
        }
      }
    },
    last: (one, tell) => tellNews(one, true, tell),
  }
}

/** The geometric mean of the tokens' probabilities. */
function confidenceOf(logs: readonly number[]): number | undefined {
  if (logs.length === 0) return undefined
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)
  return mean >= 0 && mean <= 1 ? mean : undefined
}
