import { readFileSync } from 'node:fs'
import { decode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'

/** A stretch of one channel of the file of a conversation. */
export function channelOf(path: string, channel: 0 | 1, fromMs: number, ms: number): Int16Array {
  const file = readFileSync(path)
  const at = file.indexOf('data', 0, 'latin1') + 8 + Math.round(fromMs / 20) * 320
  const codec = codecOf(file.readUInt16LE(20) === 6 ? 'PCMA' : 'PCMU')
  return decode(
    codec,
    Uint8Array.from({ length: ms * 8 }, (_, each) => file[at + each * 2 + channel]!),
  )
}

/** Which of these tones are in it: each with a whole number of waves in 20 ms. */
export function tonesIn<Name extends string>(
  samples: Int16Array,
  tones: Readonly<Record<Name, number>>,
): readonly Name[] {
  return (Object.keys(tones) as Name[]).filter(name => {
    let [sine, cosine] = [0, 0]
    for (const [at, sample] of samples.entries()) {
      const turn = (2 * Math.PI * tones[name] * at) / 8000
      sine += sample * Math.sin(turn)
      cosine += sample * Math.cos(turn)
    }
    return Math.hypot(sine, cosine) / samples.length > 800
  })
}
