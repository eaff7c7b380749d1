import type { CallTranscript } from '../../captions/api.ts'
import type { RecordingDetail } from '../../recordings/api.ts'
import type { RecordingShown } from './api.ts'

/** A transcript line may start a little before or end a little after its sound. */
const aroundMs = 500

/** The transcript by the recording's own time, without lines spoken while recording was paused. */
export function shownOf(detail: RecordingDetail, transcript: CallTranscript | undefined): RecordingShown {
  if (!transcript) return { ...detail, lines: [] }
  const beforeMs = detail.beganAtMs - transcript.startedAtMs
  const pauses = detail.spans.filter(({ kind }) => kind === 'paused')
  const lines = transcript.lines.flatMap(line => {
    const atMs = line.startMs - beforeMs
    const endMs = line.endMs - beforeMs
    const isHere = endMs >= 0 && atMs <= detail.durationMs
    const isPaused = pauses.some(
      ({ fromMs, untilMs }) => endMs > fromMs - aroundMs && atMs < untilMs + aroundMs,
    )
    return isHere && !isPaused ? [{ ...line, atMs: Math.max(0, atMs) }] : []
  })
  return { ...detail, lines }
}
