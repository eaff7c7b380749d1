import { readFile } from 'node:fs/promises'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { AuditReport, SealList } from '../../http/contract.ts'
import { breakWords, sealedRoomWords } from '../../http/words/audit.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { auditWords } from '../messages/audit.ts'
import { type Names, namesIn } from '../names.ts'
import { type Times, timesIn } from '../times.ts'
import { type ClosedIn, queryOf } from './period.ts'

type Given = ClosedIn & { readonly anchors?: string }

export const addAuditCommands: AddCommands = (program, cli) => {
  const words = auditWords[cli.language]
  const audit = program.command('audit').description(words.about)
  addAuditOptions(audit, cli)

  audit
    .command('export')
    .description(words.exportAbout)
    .argument('<file>', cli.words.floor.out)
    .action(async (file: string) => {
      await cli.hotline.save('/audit/export', file)
      cli.print(cli.words.floor.written(file))
    })

  audit
    .command('seals')
    .description(words.sealsAbout)
    .action(async () => sealsSaid(await cli.hotline.get<SealList>('/audit/seals'), cli))

  audit
    .command('seal')
    .description(words.sealAbout)
    .action(async () => sealsSaid(await cli.hotline.post<SealList>('/audit/seals'), cli))
}

/** The audit as a command, under this name and under the one that it had when it knew surveys alone. */
export function addAuditOptions(command: ReturnType<Parameters<AddCommands>[0]['command']>, cli: Cli): void {
  command
    .option('--anchors <file>', auditWords[cli.language].anchors)
    .option('--from <day>', cli.words.surveys.from)
    .option('--until <day>', cli.words.surveys.until)
    .action(async ({ anchors, ...period }: Given) => {
      const times = await timesIn(cli)
      const query = queryOf(period, times, cli.words.surveys.wrongDay)
      const body = anchors === undefined ? {} : { heads: await headsIn(anchors) }
      const report = await cli.hotline.post<AuditReport>(`/audit?${query}`, body)
      cli.answer(
        report,
        [...auditSaid(report, cli, times), ...coachedSaid(report, await namesIn(cli), cli)].join('\n'),
      )
      if (report.breaks.length > 0) cli.exitWith(exit.refused)
    })
}

function auditSaid({ rooms, seals, breaks }: AuditReport, { language }: Cli, times: Times): string[] {
  const said = auditWords[language]
  const nameOf = (room: string) => sealedRoomWords[room]?.[language] ?? room
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const rowsOf = (room: AuditReport['rooms'][number]) => sum(Object.values(room.rows))
  return [
    breaks.length === 0
      ? said.intact(sum(rooms.map(({ events }) => events)), sum(rooms.map(rowsOf)))
      : said.broken(breaks.length),
    ...breaks.map(({ room, seq, stream, table, column, what }) => {
      const place = [nameOf(room), seq === undefined ? '' : said.place(seq), stream, table, column]
      return `  ${place.filter(Boolean).join(' · ')}：${breakWords[what][language]}`
    }),
    '',
    ...rooms.map(room => said.room(nameOf(room.room), room.events, room.erased, rowsOf(room))),
    ...rooms.flatMap(({ room, adopted }) =>
      adopted ? [said.adopted(nameOf(room), adopted.events, times.minute(adopted.atMs))] : [],
    ),
    said.seals(
      seals.checked,
      seals.stamped,
      seals.lastAtMs === undefined ? undefined : times.minute(seals.lastAtMs),
    ),
    '',
    said.headsAre,
    ...rooms.map(({ head: { room, seq, hash } }) => `  ${room} ${seq} ${hash}`),
  ]
}

function coachedSaid({ coached }: AuditReport, names: Names, { words, language }: Cli): string[] {
  if (coached.length === 0) return []
  return [
    '',
    auditWords[language].coached,
    ...coached.map(
      ({ unit, sign, answers, orders }) =>
        `  ${names.unit(unit)}：${words.surveys.signs[sign]}（${answers}）${orders.length > 0 ? ` ${orders.join(' ')}` : ''}`,
    ),
  ]
}

async function sealsSaid(list: SealList, cli: Cli): Promise<void> {
  const words = auditWords[cli.language]
  const times = await timesIn(cli)
  const lines = list.seals.map(({ n, text }) => {
    const { atMs } = JSON.parse(text) as { readonly atMs: number }
    return words.sealed(n, times.second(atMs))
  })
  cli.answer(list, lines.length === 0 ? words.nothingSealed : lines.join('\n'))
}

/** `--json` of an earlier audit, or a list of heads. */
async function headsIn(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Fault({
      code: 'file-unreadable',
      place: path,
      found: reasonOf(error),
      expected: 'a file of heads',
    })
  })
  try {
    const read = JSON.parse(text) as AuditReport | readonly unknown[]
    return 'rooms' in read ? read.rooms.map(({ head }) => head) : read
  } catch {
    throw new Fault({
      code: 'file-unreadable',
      place: path,
      found: 'no JSON',
      expected: 'the JSON of an audit',
    })
  }
}
