/**
 * Maps positions in the sound that a recognizer was given to times in the call. Recognizers count the sound they receive,
 * which lacks lost frames, while each frame that arrives carries its own time.
 */
export type SoundTimeline = {
  /** Adds the next sound that was given, with the time at which it began to be audible. */
  add(durationMs: number, atMs: number): void
  /** The time in the call of a position. @param ms position in the sound given so far */
  at(ms: number): number
}

/** The times of a tap vary by less than this: its clock follows the fastest frame. */
const toleranceMs = 10
/** Recognizers refer to the last minute or so only. */
const mostPieces = 1000

export function createSoundTimeline(): SoundTimeline {
  const pieces: { readonly fromMs: number; readonly atMs: number }[] = []
  let givenMs = 0
  return {
    add(durationMs, atMs) {
      const last = pieces.at(-1)
      if (!last || Math.abs(last.atMs + givenMs - last.fromMs - atMs) > toleranceMs)
        pieces.push({ fromMs: givenMs, atMs })
      if (pieces.length > mostPieces) pieces.shift()
      givenMs += durationMs
    },
    at(ms) {
      // A word that ends where a gap begins ends before the gap.
      const piece = pieces.findLast(({ fromMs }) => fromMs < ms) ?? pieces[0]
      return piece ? piece.atMs + ms - piece.fromMs : 0
    },
  }
}
