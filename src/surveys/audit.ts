import type { Queries } from '../storage/index.ts'
import { genesis, hashOf } from './chain.ts'
import { type ChainHead, chainFrom, chainHeads, eventsOf, lanes } from './event-store.ts'
import { projectionsAfter } from './reports.ts'
import type { SurveyRules } from './rules.ts'
import { replay } from './survey.ts'

/** Something that is not as it was written. */
export type Break = {
  /** Which chain, and where in it; absent for a survey's row. */
  readonly lane?: number
  readonly seq?: number
  readonly survey?: string
  readonly what:
    | 'changed' // the event, or the hash before it, is another than it was
    | 'missing' // there is a gap
    | 'head' // the chain ends elsewhere than its head says
    | 'anchor' // a head that was noted once is in no chain
    | 'row' // what reports count is not what happened
}

export type Audit = {
  readonly events: number
  readonly surveys: number
  /** Where each chain ends: noted somewhere else, it proves later that nothing was cut off. */
  readonly heads: readonly ChainHead[]
  readonly breaks: readonly Break[]
}

const stretch = 1000
/** As many as anybody needs to see that all is lost. */
const mostBreaks = 100

/**
 * Walks all chains, and holds every row that reports count against its events.
 * @param anchors heads of an earlier audit.
 */
export async function auditSurveys(
  queries: Queries,
  rules: SurveyRules,
  anchors: readonly ChainHead[] = [],
): Promise<Audit> {
  const heads = await chainHeads(queries)
  const breaks: Break[] = []
  let events = 0
  for (let lane = 0; lane < lanes; lane++) {
    const noted = new Map(anchors.filter(anchor => anchor.lane === lane).map(({ seq, hash }) => [seq, hash]))
    noted.delete(0)
    let seq = 0
    let hash = genesis
    for (let found = await chainFrom(queries, lane, 0, stretch); found.length > 0; ) {
      for (const event of found) {
        events++
        if (event.seq !== seq + 1) breaks.push({ lane, seq: event.seq, what: 'missing' })
        const { survey } = event
        if (hashOf(hash, event) !== event.hash) breaks.push({ lane, seq: event.seq, survey, what: 'changed' })
        const anchor = noted.get(event.seq)
        if (anchor !== undefined && anchor !== event.hash)
          breaks.push({ lane, seq: event.seq, what: 'anchor' })
        noted.delete(event.seq)
        // Goes on from what is written, so that one change is one break.
        seq = event.seq
        hash = event.hash
      }
      found = await chainFrom(queries, lane, seq, stretch)
    }
    for (const lost of noted.keys()) breaks.push({ lane, seq: lost, what: 'anchor' })
    // More may have happened since the heads were read; less cannot.
    const head = heads.find(one => one.lane === lane)
    if (head && head.seq > seq) breaks.push({ lane, seq: head.seq, what: 'head' })
    if (!head && seq > 0) breaks.push({ lane, seq, what: 'head' })
  }
  const surveys = await auditRows(queries, rules, breaks)
  return { events, surveys, heads, breaks: breaks.slice(0, mostBreaks) }
}

async function auditRows(queries: Queries, rules: SurveyRules, breaks: Break[]): Promise<number> {
  let surveys = 0
  let last = ''
  for (;;) {
    const rows = await projectionsAfter(queries, last, stretch)
    if (rows.length === 0) return surveys
    const happened = await eventsOf(
      queries,
      rows.map(({ id }) => id),
    )
    for (const { id, state, contacted, solved, rating, settled, excluded } of rows) {
      const survey = replay(happened.get(id) ?? [], rules)
      const fits =
        state === survey.state &&
        contacted === (survey.answers.contacted ?? null) &&
        solved === (survey.answers.solved ?? null) &&
        rating === (survey.answers.rating ?? null) &&
        settled === (survey.settled ?? null) &&
        excluded === (survey.exclusion?.agreed ?? false)
      if (!fits) breaks.push({ survey: id, what: 'row' })
    }
    surveys += rows.length
    last = rows.at(-1)?.id ?? last
  }
}
