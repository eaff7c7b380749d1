import { z } from 'zod'
import { count } from './values.ts'

/** Captions and what is kept of them. */
export const captionsSettings = {
  /** Days for which transcripts of captioned calls are kept; 0 keeps none. */
  TRANSCRIPT_DAYS: count(30, 0, 3650),
  /** A file of words that are likely here, one a line: streets, departments. */
  CAPTION_PHRASES: z.string().optional(),
}
