import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import load from '@echogarden/espeak-ng-emscripten'
import { mastered } from '../master.ts'

/** One prompt to speak; the answer to each comes before the next is asked for. */
export type EspeakRequest = { readonly text: string; readonly voice: string; readonly wordsPerMinute: number }
/** 8 kHz, mastered; undefined when there is no such voice. */
export type EspeakAnswer = { readonly samples: Int16Array | undefined }

const data = new Uint8Array(
  readFileSync(createRequire(import.meta.url).resolve('@echogarden/espeak-ng-emscripten/espeak-ng.data')),
)
const newEngine = () => load({ getPreloadedPackage: () => data.buffer })
let nextEngine = newEngine()

parentPort?.on('message', async (order: EspeakRequest) => {
  const samples = await spoken(order)
  const answer: EspeakAnswer = { samples }
  parentPort?.postMessage(answer, samples ? [samples.buffer as ArrayBuffer] : [])
})

/**
 * A new engine for each prompt, since espeak's noise goes on from where the last prompt left it, and the same prompt
 * must give the same samples. Made ahead, while the last one lives and V8 still has its compiled code: 25 ms, not 100.
 */
async function spoken({ text, voice, wordsPerMinute }: EspeakRequest): Promise<Int16Array | undefined> {
  const { eSpeakNGWorker } = await nextEngine
  nextEngine = newEngine()
  const speaker = new eSpeakNGWorker()
  if (speaker.set_voice(voice) !== 0) return undefined
  speaker.set_rate(wordsPerMinute)
  const pieces: Int16Array[] = []
  speaker.synthesize(withoutMarkup(text), piece => {
    pieces.push(piece)
    return false
  })
  return mastered(joined(pieces), speaker.get_samplerate())
}

/** espeak takes angle brackets for SSML and double square ones for phonemes; a prompt means neither. */
const withoutMarkup = (text: string) => text.replace(/[<>[\]]/g, ' ')

function joined(pieces: readonly Int16Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) for (const sample of piece) whole[at++] = sample / 32_768
  return whole
}
