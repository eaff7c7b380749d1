import { readFile } from 'node:fs/promises'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { CallTranscript } from '../../http/contract.ts'
import type { Score } from '../../speech/index.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { table } from '../screen.ts'

type Given = { readonly reference: string; readonly hypothesis: string; readonly names?: string }

export const addCaptionCommands: AddCommands = (program, cli) => {
  const words = cli.words.captions
  const captions = program.command('captions').description(words.about)
  captions
    .command('show')
    .description(words.showAbout)
    .argument('<call>', cli.words.calls.id)
    .option('--format <format>', words.format)
    .action(async (call: string, { format }: { readonly format?: string }) => {
      const path = `/calls/${encodeURIComponent(call)}/captions`
      if (format !== undefined)
        return cli.print(await cli.hotline.text(`${path}?format=${encodeURIComponent(format)}`))
      const found = await cli.hotline.get<CallTranscript>(path)
      const said = found.lines.map(({ startMs, who, text, english }) => {
        const shown = cli.language === 'en' ? (english ?? text) : text
        return `${minutes(startMs)}  ${words.speakers[who]}  ${shown}`
      })
      cli.answer(found, said.join('\n'))
    })

  captions
    .command('score')
    .description(words.scoreAbout)
    .requiredOption('--reference <file>', words.reference)
    .requiredOption('--hypothesis <file>', words.hypothesis)
    .option('--names <file>', words.namesFile)
    .action(async ({ reference, hypothesis, names }: Given) => {
      const { scoreText } = await import('../../speech/index.ts')
      const known = names === undefined ? [] : (await textOf(names)).split(/\r?\n/)
      const score = scoreText(await textOf(reference), await textOf(hypothesis), known)
      cli.answer(score, tellScore(score, cli.words.captions))
    })
}

/** @throws Fault `file-unreadable` */
async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '')
  } catch (cause) {
    const found = reasonOf(cause)
    throw new Fault({ code: 'file-unreadable', place: path, found, expected: 'a text in UTF-8', cause })
  }
}

function tellScore(score: Score, words: Cli['words']['captions']): string {
  const { characters, substituted, deleted, inserted, errors } = score
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`
  const classes = (['numbers', 'negations', 'names'] as const).map(name => {
    const { said, right, madeUp } = score[name]
    return [words[name], String(said), String(right), String(madeUp)]
  })
  return [
    words.cer(percent(score.cer), characters, substituted, deleted, inserted),
    words.ner(percent(score.ner), errors.minor, errors.standard, errors.serious),
    '',
    table(words.head, classes),
  ].join('\n')
}

const minutes = (ms: number) =>
  `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`
