import { counter, type Figure, gauge } from '../foundation/index.ts'
import type { Line } from './call.ts'
import type { StoredJournal } from './journal/writer.ts'

/** What operators watch of calls and of what is written about them. */
export const callFigures = (
  lines: readonly Pick<Line, 'name' | 'size' | 'refused'>[],
  journal: Pick<StoredJournal, 'waiting' | 'dropped'>,
): readonly Figure[] => [
  gauge('jieting_calls', 'Calls up now, by line', () =>
    lines.map(line => ({ labels: { line: line.name }, value: line.size() })),
  ),
  counter('jieting_calls_refused_total', 'Calls that came and were not taken, by line and status', () =>
    lines.flatMap(line =>
      Object.entries(line.refused?.() ?? {}).map(([status, value]) => ({
        labels: { line: line.name, status },
        value,
      })),
    ),
  ),
  gauge('jieting_journal_waiting', 'Facts not written yet', () => journal.waiting()),
  counter('jieting_journal_dropped_total', 'Facts lost', () => journal.dropped()),
]
