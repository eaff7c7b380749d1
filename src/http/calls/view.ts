import type { CallDetail, CallPage, CallRecord } from '../../telephony/api.ts'
import { type CallRecords, type CallRow, summarize } from '../../telephony/index.ts'

/** @param rows one more than `limit` if there is another page */
export function callPageOf(rows: readonly CallRow[], limit: number): CallPage {
  const page = rows.slice(0, limit)
  return { calls: page.map(recordOf), next: rows.length > limit ? page.at(-1)?.id : undefined }
}

export const callDetailOf = ({
  call,
  facts,
}: NonNullable<Awaited<ReturnType<CallRecords['find']>>>): CallDetail => ({
  call: recordOf(call),
  summary: summarize(facts),
  timeline: facts,
})

const recordOf = ({
  invitedAt,
  answeredAt,
  endedAt,
  endedBy,
  endReason,
  refusal,
  proved,
  ...row
}: CallRow): CallRecord => ({
  ...row,
  isProved: proved === false ? false : undefined,
  invitedAtMs: invitedAt.getTime(),
  answeredAtMs: answeredAt?.getTime(),
  endedAtMs: endedAt?.getTime(),
  endedBy: endedBy ?? undefined,
  endReason: endReason ?? undefined,
  refusal: refusal ?? undefined,
})
