import { z } from 'zod'
import { url } from './values.ts'

/** The gateway for text messages; without one they are laid down in DATA_DIR/texts. */
export const textsSettings = {
  /** A gateway for text messages; without one they are laid down in DATA_DIR/texts. */
  TEXT_WEBHOOK: url(['http', 'https']).optional(),
  TEXT_WEBHOOK_TOKEN: z.string().optional(),
}

export const textsSecrets = ['TEXT_WEBHOOK_TOKEN']
