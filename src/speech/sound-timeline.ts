/**
 * Where a stretch of the sound that a recognizer took lies in the call. Recognizers count what they were given; frames
 * that got lost on the way are not in it, and the frames that come tell of their own time.
 */
export type SoundTimeline = {
  /** The next sound that was given, and when it began to be audible. */
  add(durationMs: number, atMs: number): void
  /** @param ms of sound given so far. */
  at(ms: number): number
}

/** A tap's times waver by less: its clock is set by the frame that came fastest. */
const toleranceMs = 10
/** Recognizers speak of the last minute or so. */
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
      // What ends where a gap begins ends before the gap.
      const piece = pieces.findLast(({ fromMs }) => fromMs < ms) ?? pieces[0]
      return piece ? piece.atMs + ms - piece.fromMs : 0
    },
  }
}
