import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { CaptionLine } from './api.ts'
import type { EndedCaptions } from './captions.ts'
import type { CallFigures } from './figures.ts'

export type KeptTranscript = { readonly startedAt: Date; readonly lines: readonly CaptionLine[] }

/** Written by this room alone, so that the lines are what they were. */
const lines = z.array(z.object({ id: z.int(), text: z.string() }).loose()) as unknown as z.ZodType<
  readonly CaptionLine[]
>
const transcriptRow = z.object({ startedAt: z.date(), lines })

/** One that waited on disk. */
export const endedCaptions = z.object({
  call: z.string().transform(id => id as CallId),
  startedAtMs: z.number(),
  lines,
  figures: z.custom<CallFigures>(found => typeof found === 'object' && found !== null),
})

export async function insertTranscript(
  queries: Queries,
  { call, startedAtMs, lines }: EndedCaptions,
  expiresAtMs: number,
): Promise<void> {
  await queries.execute(sql`
    insert into transcripts (call_id, started_at, lines, expires_at)
    values (${call}, to_timestamp(${startedAtMs / 1000}), ${JSON.stringify(lines)}::jsonb, to_timestamp(${expiresAtMs / 1000}))
    on conflict (call_id) do nothing`)
}

export async function selectTranscript(
  queries: Queries,
  call: string,
  nowMs: number,
): Promise<KeptTranscript | undefined> {
  const [row] = await queries.query(
    sql`select started_at as "startedAt", lines from transcripts
      where call_id = ${call} and expires_at > to_timestamp(${nowMs / 1000})`,
    transcriptRow,
  )
  return row
}
