import type {
  CallbackCounts,
  CallbackDetail,
  CallbackPage,
  CallbackResult,
  CallbackView,
} from '../../http/contract.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { callbackWords } from '../messages/callbacks.ts'
import { type People, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { type Times, timesIn } from '../times.ts'

type ListOptions = { readonly state?: string; readonly light?: string; readonly due?: boolean }

export const addCallbackCommands: AddCommands = (program, cli) => {
  const words = callbackWords[cli.language]
  const callbacks = program.command('callbacks').description(words.about)
  const act = (id: string, command: object) =>
    cli.hotline.post<CallbackView>(`/callbacks/${encodeURIComponent(id)}/acts`, command)
  /** A program says for whom it acts. */
  const by = ['--by <name>', words.by] as const

  callbacks
    .command('list', { isDefault: true })
    .description(words.listAbout)
    .option('--state <state>', words.state)
    .option('--light <light>', words.light)
    .option('--due', words.due)
    .action(async ({ state, light, due }: ListOptions) => {
      const query = new URLSearchParams({ limit: '200' })
      if (state !== undefined) query.set('state', state)
      if (light !== undefined) query.set('light', light)
      if (due) query.set('due', 'true')
      const page = await cli.hotline.get<CallbackPage>(`/callbacks?${query}`)
      const counts = await cli.hotline.get<CallbackCounts>('/callbacks/counts')
      const times = await timesIn(cli)
      const people = await peopleIn(cli)
      const rows = page.callbacks.map(one => rowOf(one, cli, times, people))
      const said = rows.length === 0 ? words.none : table(words.head, rows)
      cli.answer(page, [said, words.counts(counts)].join('\n'))
    })

  callbacks
    .command('show')
    .description(words.showAbout)
    .argument('<id>', words.id)
    .action(async (id: string) => {
      const detail = await cli.hotline.get<CallbackDetail>(`/callbacks/${encodeURIComponent(id)}`)
      const times = await timesIn(cli)
      const people = await peopleIn(cli)
      const events = detail.events.map(({ atMs, kind, by: who, note = '' }) => [
        times.minute(atMs),
        words.kinds[kind] ?? kind,
        people.called(who),
        words.notes[note] ?? note,
      ])
      const said = [
        table(words.head, [rowOf(detail.callback, cli, times, people)]),
        '',
        table(words.eventHead, events),
      ]
      cli.answer(detail, said.join('\n'))
    })

  callbacks
    .command('take')
    .description(words.takeAbout)
    .argument('<id>', words.id)
    .requiredOption(...by)
    .action(async (id: string, who: { readonly by: string }) => {
      const taken = await act(id, { do: 'take', ...who })
      cli.answer(taken, words.taken(taken.number, words.ringing[taken.ringing.because]))
    })

  callbacks
    .command('back')
    .description(words.backAbout)
    .argument('<id>', words.id)
    .requiredOption(...by)
    .action(async (id: string, who: { readonly by: string }) => {
      cli.answer(await act(id, { do: 'give-back', ...who }), words.givenBack)
    })

  callbacks
    .command('result')
    .description(words.resultAbout)
    .argument('<id>', words.id)
    .argument('<result>', words.result)
    .option('--order <number>', words.order)
    .requiredOption(...by)
    .action(
      async (id: string, result: CallbackResult, given: { readonly by: string; readonly order?: string }) => {
        const ended = await act(id, { do: 'end', result, ...given })
        const times = await timesIn(cli)
        const again = ended.notBeforeMs === undefined ? '' : times.minute(ended.notBeforeMs)
        cli.answer(ended, words.ended(words.notes[ended.end ?? 'nobody'] ?? '', again))
      },
    )
}

function rowOf(one: CallbackView, { language }: Cli, times: Times, people: People): readonly string[] {
  const words = callbackWords[language]
  const { takenBy } = one
  return [
    one.id,
    times.minute(one.invitedAtMs),
    one.dueAtMs === undefined ? '-' : times.minute(one.dueAtMs),
    words.lights[one.light],
    one.number === '' ? words.withheld : one.number,
    words.ringing[one.ringing.because],
    one.reasons.map(reason => words.notes[reason] ?? reason).join('、'),
    takenBy === undefined ? standsOf(one, words) : people.called(takenBy),
  ]
}

const standsOf = ({ end, state }: CallbackView, words: (typeof callbackWords)[Cli['language']]) =>
  end ? (words.notes[end] ?? end) : words.states[state]
