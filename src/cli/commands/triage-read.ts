import type { Command } from 'commander'
import { instantOf } from '../../city/place-time.ts'
import { Fault, systemClock } from '../../foundation/index.ts'
import type { CallRead } from '../../triage/index.ts'
import type { Cli } from '../cli.ts'
import { type JudgeOptions, judgeOf, textsOf } from '../judge.ts'
import { table } from '../screen.ts'

type ReadOptions = Pick<JudgeOptions, 'catalogue'> & {
  readonly file?: string
  readonly at?: string
  readonly gazetteer?: string
}

/** `jieting triage read`: what a text tells for an order, with the words that each came from. */
export function addTriageRead(triage: Command, cli: Cli): void {
  const words = cli.words.triage
  triage
    .command('read')
    .description(words.readAbout)
    .argument('[text]', words.readText)
    .option('-f, --file <file>', words.readFile)
    .option('--at <time>', words.readAt)
    .option('--gazetteer <file>', words.gazetteer)
    .option('--catalogue <dir>', words.catalogue)
    .action(async (text: string | undefined, options: ReadOptions) => {
      const [
        { readCity, readGazetteer },
        { createPlaceNames, readCall },
        { readSettings },
        { isOrderNumber },
      ] = await Promise.all([
        import('../../city/index.ts'),
        import('../../triage/index.ts'),
        import('../../settings/index.ts'),
        import('../../orders/index.ts'),
      ])
      const settings = readSettings(cli.env)
      const [city, gazetteer, judge] = await Promise.all([
        readCity(settings.CITY_FILE),
        readGazetteer(options.gazetteer ?? settings.GAZETTEER_FILE),
        judgeOf(cli, { catalogue: options.catalogue }),
      ])
      const nowMs = options.at === undefined ? systemClock.now() : instantIn(options.at, city.timeZone)
      const places = createPlaceNames(gazetteer)
      for (const given of await textsOf(cli, text, { file: options.file })) {
        const read = readCall(given.text, {
          nowMs,
          timeZone: city.timeZone,
          places,
          isOrderNumber,
          catalogue: judge.catalogue,
          suggest: judge.suggest,
        })
        cli.answer({ text: given.text, ...read }, readSaid(read, cli))
      }
    })
}

function instantIn(written: string, timeZone: string): number {
  const found = instantOf(written.trim(), timeZone)
  if (!Number.isNaN(found)) return found
  throw new Fault({
    code: 'option-invalid',
    place: '--at',
    found: `"${written}"`,
    expected: 'a time, as 2026-01-05 08:30',
  })
}

function readSaid({ fields, place, emergencies }: CallRead, { words: { triage: words } }: Cli): string {
  const rows = fields.map(one => [words.fields[one.field], one.value, `${one.words} (${one.from}–${one.to})`])
  const others = place?.others.map(({ district, street }) => `${district} ${street}`) ?? []
  return [
    ...emergencies.map(one => words.emergency(one.service, one.words)),
    rows.length === 0 ? words.nothingRead : table(words.readHead, rows),
    ...(others.length > 0 ? [words.otherStreets(others.join(words.or))] : []),
  ].join('\n')
}
