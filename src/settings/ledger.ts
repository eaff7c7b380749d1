import { z } from 'zod'
import { url } from './values.ts'

/** What is written down so that nobody can change it unseen, and where its seals go. */
export const ledgerSettings = {
  /** What events are marked and seals signed with: 32 bytes in base64url, the same on every node; a file in DATA_DIR when absent. */
  LEDGER_KEY: z
    .string()
    .regex(/^[\w-]{43}=?(,[\w-]{43}=?)*$/, {
      error: '32 bytes in base64url, those before them behind commas',
    })
    .optional(),
  /** Where seals are written, a line each; DATA_DIR/seals.jsonl when absent. */
  LEDGER_SEALS_FILE: z.string().optional(),
  /** A server that is told every seal. */
  LEDGER_WEBHOOK: url(['https', 'http']).optional(),
  /** A time-stamping authority (RFC 3161). */
  LEDGER_TIME_STAMPS: url(['https', 'http']).optional(),
}

export const ledgerSecrets = ['LEDGER_KEY']
