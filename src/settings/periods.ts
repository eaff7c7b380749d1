import type { KeptKind } from '../storage/index.ts'
import type { callbacksSettings } from './callbacks.ts'
import type { captionsSettings } from './captions.ts'
import type { trailSettings } from './trail.ts'
import type { GroupValues } from './values.ts'

export type PeriodSettings = GroupValues<
  Pick<typeof callbacksSettings, 'CALLBACK_MESSAGE_DAYS'> &
    Pick<typeof captionsSettings, 'TRANSCRIPT_DAYS'> &
    Pick<typeof trailSettings, 'TRAIL_MONTHS'>
>

/** Days that settings say, where they are set: the file of rules says them from the next version on. */
export const periodsOf = ({
  TRANSCRIPT_DAYS,
  TRAIL_MONTHS,
  CALLBACK_MESSAGE_DAYS,
}: PeriodSettings): Partial<Record<KeptKind, number>> => ({
  transcripts: TRANSCRIPT_DAYS,
  recordings: CALLBACK_MESSAGE_DAYS,
  trail: TRAIL_MONTHS === undefined ? undefined : Math.ceil((TRAIL_MONTHS * 365.25) / 12),
})
