import { z } from 'zod'
import { captionLineSchema } from '../../captions/api.ts'
import { recordingDetailSchema } from '../../recordings/api.ts'

/** A recording with its transcript, as far as that was kept. */
export const recordingShownSchema = recordingDetailSchema.extend({
  lines: z
    .array(captionLineSchema.extend({ atMs: z.number().describe('From the beginning of the recording') }))
    .readonly()
    .describe('Its transcript, without what was said in a pause; empty where none is kept'),
})
export type RecordingShown = Readonly<z.output<typeof recordingShownSchema>>
