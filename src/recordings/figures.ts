import { counter, type Figure, gauge, type Part, sidePart } from '../foundation/index.ts'
import type { Keeping } from './keeping.ts'

/** What operators watch of recordings. */
export const recordingFigures = (keeping: Pick<Keeping, 'figures'>): readonly Figure[] => [
  gauge('jieting_recordings_running', 'Calls that are being recorded', () => keeping.figures().running),
  counter(
    'jieting_recordings_failed_total',
    'Recordings that did not begin, or were cut short',
    () => keeping.figures().failed,
  ),
]

/** A full disk harms no call, and somebody has to look at it: it is down until a recording is whole again. */
export const recordingPart = (keeping: Pick<Keeping, 'figures'>): Part => {
  const { trouble } = keeping.figures()
  return sidePart(
    'recordings',
    trouble === undefined
      ? undefined
      : trouble === 'ENOSPC'
        ? 'the disk is full: calls go on and are not recorded'
        : trouble,
  )
}
