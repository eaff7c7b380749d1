import { z } from 'zod'
import { callFactSchema } from './api.ts'

/** A fact as any version wrote it: the queue was called a line before. */
export const storedFactSchema = z.preprocess(
  fact =>
    typeof fact === 'object' && fact !== null && 'kind' in fact && fact.kind === 'left-line'
      ? { ...fact, kind: 'left-queue' }
      : fact,
  callFactSchema,
)
