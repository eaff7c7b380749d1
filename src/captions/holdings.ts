import {
  anyRow,
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Somebody,
  sql,
} from '../storage/index.ts'
import type { TranscriptKeeper } from './keep.ts'

export const captionHoldings: readonly Holding[] = [
  {
    name: 'transcripts',
    title: { 'zh-CN': '通话文字记录', en: 'Transcripts' },
    what: 'what was said and typed in a call',
    kept: 'transcripts',
  },
]

const longMs = 60_000

/** Of their calls, and of any in which their number was said. */
const isOf = ({ calls, digits }: Somebody) =>
  digits === ''
    ? sql`call_id in ${listed(calls)}`
    : sql`(call_id in ${listed(calls)} or regexp_replace(lines::text, '[ -]', '', 'g') like ${`%${digits}%`})`

export function forgetsTranscripts(
  database: Database,
  keeper: Pick<TranscriptKeeper, 'flush' | 'figures'>,
): readonly Forgetter[] {
  return [
    {
      name: 'transcripts',
      async export({ calls }) {
        await keeper.flush()
        return database.query(
          sql`select call_id, started_at, lines from transcripts where call_id in ${listed(calls)} order by call_id`,
          anyRow,
        )
      },
      async forget(person) {
        await keeper.flush()
        const gone = (tx: Pick<Database, 'execute'>) =>
          tx.execute(sql`delete from transcripts where ${isOf(person)}`)
        const count = await database.transaction(gone, longMs)
        // One that is not in the database yet would be written after this.
        return {
          count,
          stayed: keeper.figures().waiting > 0 ? [{ about: 'transcripts', because: 'later' }] : [],
        }
      },
      sweeps: [
        {
          kind: 'transcripts',
          async sweep({ beforeMs, limit, held }) {
            // One that is held can still be read.
            await database.execute(sql`
              update transcripts set expires_at = 'infinity' where call_id in ${listed(held.calls)} and expires_at <> 'infinity'`)
            return database.execute(sql`
              delete from transcripts where call_id in (
                select call_id from transcripts where started_at < ${new Date(beforeMs)}
                  and call_id not in ${listed(held.calls)} limit ${limit})`)
          },
        },
      ],
    },
  ]
}
