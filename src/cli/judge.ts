import { readFile } from 'node:fs/promises'
import type { WrittenCatalogue } from '../catalogue/index.ts'
import { Fault, FaultList, oneOf, reasonOf } from '../foundation/index.ts'
import type { Correction, Example, Suggestion, TriageText, Weighed } from '../triage/index.ts'
import type { Cli } from './cli.ts'

/** By what texts are judged: a model that was trained, or, without one, the catalogue. */
export type JudgeOptions = {
  readonly model?: string
  readonly catalogue?: string
  readonly corrections?: string
}

export type Judge = {
  readonly labels: readonly string[]
  /** What it judges by, as people say it. */
  readonly by: string
  suggest(text: TriageText): Suggestion
  explain(text: TriageText, label: string): readonly Weighed[]
  /** Whether it was trained on this very text, or was given it as a correction. */
  hasLearnt(text: TriageText): boolean
  /** Of the catalogue alone: what is wrong with each object, and what to ask of it. */
  readonly catalogue?: WrittenCatalogue
}

export async function judgeOf(cli: Cli, options: JudgeOptions): Promise<Judge> {
  const triage = await import('../triage/index.ts')
  const learntIn = (hashes: readonly number[]) => {
    const known = new Set(hashes)
    return (text: TriageText) => known.has(triage.hashOf(text))
  }
  if (options.model !== undefined) {
    const { model, known } = triage.readModel(options.model, await bytesOf(options.model))
    const corrections = options.corrections === undefined ? [] : await examplesIn(options.corrections)
    checkKnown(corrections, model.labels)
    const corrected = corrections.length === 0 ? undefined : triage.correctModel(model, corrections)
    return {
      labels: model.labels,
      by: options.model,
      suggest: text => (corrected ? triage.classifyCorrected(corrected, text) : triage.classify(model, text)),
      explain: (text, label) => triage.explain(model, text, label),
      hasLearnt: learntIn([...known, ...corrections.map(triage.hashOf)]),
    }
  }
  const directory = await catalogueFolder(cli, options.catalogue)
  const { readCatalogue } = await import('../catalogue/index.ts')
  const catalogue = await readCatalogue(directory)
  const corrections = options.corrections === undefined ? [] : await examplesIn(options.corrections)
  const labels = [...catalogue.objects.keys()]
  checkKnown(corrections, labels)
  const profiles = triage.buildProfiles(catalogue, corrections satisfies readonly Correction[])
  return {
    labels,
    by: directory,
    catalogue,
    suggest: text => triage.suggest(profiles, text),
    explain: (text, label) => triage.explainObject(profiles, text, label),
    hasLearnt: learntIn(corrections.map(triage.hashOf)),
  }
}

/** The folder named on the command line, else the one that the hotline takes its catalogue from. */
export async function catalogueFolder(cli: Cli, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const { readSettings } = await import('../settings/index.ts')
  return readSettings(cli.env).CATALOGUE_DIR
}

/** @throws FaultList with what is wrong, by file and line */
export async function examplesIn(path: string): Promise<readonly Example[]> {
  const { readExamples } = await import('../triage/index.ts')
  return readExamples(path, new TextDecoder().decode(await bytesOf(path)))
}

/** @throws FaultList `label-unknown` for labels that the judge never gives: every such text would count as wrong */
export function checkKnown(examples: readonly Example[], labels: readonly string[]): void {
  const known = new Set(labels)
  const unknown = new Map(
    examples.filter(({ label }) => !known.has(label)).map(({ label, place }) => [label, place]),
  )
  if (unknown.size === 0) return
  const near = (label: string) => (labels.length > 30 ? 'an object of the catalogue' : oneOf(label, labels))
  throw new FaultList(
    [...unknown]
      .slice(0, 20)
      .map(
        ([label, place]) =>
          new Fault({ code: 'label-unknown', place, found: `label "${label}"`, expected: near(label) }),
      ),
  )
}

/** @throws Fault `file-unreadable` */
export const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: unknown) => {
    throw new Fault({
      code: 'file-unreadable',
      place: path,
      found: reasonOf(error),
      expected: 'a file that can be read',
    })
  })

/** The text named on the command line, else those of a file or of standard input. */
export async function textsOf(
  cli: Cli,
  text: string | undefined,
  { title, file }: { readonly title?: string; readonly file?: string },
): Promise<readonly TriageText[]> {
  if (text !== undefined) return [{ text, title }]
  const { readTexts } = await import('../triage/index.ts')
  return file === undefined
    ? readTexts('stdin', await cli.readInput())
    : readTexts(file, new TextDecoder().decode(await bytesOf(file)))
}
