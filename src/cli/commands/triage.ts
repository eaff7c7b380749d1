import { writeFile } from 'node:fs/promises'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { Measures } from '../../triage/index.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { checkKnown, examplesIn, type Judge, type JudgeOptions, judgeOf, textsOf } from '../judge.ts'
import { table } from '../screen.ts'
import { addTriageModels } from './triage-models.ts'
import { addTriageRead } from './triage-read.ts'

/** Figures of a label with fewer texts are chance. */
const fewTexts = 10

type TrainOptions = {
  readonly output: string
  readonly seed: string
  readonly seeds?: string
  readonly cost: string
}
type TestOptions = JudgeOptions & { readonly noise?: string; readonly seed: string }
type Said = JudgeOptions & { readonly title?: string; readonly file?: string; readonly label?: string }

export const addTriageCommands: AddCommands = (program, cli) => {
  const words = cli.words.triage
  const triage = program.command('triage').description(words.about)
  const judged = (name: string, about: string) =>
    triage
      .command(name)
      .description(about)
      .option('-m, --model <file>', words.model)
      .option('--catalogue <dir>', words.catalogue)
      .option('--corrections <file>', words.corrections)

  triage
    .command('train')
    .description(words.trainAbout)
    .argument('<file>', words.examples)
    .requiredOption('-o, --output <file>', words.output)
    .option('--seed <number>', words.seed, '1')
    .option('--seeds <count>', words.seeds)
    .option('--cost <number>', words.cost, '2')
    .action((path: string, options: TrainOptions) => train(path, options, cli))

  judged('test', words.testAbout)
    .argument('<file>', words.examples)
    .option('--noise <share>', words.noise)
    .option('--seed <number>', words.noiseSeed, '1')
    .action(async (path: string, options: TestOptions) => {
      const [judge, examples, triageRoom] = await Promise.all([
        judgeOf(cli, options),
        examplesIn(path),
        import('../../triage/index.ts'),
      ])
      checkKnown(examples, judge.labels)
      const share = options.noise === undefined ? 0 : shareOf('--noise', options.noise)
      const random = triageRoom.createRandom(numberOf('--seed', options.seed))
      const heard = share === 0 ? (text: string) => text : triageRoom.createNoise(share)
      const measures = triageRoom.measure(
        examples.map(({ text, title, label }) => ({
          label,
          ...judge.suggest({ text: heard(text, random), title: title && heard(title, random) }),
        })),
      )
      const known = examples.filter(judge.hasLearnt).length
      const few = measures.labels.filter(({ texts }) => texts < fewTexts).length
      cli.answer(
        { by: judge.by, noise: share, known, few, ...measures },
        [
          words.by(judge.by),
          ...(known > 0 ? [words.known(known, examples.length)] : []),
          ...(few > 0 ? [words.fewTexts(few, fewTexts)] : []),
          ...(share > 0 ? [words.withNoise(percent(share))] : []),
          ...measuresSaid(measures, cli),
        ].join('\n'),
      )
    })

  judged('classify', words.classifyAbout)
    .argument('[text]', words.text)
    .option('--title <title>', words.title)
    .option('-f, --file <file>', words.file)
    .action(async (text: string | undefined, options: Said) => {
      const judge = await judgeOf(cli, options)
      for (const given of await textsOf(cli, text, options)) {
        const { found, isUnsure } = judge.suggest(given)
        cli.answer({ found, unsure: isUnsure }, suggestionSaid(judge, found, isUnsure, cli))
      }
    })

  judged('explain', words.explainAbout)
    .argument('[text]', words.text)
    .option('--title <title>', words.title)
    .option('-f, --file <file>', words.file)
    .option('--label <label>', words.label)
    .action(async (text: string | undefined, options: Said) => {
      const judge = await judgeOf(cli, options)
      if (options.label !== undefined)
        checkKnown([{ text: '', label: options.label, place: '--label' }], judge.labels)
      for (const given of await textsOf(cli, text, options)) {
        const { found, isUnsure } = judge.suggest(given)
        const label = options.label ?? found[0]?.label
        const weighed = label === undefined ? [] : judge.explain(given, label)
        const said = [
          suggestionSaid(judge, found, isUnsure, cli),
          label === undefined ? words.nothing : words.because(label),
          table(
            words.weighedHead,
            weighed.map(({ words: piece, weight }) => [piece, weight.toFixed(3)]),
          ),
        ]
        cli.answer({ found, unsure: isUnsure, label, weighed }, said.join('\n'))
      }
    })

  addTriageModels(triage, cli)
  addTriageRead(triage, cli)
}

async function train(path: string, { output, seed, seeds, cost }: TrainOptions, cli: Cli): Promise<void> {
  const words = cli.words.triage
  const { hashOf, learn, measure, writeModel } = await import('../../triage/index.ts')
  const examples = await examplesIn(path)
  const [first, count, costs] = [
    numberOf('--seed', seed),
    numberOf('--seeds', seeds ?? '1'),
    numberOf('--cost', cost),
  ]
  const learnt = Array.from({ length: count }, (_, at) => {
    const given = { seed: first + at, cost: costs }
    const { model, trial } = learn(examples, path, given)
    return { model, given, measures: measure(trial) }
  })
  const [{ model, given, measures }] = learnt as [(typeof learnt)[number]]
  const bytes = writeModel(model, { examples: examples.length, ...given }, examples.map(hashOf))
  await writeFile(output, bytes).catch((error: unknown) => {
    throw new Fault({
      code: 'file-unwritable',
      place: output,
      found: reasonOf(error),
      expected: 'a file that can be written',
    })
  })
  const trials = learnt.map(one => ({
    seed: one.given.seed,
    macroF1: one.measures.macroF1,
    first: one.measures.first,
  }))
  const said = [
    words.trained(output, examples.length, model.labels.length, (bytes.length / 1e6).toFixed(1)),
    words.heldOut(measures.texts),
    ...(trials.length > 1
      ? [
          table(
            words.seedsHead,
            trials.map(one => [String(one.seed), three(one.macroF1), three(one.first)]),
          ),
        ]
      : []),
    ...measuresSaid(measures, cli),
  ]
  cli.answer(
    { output, bytes: bytes.length, examples: examples.length, labels: model.labels, trials, trial: measures },
    said.join('\n'),
  )
}

/** @throws Fault `option-invalid` */
function numberOf(option: string, given: string): number {
  const value = Number(given)
  if (value > 0 && Number.isFinite(value) && (option === '--cost' || Number.isInteger(value))) return value
  const expected = option === '--cost' ? 'a number above 0' : 'a whole number above 0'
  throw new Fault({ code: 'option-invalid', place: option, found: `"${given}"`, expected })
}

/** @throws Fault `option-invalid` */
function shareOf(option: string, given: string): number {
  const value = Number(given)
  if (given.trim() !== '' && value >= 0 && value < 1) return value
  throw new Fault({
    code: 'option-invalid',
    place: option,
    found: `"${given}"`,
    expected: 'a share from 0 to below 1',
  })
}

const three = (value: number) => value.toFixed(3)
const percent = (value: number) => `${(value * 100).toFixed(1)}%`

function suggestionSaid(
  { catalogue }: Judge,
  found: readonly { readonly label: string; readonly sure: number }[],
  isUnsure: boolean,
  { words: { triage: words } }: Cli,
): string {
  const rows = found.map(({ label, sure }) => {
    const object = catalogue?.objects.get(label)
    const kinds = object?.kinds.map(({ name }) => name).join('、') ?? ''
    return object ? [percent(sure), label, object.units[0] ?? '', kinds] : [percent(sure), label]
  })
  const asked =
    catalogue === undefined
      ? []
      : asksOf(
          catalogue,
          found.slice(0, 3).map(({ label }) => label),
        )
  return [
    ...(isUnsure ? [words.unsure] : []),
    found.length === 0 ? words.nothing : table(catalogue ? words.objectHead : words.labelHead, rows),
    ...asked.map(words.ask),
  ].join('\n')
}

/** Questions that tell apart what stands side by side. */
function asksOf(catalogue: NonNullable<Judge['catalogue']>, labels: readonly string[]): readonly string[] {
  return labels.flatMap(label =>
    (catalogue.objects.get(label)?.not ?? []).flatMap(({ is, ask }) => (labels.includes(is) ? [ask] : [])),
  )
}

function measuresSaid(measures: Measures, { words: { triage: words } }: Cli): readonly string[] {
  const { interval, curve, labels, confusion } = measures
  return [
    words.figures(three(measures.macroF1), three(interval[0]), three(interval[1]), measures.texts),
    words.firsts(
      three(measures.first),
      three(measures.firstInterval[0]),
      three(measures.firstInterval[1]),
      three(measures.firstThree),
      three(measures.firstFive),
    ),
    words.calibration(three(measures.calibrationError)),
    words.unsureShare(percent(measures.unsure), percent(measures.unsureRight)),
    '',
    table(
      words.curveHead,
      curve.map(({ sure, covered, right }) => [three(sure), percent(covered), percent(right)]),
    ),
    '',
    table(
      words.labelsHead,
      labels
        .slice(0, 30)
        .map(one => [
          one.label,
          String(one.texts),
          three(one.precision),
          three(one.recall),
          `${three(one.recallInterval[0])}-${three(one.recallInterval[1])}`,
          three(one.f1),
        ]),
    ),
    ...(confusion.length > 0
      ? [
          '',
          table(
            words.confusionHead,
            confusion.map(one => [one.label, one.taken || '-', String(one.times)]),
          ),
        ]
      : []),
  ]
}
