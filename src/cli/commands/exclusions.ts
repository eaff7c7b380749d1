import type { Command } from 'commander'
import type { ExclusionShown } from '../../http/contract.ts'
import type { Cli } from '../cli.ts'
import { type Names, namesIn, type People, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { signedIn } from '../signed.ts'
import { type Times, timesIn } from '../times.ts'

type Signer = { readonly as: string; readonly closing: string }

/** Orders that leave the rates: one signs in and asks, another signs in and decides. */
export function addExclusionCommands(survey: Command, cli: Cli): void {
  const words = cli.words.surveys

  survey
    .command('exclusions')
    .alias('list')
    .description(words.exclusionsAbout)
    .action(async () => {
      const answer = await cli.hotline.get<{ exclusions: readonly ExclusionShown[] }>('/surveys/exclusions')
      const times = await timesIn(cli)
      const [names, people] = await Promise.all([namesIn(cli), peopleIn(cli)])
      const rows = answer.exclusions.map(one => rowOf(one, names, people, times, cli))
      cli.answer(
        answer,
        [rows.length === 0 ? words.noExclusions : table(words.exclusionsHead, rows), ...times.note()].join(
          '\n',
        ),
      )
    })

  survey
    .command('exclude')
    .description(words.excludeAbout)
    .argument('<order>', words.order)
    .requiredOption('--because <reason>', words.reason)
    .requiredOption('--as <name>', words.signer)
    .option('--closing <n>', words.closing, '1')
    .action(async (order: string, { because, ...signer }: Signer & { readonly because: string }) => {
      await post('', { order, because, cycle: Number(signer.closing) }, signer)
      cli.answer({ asked: order }, words.excluded(order))
    })

  survey
    .command('confirm')
    .description(words.confirmAbout)
    .argument('<order>', words.order)
    .requiredOption('--as <name>', words.signer)
    .option('--closing <n>', words.closing, '1')
    .option('--refuse', words.refuse)
    .action(async (order: string, { refuse, ...signer }: Signer & { readonly refuse?: boolean }) => {
      const agreed = refuse !== true
      await post('/decision', { order, agreed, cycle: Number(signer.closing) }, signer)
      cli.answer({ decided: order, agreed }, words.decidedOn(order, agreed))
    })

  const post = (path: string, body: object, { as }: Signer) =>
    signedIn(cli, as, hotline => hotline.post(`/surveys/exclusions${path}`, body))
}

function rowOf(
  { order, cycle, unit, because, askedBy, askedAtMs, decided }: ExclusionShown,
  names: Names,
  people: People,
  times: Times,
  cli: Cli,
): string[] {
  const words = cli.words.surveys
  return [
    ...[
      order.replace(/(\d{6})(?=\d)/g, '$1 '),
      String(cycle),
      names.unit(unit),
      words.reasons[because] ?? because,
    ],
    ...[people.called(askedBy), times.minute(askedAtMs)],
    ...(decided
      ? [decided.agreed ? words.agreed : words.refused, people.called(decided.by), times.minute(decided.atMs)]
      : [words.waits, '', '']),
  ]
}
