/** The sound thread of a page: the microphone to frames of G.711, frames of G.711 to the loudspeaker. */
import { decodeAlaw, encodeAlaw } from './g711.ts'
import { createPlayout } from './playout.ts'
import { createResampler } from './resample.ts'
import type { FromSound, ToSound } from './thread.ts'

// What AudioWorkletGlobalScope has, and TypeScript's DOM library does not know.
declare const sampleRate: number
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: unknown): void

const lineRate = 8000
const frameSamples = 160
const quantum = 128

class Telephone extends AudioWorkletProcessor {
  private readonly down = createResampler(sampleRate, lineRate)
  private readonly up = createResampler(lineRate, sampleRate)
  private readonly playout = createPlayout()
  private said = new Float32Array(0)
  private heard = new Float32Array(0)
  private time = 0
  private isMuted = false
  private isOver = false

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<ToSound>) => {
      if (data.kind === 'frame') this.playout.push(decodeAlaw(data.bytes))
      else if (data.kind === 'mark') this.playout.mark(data.mark)
      else if (data.kind === 'clear') {
        this.playout.clear()
        this.heard = new Float32Array(0)
      } else if (data.kind === 'mute') this.isMuted = data.on
      else this.isOver = true
    }
  }

  process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
    // Without a microphone silence is said: the line is then seen to live.
    const microphone = input?.[0]
    this.say(microphone && !this.isMuted ? microphone : new Float32Array(quantum))
    const speakers = output ?? []
    this.hear(speakers[0]?.length ?? quantum)
    for (const speaker of speakers) speaker.set(this.heard.subarray(0, speaker.length))
    this.heard = this.heard.slice(speakers[0]?.length ?? quantum)
    return !this.isOver
  }

  private say(samples: Float32Array): void {
    this.said = joined(this.said, this.down.run(samples))
    while (this.said.length >= frameSamples) {
      const frame = this.said.subarray(0, frameSamples)
      const bytes = new Uint8Array(4 + frameSamples)
      new DataView(bytes.buffer).setUint32(0, this.time)
      bytes.set(encodeAlaw(frame), 4)
      this.tell({ kind: 'frame', bytes, level: levelOf(frame) }, [bytes.buffer])
      this.said = this.said.slice(frameSamples)
      this.time = (this.time + frameSamples) >>> 0
    }
  }

  private hear(samples: number): void {
    while (this.heard.length < samples) {
      const taken = new Float32Array(16)
      for (const mark of this.playout.pull(taken)) this.tell({ kind: 'heard', mark })
      this.heard = joined(this.heard, this.up.run(taken))
    }
  }

  private tell(message: FromSound, handOver: readonly ArrayBuffer[] = []): void {
    this.port.postMessage(message, [...handOver])
  }
}

function joined(one: Float32Array, two: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(one.length + two.length)
  both.set(one)
  both.set(two, one.length)
  return both
}

function levelOf(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
}

registerProcessor('telephone', Telephone)
