import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import load from '@echogarden/espeak-ng-emscripten'
import { mastered } from '../master.ts'

/** A prompt to speak. Each request is answered before the next is sent. */
export type EspeakRequest = { readonly text: string; readonly voice: string; readonly wordsPerMinute: number }
/** Mastered samples at 8 kHz; undefined if there is no such voice. */
export type EspeakAnswer = { readonly samples: Int16Array | undefined }

const data = new Uint8Array(
  readFileSync(createRequire(import.meta.url).resolve('@echogarden/espeak-ng-emscripten/espeak-ng.data')),
)
const engine = await load({ getPreloadedPackage: () => data.buffer })
const speaker = new engine.eSpeakNGWorker()
// The package allocates memory for a voice's name at the first use, so set one before the snapshot.
speaker.set_voice('cmn')
const asItBegan = engine.HEAPU8.slice()

parentPort?.on('message', async (order: EspeakRequest) => {
  const samples = await spoken(order)
  const answer: EspeakAnswer = { samples }
  parentPort?.postMessage(answer, samples ? [samples.buffer as ArrayBuffer] : [])
})

/**
 * Speaks a prompt, starting from a snapshot of espeak's memory, because its noise generator continues from the last prompt
 * and the same prompt must give the same samples. Restoring takes 2 ms, where a new engine would take 100.
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

/** Puts a text into the engine's memory ourselves: the package would keep a pointer that the snapshot does not know. */
function inMemory(text: string): number {
  const bytes = Buffer.from(`${text}\0`)
  const at = engine._malloc(bytes.length)
  engine.HEAPU8.set(bytes, at)
  return at
}

/** espeak reads angle brackets as SSML and double square brackets as phonemes, which prompts never mean. */
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
