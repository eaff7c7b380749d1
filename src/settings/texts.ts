import { join } from 'node:path'
import { z } from 'zod'
import type { TextSenderOptions } from '../texts/index.ts'
import type { houseSettings } from './house.ts'
import { type GroupValues, sealedUrl } from './values.ts'

/** The gateway for text messages; without one they are laid down in DATA_DIR/texts. */
export const textsSettings = {
  /** A gateway for text messages; without one they are laid down in DATA_DIR/texts. */
  TEXT_WEBHOOK: sealedUrl.optional(),
  TEXT_WEBHOOK_TOKEN: z.string().optional(),
}

export const textsSecrets = ['TEXT_WEBHOOK_TOKEN']

/** Through the gateway, or into a folder. */
export const textOptionsOf = ({
  DATA_DIR,
  TEXT_WEBHOOK: url,
  TEXT_WEBHOOK_TOKEN: token,
}: GroupValues<typeof houseSettings & typeof textsSettings>): TextSenderOptions => ({
  folder: join(DATA_DIR, 'texts'),
  webhook: url === undefined ? undefined : { url, token },
})
