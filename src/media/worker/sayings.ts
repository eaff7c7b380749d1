import type { PortNumber } from './protocol.ts'

const frameBytes = 160

/** What ports without a socket say, on its way to the main thread: one message a slot, its memory handed over. */
export type Sayings = {
  add(port: PortNumber, frame: Uint8Array): void
  flush(): void
}

export function createSayings(
  send: (said: readonly PortNumber[], payloads: Uint8Array<ArrayBuffer>) => void,
): Sayings {
  let said: PortNumber[] = []
  let payloads = new Uint8Array(frameBytes)
  return {
    add(port, frame) {
      const start = said.length * frameBytes
      if (start === payloads.length) {
        const larger = new Uint8Array(payloads.length * 2)
        larger.set(payloads)
        payloads = larger
      }
      payloads.set(frame, start)
      said.push(port)
    },
    flush() {
      if (said.length === 0) return
      const filled = said.length * frameBytes
      send(said, filled === payloads.length ? payloads : payloads.slice(0, filled))
      payloads = new Uint8Array(filled)
      said = []
    },
  }
}
