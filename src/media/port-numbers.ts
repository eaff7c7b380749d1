import { Fault } from '../foundation/index.ts'

/** UDP port numbers in pairs: even for RTP, the next for RTCP (RFC 3550, section 11). */
export type PortNumbers = {
  /** The even number of a pair not taken by us, as long ago given back as can be; undefined when all are. */
  take(): number | undefined
  giveBack(number: number): void
  /** Pairs in the range. */
  readonly pairs: number
}

/** @throws Fault `port-range` when not one pair fits. */
export function createPortNumbers([lowest, highest]: readonly [number, number]): PortNumbers {
  const first = lowest + (lowest % 2)
  const pairs = Math.floor((highest - first + 1) / 2)
  if (!(pairs > 0 && lowest > 0 && highest < 65536))
    throw new Fault({
      code: 'port-range',
      place: 'media',
      found: `${lowest} to ${highest}`,
      expected: 'a range of UDP ports with room for one even and the next odd number',
    })
  const taken = new Set<number>()
  let next = 0
  return {
    pairs,
    take() {
      for (let tries = 0; tries < pairs; tries++) {
        const number = first + 2 * next
        next = (next + 1) % pairs
        if (taken.has(number)) continue
        taken.add(number)
        return number
      }
      return undefined
    },
    giveBack: number => void taken.delete(number),
  }
}
