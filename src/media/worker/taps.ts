import type { FrameListener } from './leg.ts'
import type { FrameBatch, FrameHead, PortNumber } from './protocol.ts'

const frameBytes = 160
/** Frames that may wait for a slow listener: 5 s of both sides of 20 calls. */
const mostWaiting = 10_000

/**
 * Frames on their way to listeners on the main thread. One batch is under way at a time, and the next holds what came
 * meanwhile: a listener that keeps up gets each frame at once, a slow one gets larger batches, and one that stands
 * still loses the oldest, while the loop goes on as ever.
 */
export type Taps = {
  listener(port: PortNumber): FrameListener
  /** Sends what waits, unless a batch is still under way. */
  flush(): void
  /** The batch under way was taken. */
  taken(): void
}

export function createTaps(send: (batch: FrameBatch) => void, onDrop: (frames: number) => void): Taps {
  let heads: FrameHead[] = []
  let payloads = new Uint8Array(0)
  let isUnderWay = false

  const add = (head: FrameHead, frame: Uint8Array) => {
    const start = heads.length * frameBytes
    if (start === payloads.length) {
      const larger = new Uint8Array(Math.max(8 * frameBytes, payloads.length * 2))
      larger.set(payloads)
      payloads = larger
    }
    payloads.set(frame, start)
    heads.push(head)
  }

  const dropOldest = () => {
    const dropped = mostWaiting / 10
    heads = heads.slice(dropped)
    payloads.copyWithin(0, dropped * frameBytes)
    onDrop(dropped)
  }

  return {
    listener: port => (codec, heard, said, timestamp) => {
      if (heads.length + 2 > mostWaiting) dropOldest()
      add({ port, codec, timestamp, direction: 'heard' }, heard)
      add({ port, codec, timestamp, direction: 'said' }, said)
    },
    flush() {
      if (isUnderWay || heads.length === 0) return
      isUnderWay = true
      send({ heads, payloads: payloads.slice(0, heads.length * frameBytes) })
      heads = []
    },
    taken() {
      isUnderWay = false
    },
  }
}
