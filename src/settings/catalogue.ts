import { z } from 'zod'

/** What citizens ask for, and who answers. */
export const catalogueSettings = {
  /** A file for each class, units.json and former.json. */
  CATALOGUE_DIR: z.string().default('./catalogue'),
}
