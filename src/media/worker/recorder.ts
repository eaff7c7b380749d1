import { type FileHandle, open } from 'node:fs/promises'
import { codecOf } from '../codecs.ts'
import type { Recording } from '../port.ts'
import { sampleRate } from '../sound.ts'
import { wavHeader, wavHeaderBytes } from '../wav.ts'
import type { FrameListener } from './leg.ts'

const channels = 2
/** A second goes to the disk at once; after each the header is right, so a crash costs at most the last one. */
const samplesInChunk = sampleRate
/** Seconds that may wait for a slow disk; what comes after is left out, as silence of the same length. */
const mostWaiting = 10

export type Recorder = {
  readonly listen: FrameListener
  /** Ends it; `done` follows when all is on the disk. */
  end(): void
  /** @throws what the file system threw. */
  readonly done: Promise<Recording>
}

/** Writes what is heard (left) and said (right) to a WAV file, never waiting for the disk. */
export function createRecorder(path: string): Recorder {
  let chunk = new Int16Array(samplesInChunk * channels)
  let filled = 0
  let chunksBefore = 0
  let waiting = 0
  let hasEnded = false
  let end!: () => void
  const ended = new Promise<void>(resolve => {
    end = resolve
  })
  const file = open(path, 'w', 0o600)
  let writing: Promise<unknown> = file.then(handle => handle.write(wavHeader(channels, 0), 0))

  /** Every chunk has its place in the file, so one that was left out is a hole, which reads as silence. */
  const flush = (samples: number) => {
    const data = new Uint8Array(chunk.buffer, 0, samples * channels * 2)
    const place = wavHeaderBytes + chunksBefore * chunk.byteLength
    chunk = new Int16Array(samplesInChunk * channels)
    chunksBefore++
    filled = 0
    if (waiting >= mostWaiting) return
    waiting++
    writing = writing.then(async () => {
      const handle: FileHandle = await file
      await handle.write(data, 0, data.length, place)
      await handle.write(wavHeader(channels, place + data.length - wavHeaderBytes), 0, wavHeaderBytes, 0)
      waiting--
    })
    writing.catch(end)
  }

  const finish = async (): Promise<Recording> => {
    await ended
    hasEnded = true
    const samples = chunksBefore * samplesInChunk + filled
    if (filled > 0) flush(filled)
    try {
      await writing
    } finally {
      await (await file).close()
    }
    return { path, durationMs: (samples / sampleRate) * 1000 }
  }

  writing.catch(end)
  return {
    end,
    done: finish(),
    listen(codecName, heard, said) {
      if (hasEnded) return
      const { toLinear } = codecOf(codecName)
      for (let at = 0; at < heard.length; at++) {
        const place = (filled + at) * channels
        chunk[place] = toLinear[heard[at]!]!
        chunk[place + 1] = toLinear[said[at]!]!
      }
      filled += heard.length
      if (filled === samplesInChunk) flush(filled)
    },
  }
}
