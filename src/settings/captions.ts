import { z } from 'zod'
import { days } from './values.ts'

/** Captions and what is kept of them. */
export const captionsSettings = {
  /** Said in the rules of retention now, as `transcripts`; read for this version, and counts before the file. */
  TRANSCRIPT_DAYS: days(0),
  /** A file of words that are likely here, one a line: streets, departments. */
  CAPTION_PHRASES: z.string().optional(),
}
