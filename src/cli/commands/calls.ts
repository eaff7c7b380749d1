import type { Call, CallDetail, CallPage } from '../../http/index.ts'
import type { TimedFact } from '../../telephony/index.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { table } from '../screen.ts'

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
      const rows = page.calls.map(call => rowOf(call, cli))
      const lines = rows.length === 0 ? [words.none] : [table(words.head, rows)]
      if (page.next !== undefined) lines.push('', words.more(page.next))
      cli.answer(page, lines.join('\n'))
    })

  calls
    .command('show')
    .description(words.showAbout)
    .argument('<id>', words.id)
    .action(async (id: string) => {
      const detail = await cli.hotline.get<CallDetail>(`/calls/${encodeURIComponent(id)}`)
      cli.answer(detail, (await storyOf(detail, cli)).join('\n'))
    })
}

function rowOf(call: Call, { words, language }: Cli): string[] {
  const { directions, states, withheld } = words.calls
  const lengthMs = call.endedAtMs === undefined ? undefined : call.endedAtMs - call.invitedAtMs
  return [
    call.id,
    timeOf(call.invitedAtMs, language),
    directions[call.direction],
    call.caller || withheld,
    call.called,
    states[call.state],
    lengthMs === undefined ? '' : minutesAndSeconds(lengthMs),
  ]
}

/** The call in a line, what happened one line a fact, and how the audio was. */
async function storyOf({ call, summary, timeline }: CallDetail, cli: Cli): Promise<string[]> {
  const { timelineOf } = await import('../../telephony/index.ts')
  const words = cli.words.calls
  const lines = [
    table(words.head, [rowOf(call, cli)]),
    '',
    ...timelineOf(timeline as readonly TimedFact[], cli.language),
  ]
  const quality = summary.end?.quality
  if (summary.connectedAfterMs !== undefined || quality) lines.push('')
  if (summary.connectedAfterMs !== undefined)
    lines.push(words.untilPerson((summary.connectedAfterMs / 1000).toFixed(1)))
  if (quality) {
    const expected = quality.packetsLost + quality.packetsReceived
    const loss = ((100 * quality.packetsLost) / Math.max(1, expected)).toFixed(1)
    lines.push(
      words.quality(loss, quality.jitterMs.toFixed(1), quality.mos.toFixed(2)) +
        (quality.roundTripMs === undefined ? '' : words.roundTrip(quality.roundTripMs.toFixed(0))),
    )
  }
  return lines
}

const timeOf = (ms: number, language: string) =>
  new Date(ms).toLocaleString(language, { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })

function minutesAndSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
