/** The longest frame taken from an app; a SIP message has to fit into a datagram anyway. */
const longestFrame = 999_999

/** `<length in bytes>#<text>`; one character is one byte. */
export function frame(text: string): string {
  return `${text.length}#${text}`
}

/** What came whole, and whether the stream can still be understood. */
export type CutFrames = { readonly frames: readonly string[]; readonly lost: boolean }

/** Cuts a stream of frames apart. */
export function createDeframer(): { take(chunk: string): CutFrames } {
  let waiting = ''
  return {
    take(chunk) {
      waiting += chunk
      const frames: string[] = []
      let start = 0
      for (;;) {
        const hash = waiting.indexOf('#', start)
        const digits = waiting.slice(start, hash < 0 ? start + 7 : hash)
        const lost = hash < 0 ? !/^\d{0,6}$/.test(digits) : !/^\d{1,6}$/.test(digits)
        const end = hash + 1 + Number(digits)
        if (lost || hash < 0 || end > waiting.length || end - hash > longestFrame) {
          waiting = waiting.slice(start)
          return { frames, lost }
        }
        frames.push(waiting.slice(hash + 1, end))
        start = end
      }
    },
  }
}
