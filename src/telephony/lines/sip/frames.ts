/** The control protocol's frames: `<length in bytes>#<that many bytes>`. */
export type Frames = {
  /** The frames that are whole by now; undefined when what came cannot be one, and nothing after it can be understood. */
  take(chunk: Buffer): readonly Buffer[] | undefined
}

const mostDigits = 7

export function createFrames(): Frames {
  let waiting: Buffer = Buffer.alloc(0)
  return {
    take(chunk) {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
      const whole: Buffer[] = []
      for (;;) {
        const hash = waiting.indexOf('#')
        const digits = waiting.toString(
          'latin1',
          0,
          hash < 0 ? Math.min(waiting.length, mostDigits + 1) : hash,
        )
        const isLength = hash < 0 ? /^\d*$/.test(digits) : /^[1-9]\d*$/.test(digits)
        if (!isLength || digits.length > mostDigits) return undefined
        const end = hash + 1 + Number(digits)
        if (hash < 0 || waiting.length < end) return whole
        whole.push(waiting.subarray(hash + 1, end))
        waiting = waiting.subarray(end)
      }
    },
  }
}
