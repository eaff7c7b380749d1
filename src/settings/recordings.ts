import { z } from 'zod'
import { recordingsFile } from '../recordings/index.ts'

/** Recordings of conversations. */
export const recordingsSettings = {
  /** Whether they are made, on which lines, and who may hear them. */
  RECORDING_RULES: z.string().default(recordingsFile),
  /** Whether they are made, in place of what the file says. */
  RECORD_CALLS: z
    .enum(['on', 'off'], { error: 'on or off' })
    .optional()
    .transform(said => (said === undefined ? undefined : said === 'on')),
}
