import type { CallDetail, CallPage, CallRecord } from '../../http/contract.ts'
import type { TimedFact } from '../../telephony/index.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { type People, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { type Times, timesIn } from '../times.ts'

type Filters = { readonly limit?: string; readonly before?: string; readonly state?: string }

export const addCallCommands: AddCommands = (program, cli) => {
  const words = cli.words.calls
  const calls = program
    .command('calls')
    .description(words.about)
    .option('--limit <n>', words.limit, '20')
    .option('--before <id>', words.before)
    .option('--state <state>', words.state)
    .action(async (filters: Filters) => {
      const query = new URLSearchParams({ ...filters })
      const page = await cli.hotline.get<CallPage>(`/calls?${query}`)
      const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
      const rows = page.calls.map(call => rowOf(call, times, people, cli))
      const lines = rows.length === 0 ? [words.none] : [table(words.head, rows)]
      if (page.next !== undefined) lines.push('', words.more(page.next))
      cli.answer(page, [...lines, ...times.note()].join('\n'))
    })

  calls
    .command('show')
    .description(words.showAbout)
    .argument('<id>', words.id)
    .action(async (id: string) => {
      const detail = await cli.hotline.get<CallDetail>(`/calls/${encodeURIComponent(id)}`)
      cli.answer(detail, (await storyOf(detail, await timesIn(cli), cli)).join('\n'))
    })
}

function rowOf(call: CallRecord, times: Times, people: People, { words }: Cli): string[] {
  const { directions, states, withheld } = words.calls
  const lengthMs = call.endedAtMs === undefined ? undefined : call.endedAtMs - call.invitedAtMs
  return [
    call.id,
    times.second(call.invitedAtMs),
    directions[call.direction],
    call.caller || withheld,
    call.direction === 'in' ? call.called : people.called(call.called),
    states[call.state],
    lengthMs === undefined ? '' : minutesAndSeconds(lengthMs),
  ]
}

/** The call in a line, then what happened, one line a fact, and how long it took until a person was there. */
async function storyOf({ call, summary, timeline }: CallDetail, times: Times, cli: Cli): Promise<string[]> {
  const { timelineOf } = await import('../../telephony/index.ts')
  const words = cli.words.calls
  const people = await peopleIn(cli)
  const lines = [
    table(words.head, [rowOf(call, times, people, cli)]),
    '',
    ...timelineOf(timeline as readonly TimedFact[], cli.language, people),
  ]
  if (summary.connectedAfterMs !== undefined)
    lines.push('', words.untilPerson((summary.connectedAfterMs / 1000).toFixed(1)))
  return [...lines, ...times.note()]
}

function minutesAndSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
