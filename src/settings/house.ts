import { z } from 'zod'
import { cityFile, gazetteerFile } from '../city/index.ts'
import { retentionFile } from '../retention/index.ts'
import { url } from './values.ts'

/** The house as a whole: what it says, where it keeps things, which city it serves. */
export const houseSettings = {
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url(['postgres', 'postgresql']).optional(),
  /** What the city is and decides for all of the house: where it is, its time, its days off. */
  CITY_FILE: z.string().default(cityFile),
  /** What the city's streets and communities are called. */
  GAZETTEER_FILE: z.string().default(gazetteerFile),
  /** Seals backups, and opens them; asked for at the terminal when absent. */
  BACKUP_PASSPHRASE: z.string().min(12, { error: 'at least 12 characters' }).optional(),
  /** How long what is kept, where the city decides otherwise than what ships. */
  RETENTION_RULES: z.string().default(retentionFile),
}

export const houseSecrets = ['DATABASE_URL', 'BACKUP_PASSPHRASE']
