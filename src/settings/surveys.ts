import { z } from 'zod'

/** Survey calls. */
export const surveysSettings = {
  /** A JSON file of what the city decides about ringing back, where it is other than what ships. */
  SURVEY_RULES: z.string().optional(),
}
