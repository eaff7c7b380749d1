import type { Command } from 'commander'
import type { KindModel, KindModelList } from '../../drafts/learning/api.ts'
import type { Cli } from '../cli.ts'
import { table } from '../screen.ts'
import { type Times, timesIn } from '../times.ts'

type Figured = Pick<KindModelList['models'][number], 'figures'>

/** Models that nights have learnt: listed, shown, and taken into use. */
export function addTriageModels(triage: Command, cli: Cli): void {
  const words = cli.words.triage.models
  triage
    .command('models')
    .description(words.about)
    .argument('[version]', words.version)
    .action(async (version: string | undefined) => {
      const times = await timesIn(cli)
      if (version === undefined) {
        const list = await cli.hotline.get<KindModelList>('/kind-models')
        cli.answer(list, listSaid(list, cli, times))
        return
      }
      const model = await cli.hotline.get<KindModel>(`/kind-models/${encodeURIComponent(version)}`)
      cli.answer(model, modelSaid(model, cli))
    })

  triage
    .command('use')
    .description(words.useAbout)
    .argument('<version>', words.version)
    .action(async (version: string) => {
      const list = await cli.hotline.post<KindModelList>(`/kind-models/${encodeURIComponent(version)}/use`)
      cli.answer(list, listSaid(list, cli, await timesIn(cli)))
    })
}

function listSaid({ inUse, trouble, models, next }: KindModelList, cli: Cli, times: Times): string {
  const words = cli.words.triage.models
  return [
    inUse ? words.inUse(inUse.version, words.because[inUse.because], times.minute(inUse.atMs)) : words.none,
    ...(trouble === undefined ? [] : [words.trouble(trouble)]),
    words.next(
      next.atMs === undefined ? undefined : times.minute(next.atMs),
      next.fresh,
      next.held,
      next.least,
    ),
    ...(models.length === 0
      ? []
      : [
          '',
          table(
            words.head,
            models.map(model => [
              `${model.version}${model.version === inUse?.version ? ' *' : ''}`,
              times.minute(model.madeAtMs),
              words.states[model.state],
              String(model.learnt),
              ...sharesOf(model),
            ]),
          ),
        ]),
    ...times.note(),
  ].join('\n')
}

const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)}%`)

const sharesOf = ({ figures: { texts, before, after } }: Figured) => [
  String(texts),
  `${percent(before.first, texts)} → ${percent(after.first, texts)}`,
  `${percent(before.firstThree, texts)} → ${percent(after.firstThree, texts)}`,
]

function modelSaid({ version, state, worse, figures }: KindModel, cli: Cli): string {
  const words = cli.words.triage.models
  const rows = figures.kinds
    .slice(0, 30)
    .map(one => [one.kind, one.isBig ? words.big : '', ...sharesOf({ figures: { ...figures, ...one } })])
  return [
    words.of(version, words.states[state]),
    ...worse.map(one => words.worse(one.kind ?? words.overall, words.places[one.of], one.before, one.after)),
    table(words.kindHead, [[words.overall, '', ...sharesOf({ figures })], ...rows]),
    ...(figures.confusion.length === 0
      ? []
      : [
          '',
          table(
            cli.words.triage.confusionHead,
            figures.confusion.map(one => [one.label, one.taken || '-', String(one.times)]),
          ),
        ]),
  ].join('\n')
}
