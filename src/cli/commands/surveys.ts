import { readFile } from 'node:fs/promises'
import { instantOf } from '../../city/place-time.ts'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { Campaign, GroupRates, RateFormula, SurveyAudit } from '../../http/contract.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { table } from '../screen.ts'
import { type Times, timesIn } from '../times.ts'
import { addExclusionCommands } from './exclusions.ts'

type Campaigns = { readonly campaigns: readonly Campaign[] }
type Period = { readonly from?: string; readonly until?: string }

export const addSurveyCommands: AddCommands = (program, cli) => {
  const words = cli.words.surveys
  const campaigns = program.command('campaigns').description(words.about)

  campaigns
    .command('list', { isDefault: true })
    .description(words.listAbout)
    .action(async () => {
      const answer = await cli.hotline.get<Campaigns>('/campaigns')
      const lines = [
        table(
          words.head,
          answer.campaigns.map(one => rowOf(one, cli)),
        ),
      ]
      for (const { name, by, because } of answer.campaigns)
        if (because !== '') lines.push(words.why(name, by, because))
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
        cli.answer(answer, words.moved(name, state ? words.states[state] : ''))
      })

  const survey = program.command('survey').description(words.surveyAbout)
  addExclusionCommands(survey, cli)

  survey
    .command('audit')
    .description(words.auditAbout)
    .option('--anchors <file>', words.anchors)
    .option('--from <day>', words.from)
    .option('--until <day>', words.until)
    .action(async ({ anchors, ...period }: Period & { readonly anchors?: string }) => {
      const query = queryOf(period, await timesIn(cli), words.wrongDay)
      const body = anchors === undefined ? {} : { heads: await headsIn(anchors) }
      const audit = await cli.hotline.post<SurveyAudit>(`/surveys/audit?${query}`, body)
      cli.answer(audit, auditSaid(audit, words).join('\n'))
      if (audit.breaks.length > 0) cli.exitWith(exit.refused)
    })

  survey
    .command('rates')
    .description(words.ratesAbout)
    .option('--by <what>', words.by, 'unit')
    .option('--from <day>', words.from)
    .option('--until <day>', words.until)
    .action(async ({ by, ...period }: Period & { readonly by: string }) => {
      const query = queryOf(period, await timesIn(cli), words.wrongDay)
      query.set('by', by)
      const answer = await cli.hotline.get<{ formula: RateFormula; groups: readonly GroupRates[] }>(
        `/rates?${query}`,
      )
      const rows = answer.groups.map(({ name, rates, tally }) => [
        ...[name, ...[rates.response, rates.solved, rates.satisfied, rates.composite].map(percent)],
        ...[tally.asked, tally.reached, tally.answered, tally.excluded].map(String),
      ])
      const said = rows.length === 0 ? words.noRates : table(words.ratesHead, rows)
      cli.answer(answer, [said, '', words.formula(answer.formula)].join('\n'))
    })
}

const percent = (share: number | undefined) => (share === undefined ? '-' : `${(share * 100).toFixed(1)} %`)

function rowOf(campaign: Campaign, { words: { surveys: words } }: Cli): string[] {
  const { name, state, ringing, lastHour, owed, due, linked, settled, persons } = campaign
  const counts = [ringing, lastHour, owed, due, linked, settled.answered ?? 0, settled.unreached ?? 0]
  return [name, words.states[state], ...[...counts, persons.asked, persons.missed].map(String)]
}

function auditSaid(audit: SurveyAudit, words: Cli['words']['surveys']): string[] {
  const { breaks, coached, heads } = audit
  const lines =
    breaks.length === 0
      ? [words.intact(audit.events, audit.surveys)]
      : [
          words.broken(breaks.length),
          ...breaks.map(({ lane, seq, survey, what }) => {
            const place = lane === undefined || seq === undefined ? '' : words.place(lane, seq)
            return `  ${[place, survey ? words.survey(survey) : ''].filter(Boolean).join('，')}：${words.breaks[what]}`
          }),
        ]
  if (coached.length > 0) lines.push('', words.coached)
  for (const { unit, sign, answers, orders } of coached)
    lines.push(
      `  ${unit}：${words.signs[sign]}（${answers}）${orders.length > 0 ? ` ${orders.join(' ')}` : ''}`,
    )
  lines.push('', words.headsAre, ...heads.map(({ lane, seq, hash }) => `  ${lane} ${seq} ${hash}`))
  return lines
}

/** Days begin at midnight in the city. */
function queryOf({ from, until }: Period, { timeZone }: Times, expected: string): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, day, place] of [
    ['fromMs', from, '--from'],
    ['untilMs', until, '--until'],
  ] as const) {
    if (day === undefined) continue
    const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? instantOf(day, timeZone) : Number.NaN
    if (Number.isNaN(ms)) throw new Fault({ code: 'request-invalid', place, found: day, expected })
    query.set(name, String(ms))
  }
  return query
}

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
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && 'heads' in read ? read.heads : read
  } catch {
    throw new Fault({
      code: 'file-unreadable',
      place: path,
      found: 'no JSON',
      expected: 'the JSON of an audit',
    })
  }
}
