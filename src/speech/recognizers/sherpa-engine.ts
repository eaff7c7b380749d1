import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sherpa, { type OnlineStream } from 'sherpa-onnx-node'
import { type CodecName, linearOf, sampleRate } from '../../media/index.ts'
import type { SherpaModel } from './sherpa-model.ts'
import { createUpsampler, type Upsampler } from './sherpa-upsample.ts'

export type EngineOptions = { readonly model: SherpaModel; readonly hotwords: readonly string[] }

/** What was made of a stream's sound; times in ms of that sound. */
export type EngineWords = {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
  readonly isFinal: boolean
  readonly confidence?: number
}

/** One speaker's sound. */
export type EngineStream = {
  readonly stream: OnlineStream
  /** From the line's rate to the model's. */
  readonly upsample: Upsampler
  shown: string
}

/** One model in memory, and many streams through it. */
export type SherpaEngine = {
  open(): EngineStream
  hear(stream: EngineStream, codec: CodecName, bytes: Uint8Array): void
  /** No more sound will come. */
  finish(stream: EngineStream): void
  /** Works off what the streams hold, together; tells of each what is new. */
  decode(streams: Iterable<EngineStream>, tell: Tell): void
  /** The words of a finished stream that no pause has made final. */
  last(stream: EngineStream, tell: Tell): void
}

export type Tell = (stream: EngineStream, words: EngineWords) => void

/** Silence that pushes the last word through a model that looks ahead. */
const tail = new Float32Array(0.8 * sampleRate)
/** Seconds. */
const pause = 0.8
/** A token is told by where it begins. */
const tokenMs = 40

/** Ends the process when the model is not what it should be: to be tried in a process of its own first. */
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
    // Seconds of silence that end an utterance without words and with some, and its greatest length. Where frames are
    // miscounted no utterance seems long enough to have words in it.
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
      // sherpa-onnx can resample, too, and writes a line to standard error for each stream that it does it for.
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

/** The geometric mean of its tokens' probabilities. */
function confidenceOf(logs: readonly number[]): number | undefined {
  if (logs.length === 0) return undefined
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)
  return mean >= 0 && mean <= 1 ? mean : undefined
}
