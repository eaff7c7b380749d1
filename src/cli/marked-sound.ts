import { type Sound, sampleRate, soundOf } from '../media/index.ts'

/**
 * Sound that says by itself which prompt it is, so that a caller in a rehearsal knows what arrived over RTP. G.711 keeps
 * the sign of each sample, in A-law and µ-law alike as the highest bit (ITU-T G.711, tables 1 and 2); each frame of 160
 * samples carries 64 bits in its signs, each in two samples: a mark, the prompt's number, the frame's number in it, and
 * the exclusive or of the two.
 */
const frameSamples = 160
const amplitude = 4000
const mark = 0x5a5a
const fields = 4
const fieldBits = 16

/** Frames after which a prompt counts as heard: as in the simulator one that begins is, but a stray frame is none. */
const heardAfter = 1
/** A prompt that is said again begins with one of these. */
const firstFrames = 5

export function markedSound(number: number, text: string, durationMs: number): Sound {
  const frames = Math.max(heardAfter + 1, Math.round((durationMs * sampleRate) / 1000 / frameSamples))
  const samples = new Int16Array(frames * frameSamples).fill(-amplitude)
  for (let frame = 0; frame < frames; frame++)
    for (const [field, value] of [mark, number, frame, number ^ frame].entries())
      for (let bit = 0; bit < fieldBits; bit++) {
        if (((value >> bit) & 1) === 0) continue
        const at = frame * frameSamples + (field * fieldBits + bit) * 2
        samples.fill(amplitude, at, at + 2)
      }
  return soundOf(samples, text)
}

export type PromptMarks = {
  /** The same number for the same text. */
  numberOf(text: string): number
  /** One frame of G.711 as it arrived. */
  hear(payload: Uint8Array): void
}

/** @param onHeard told each time that a prompt has been heard long enough to be understood as that one. */
export function createMarks(onHeard: (text: string) => void): PromptMarks {
  const texts: string[] = []
  let last = { number: -1, frame: -1, isTold: false }
  return {
    numberOf(text) {
      const known = texts.indexOf(text)
      return known >= 0 ? known : texts.push(text) - 1
    },
    hear(payload) {
      const [found, number = 0, frame = 0, sum] = Array.from({ length: fields }, (_, field) =>
        fieldAt(payload, field),
      )
      if (found !== mark || sum !== (number ^ frame)) return
      // Frames come twice where one was lost; from the start again only where it is said again.
      const isNew = number !== last.number || (frame < last.frame && frame < firstFrames)
      last = { number, frame, isTold: isNew ? false : last.isTold }
      if (last.isTold || frame < heardAfter) return
      last = { ...last, isTold: true }
      onHeard(texts[number] ?? '')
    },
  }
}

function fieldAt(payload: Uint8Array, field: number): number {
  let value = 0
  for (let bit = 0; bit < fieldBits; bit++)
    if (((payload[(field * fieldBits + bit) * 2] ?? 0) & 0x80) !== 0) value |= 1 << bit
  return value
}
