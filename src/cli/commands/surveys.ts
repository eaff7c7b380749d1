import type { Campaign, GroupRates, RateFormula } from '../../http/contract.ts'
import { campaignNames } from '../../http/words/surveys.ts'
import type { Words } from '../../http/words/words.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { namesIn, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { timesIn } from '../times.ts'
import { addAuditOptions } from './audit.ts'
import { addExclusionCommands } from './exclusions.ts'
import { type ClosedIn, queryOf } from './period.ts'

type Campaigns = { readonly campaigns: readonly Campaign[] }

export const addSurveyCommands: AddCommands = (program, cli) => {
  const words = cli.words.surveys
  const campaigns = program.command('campaigns').description(words.about)

  campaigns
    .command('list', { isDefault: true })
    .description(words.listAbout)
    .action(async () => {
      const [answer, people] = await Promise.all([cli.hotline.get<Campaigns>('/campaigns'), peopleIn(cli)])
      const lines = [
        table(
          words.head,
          answer.campaigns.map(one => rowOf(one, cli)),
        ),
      ]
      for (const { name, by, because } of answer.campaigns)
        if (because !== '') lines.push(words.why(campaignCalled(name, cli), people.called(by), because))
      cli.answer(answer, lines.join('\n'))
    })

  const verbs = [
    ['start', words.startAbout],
    ['pause', words.pauseAbout],
    ['stop', words.stopAbout],
  ] as const
  for (const [verb, about] of verbs)
    campaigns
      .command(verb)
      .description(about)
      .argument('<name>', words.name)
      .option('--because <why>', words.because)
      .action(async (name: string, why: { readonly because?: string }) => {
        const path = `/campaigns/${encodeURIComponent(name)}/${verb}`
        const answer = await cli.hotline.post<Campaigns>(path, why)
        const state = answer.campaigns.find(one => one.name === name)?.state
        cli.answer(answer, words.moved(campaignCalled(name, cli), state ? words.states[state] : ''))
      })

  const survey = program.command('survey').description(words.surveyAbout)
  addExclusionCommands(survey, cli)

  addAuditOptions(survey.command('audit').description(words.auditAbout), cli)

  survey
    .command('rates')
    .description(words.ratesAbout)
    .option('--by <what>', words.by, 'unit')
    .option('--from <day>', words.from)
    .option('--until <day>', words.until)
    .action(async ({ by, ...period }: ClosedIn & { readonly by: string }) => {
      const query = queryOf(period, await timesIn(cli), words.wrongDay)
      query.set('by', by)
      const answer = await cli.hotline.get<{ formula: RateFormula; groups: readonly GroupRates[] }>(
        `/rates?${query}`,
      )
      const names = await namesIn(cli)
      const called = by === 'unit' ? names.unit : by === 'category' ? names.category : String
      const rows = answer.groups.map(({ name, rates, tally }) => [
        ...[called(name), ...[rates.response, rates.solved, rates.satisfied, rates.composite].map(percent)],
        ...[tally.asked, tally.reached, tally.answered, tally.excluded, tally.referred].map(String),
      ])
      const said = rows.length === 0 ? words.noRates : table(words.ratesHead, rows)
      cli.answer(answer, [said, '', words.formula(answer.formula)].join('\n'))
    })
}

const percent = (share: number | undefined) => (share === undefined ? '-' : `${(share * 100).toFixed(1)} %`)

/** Commands name it by its id; people by what it asks about. */
const campaignCalled = (name: string, { language }: Pick<Cli, 'language'>) =>
  (campaignNames as Readonly<Record<string, Words>>)[name]?.[language] ?? name

function rowOf(campaign: Campaign, cli: Cli): string[] {
  const words = cli.words.surveys
  const { name, state, ringing, lastHour, owed, due, linked, settled, persons } = campaign
  const counts = [ringing, lastHour, owed, due, linked, settled.answered ?? 0, settled.unreached ?? 0]
  return [
    name,
    campaignCalled(name, cli),
    words.states[state],
    ...[...counts, persons.asked, persons.missed].map(String),
  ]
}
