/** Sound for a recognizer's port without a call, and what it makes of it. */
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import type { CodecName } from '../../src/media/index.ts'
import type { Heard, Hearing } from '../../src/speech/index.ts'
import { spell } from './tone-speech.ts'

const frameSamples = 160

/** Says samples into a hearing, as fast as it goes. @returns when the sound ends. */
export function say(hearing: Hearing, samples: Int16Array, atMs: number, codec: CodecName = 'PCMA'): number {
  let nowMs = atMs
  for (let at = 0; at < samples.length; at += frameSamples) {
    const frame = new Int16Array(frameSamples)
    frame.set(samples.subarray(at, at + frameSamples))
    hearing.push({ codec, payload: encode(codecOf(codec), frame) }, nowMs)
    nowMs += 20
  }
  return nowMs
}

export const speak = (hearing: Hearing, text: string, atMs: number, codec?: CodecName) =>
  say(hearing, spell(text), atMs, codec)
export const keepSilent = (hearing: Hearing, ms: number, atMs: number, codec?: CodecName) =>
  say(hearing, new Int16Array(ms * 8), atMs, codec)

/** Everything that a hearing tells, to its end. */
export async function allOf(hearing: Hearing): Promise<readonly Heard[]> {
  const heard: Heard[] = []
  for await (const one of hearing.words) heard.push(one)
  return heard
}

/** What a hearing tells as it comes; `until` resolves when something was told. */
export function follow(hearing: Hearing) {
  const heard: Heard[] = []
  let failure: unknown
  let isOver = false
  const over = (async () => {
    try {
      for await (const one of hearing.words) heard.push(one)
    } catch (error) {
      failure = error
    } finally {
      isOver = true
    }
  })()
  return { heard, over, failure: () => failure, isOver: () => isOver }
}

/** The texts of utterances that are final and not empty. */
export const finals = (heard: readonly Heard[]): readonly string[] =>
  heard.flatMap(one => (one.kind === 'final' && one.text !== '' ? [one.text] : []))
