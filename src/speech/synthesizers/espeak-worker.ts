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
const engine = await load({ getPreloadedPackage: () => data.buffer })
const speaker = new engine.eSpeakNGWorker()
// The package keeps its own room for a voice's name from the first on: that is part of what is remembered.
speaker.set_voice('cmn')
const asItBegan = engine.HEAPU8.slice()

parentPort?.on('message', async (order: EspeakRequest) => {
  const samples = await spoken(order)
  const answer: EspeakAnswer = { samples }
  parentPort?.postMessage(answer, samples ? [samples.buffer as ArrayBuffer] : [])
})

/**
 * Each prompt begins with espeak's memory as it was after the start, since its noise goes on from where the last prompt
 * left it, and the same prompt must give the same samples: 2 ms, where a new engine costs 100 and has to be compiled anew.
 */
async function spoken({ text, voice, wordsPerMinute }: EspeakRequest): Promise<Int16Array | undefined> {
  engine.HEAPU8.set(asItBegan)
  engine.HEAPU8.fill(0, asItBegan.length)
  if (speaker.set_voice(voice) !== 0) return undefined
  speaker.set_rate(wordsPerMinute)
  const pieces: Int16Array[] = []
  speaker.synthesize(inMemory(withoutMarkup(text)), piece => {
    pieces.push(piece)
    return false
  })
  return mastered(joined(pieces), speaker.get_samplerate())
}

/** A text's place: one that the package took itself would be remembered by it, and forgotten by the memory. */
function inMemory(text: string): number {
  const bytes = Buffer.from(`${text}\0`)
  const at = engine._malloc(bytes.length)
  engine.HEAPU8.set(bytes, at)
  return at
}

/** espeak takes angle brackets for SSML and double square ones for phonemes; a prompt means neither. */
const withoutMarkup = (text: string) => text.replace(/[<>[\]]/g, ' ')

function joined(pieces: readonly Int16Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    for (let index = 0; index < piece.length; index++) whole[at + index] = (piece[index] ?? 0) / 32_768
    at += piece.length
  }
  return whole
}
