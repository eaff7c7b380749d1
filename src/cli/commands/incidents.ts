import { instantOf } from '../../city/index.ts'
import { Fault } from '../../foundation/index.ts'
import type { IncidentArea, IncidentDetail, IncidentView } from '../../incidents/api.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { incidentWords } from '../messages/incidents.ts'
import { peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { type Times, timesIn } from '../times.ts'

type Given = {
  readonly words?: string
  readonly english?: string
  readonly kind?: string
  readonly place?: string
  readonly district?: string
  readonly street?: string
  readonly from?: string
  readonly until?: string
  readonly minutes?: string
  readonly by?: string
}

export const addIncidentCommands: AddCommands = (program, cli) => {
  const words = incidentWords[cli.language]
  const incidents = program.command('incidents').description(words.about)
  const pathOf = (id: string, act = '') => `/incidents/${encodeURIComponent(id)}${act}`
  const change = async (id: string, body: object) => {
    const changed = await cli.hotline.post<IncidentView>(pathOf(id, '/change'), body)
    cli.answer(changed, words.changed((await timesIn(cli)).minute(changed.untilMs)))
  }
  const command = (name: string, about: string) =>
    incidents.command(name).description(about).argument('<id>', words.id)

  incidents
    .command('list', { isDefault: true })
    .description(words.listAbout)
    .action(async () => {
      const { incidents: all } = await cli.hotline.get<{ readonly incidents: readonly IncidentView[] }>(
        '/incidents',
      )
      const times = await timesIn(cli)
      const soon = all.filter(({ endsSoon }) => endsSoon)
      const said = [
        all.length === 0
          ? words.none
          : table(
              words.head,
              all.map(one => rowOf(one, cli, times)),
            ),
        ...soon.map(one => words.soon(one.words['zh-CN'], times.minute(one.untilMs))),
      ]
      cli.answer({ incidents: all }, said.join('\n'))
    })

  command('show', words.showAbout).action(async (id: string) => {
    const detail = await cli.hotline.get<IncidentDetail>(pathOf(id))
    const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
    const events = detail.events.map(({ atMs, kind, by, before }) => [
      times.minute(atMs),
      words.events[kind],
      people.called(by),
      [
        before.words?.['zh-CN'],
        before.words?.en,
        before.kind && words.kinds[before.kind],
        before.area && placeOf(before.area),
        before.untilMs === undefined ? undefined : times.minute(before.untilMs),
      ]
        .filter(Boolean)
        .join('；'),
    ])
    const said = [table(words.head, [rowOf(detail.incident, cli, times)]), '', table(words.eventHead, events)]
    cli.answer(detail, said.join('\n'))
  })

  incidents
    .command('open')
    .description(words.openAbout)
    .argument('<words>', words.words)
    .option('--english <words>', words.english)
    .option('--kind <kind>', words.kind, 'other')
    .option('--place <place>', words.place)
    .option('--district <district>', words.district)
    .option('--street <street>', words.street)
    .option('--from <time>', words.from)
    .requiredOption('--until <time>', words.until)
    .option('--by <name>', words.by)
    .action(async (said: string, given: Given) => {
      const times = await timesIn(cli)
      const made = await cli.hotline.post<IncidentView>('/incidents', {
        words: { 'zh-CN': said, en: given.english },
        kind: given.kind,
        area: areaOf(given) ?? {},
        fromMs: given.from === undefined ? undefined : atMs('--from', given.from, times, cli),
        untilMs: atMs('--until', given.until ?? '', times, cli),
        by: given.by,
      })
      cli.answer(made, words.opened(made.id, times.minute(made.untilMs)))
    })

  command('change', words.changeAbout)
    .option('--words <words>', words.words)
    .option('--english <words>', words.english)
    .option('--kind <kind>', words.kind)
    .option('--place <place>', words.place)
    .option('--district <district>', words.district)
    .option('--street <street>', words.street)
    .option('--until <time>', words.until)
    .option('--by <name>', words.by)
    .action(async (id: string, given: Given) => {
      const { incident } = await cli.hotline.get<IncidentDetail>(pathOf(id))
      const hasWords = given.words !== undefined || given.english !== undefined
      const said = { 'zh-CN': given.words ?? incident.words['zh-CN'], en: given.english ?? incident.words.en }
      await change(id, {
        words: hasWords ? said : undefined,
        kind: given.kind,
        area: areaOf(given),
        untilMs: given.until && atMs('--until', given.until, await timesIn(cli), cli),
        by: given.by,
      })
    })

  command('prolong', words.prolongAbout)
    .requiredOption('--minutes <minutes>', words.minutes)
    .option('--by <name>', words.by)
    .action(async (id: string, { minutes = '', by }: Given) => {
      if (!/^[1-9]\d{0,4}$/.test(minutes) || Number(minutes) > 10_080)
        throw wrong('--minutes', minutes, words.wholeMinutes)
      const { incident } = await cli.hotline.get<IncidentDetail>(pathOf(id))
      await change(id, { untilMs: incident.untilMs + Number(minutes) * 60_000, by })
    })

  command('end', words.endAbout)
    .option('--by <name>', words.by)
    .action(async (id: string, { by }: Given) => {
      const ended = await cli.hotline.post<IncidentView>(pathOf(id, '/end'), { by })
      cli.answer(ended, words.ended(ended.affected))
    })
}

/** Undefined where none of it was given. */
function areaOf({ district, street, place }: Given): IncidentArea | undefined {
  return (district ?? street ?? place) ? { district, street, place } : undefined
}

const placeOf = ({ district, street, place }: IncidentArea) =>
  [district, street, place].filter(Boolean).join(' ')

/** @throws Fault `request-invalid` */
function atMs(option: string, written: string, { timeZone }: Times, { language }: Cli): number {
  const found = instantOf(written.trim(), timeZone)
  if (Number.isNaN(found)) throw wrong(option, written, incidentWords[language].aTime)
  return found
}

const wrong = (place: string, found: string, expected: string) =>
  new Fault({ code: 'request-invalid', place, found, expected })

function rowOf(one: IncidentView, { language }: Cli, times: Times): readonly string[] {
  const words = incidentWords[language]
  return [
    one.id,
    words.states[one.state],
    one.words['zh-CN'],
    words.kinds[one.kind],
    placeOf(one.area),
    times.minute(one.endedAtMs ?? one.untilMs),
    String(one.affected),
    one.madeBy,
  ]
}
