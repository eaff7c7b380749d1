import { z } from 'zod'

/** Where flows lie. */
export const flowsSettings = {
  FLOWS_DIR: z.string().default('./ivr-flows'),
}
