import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { ByRuleFigures, DispatchDraftShown, DispatchTrial, OrderDetail } from '../../http/contract.ts'
import type { AddCommands } from '../cli.ts'
import { dispatchWords } from '../messages/dispatch.ts'
import { table } from '../screen.ts'
import { signedIn } from '../signed.ts'

type Signer = { readonly as: string }

/** The dispatch catalogue as a table, what it would do, and what went by itself; it is published as all rules are. */
export const addDispatchCommands: AddCommands = (program, cli) => {
  const words = dispatchWords[cli.language]
  const dispatch = program.command('dispatch').description(words.about)

  dispatch
    .command('export')
    .description(words.exportAbout)
    .argument('<file>', words.toFile)
    .option('--draft', words.ofDraft)
    .action(async (file: string, { draft }: { readonly draft?: true }) => {
      const format = file.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv'
      const of = draft ? 'draft' : 'holds'
      await cli.hotline.save(`/dispatch-catalogue/file/${format}?of=${of}&lang=${cli.language}`, file)
      cli.answer({ file }, words.saved(file))
    })

  dispatch
    .command('import')
    .description(words.importAbout)
    .argument('<file>', words.fromFile)
    .requiredOption('--as <name>', words.as)
    .action(async (file: string, { as }: Signer) => {
      const bytes = await readFile(file).catch((cause: unknown) => unread(file, cause))
      const { revision } = await cli.hotline.get<{ readonly revision: number }>('/dispatch-catalogue/draft')
      const sent = { revision, name: basename(file), data: bytes.toString('base64') }
      const draft = await signedIn(cli, as, hotline =>
        hotline.post<DispatchDraftShown>('/dispatch-catalogue/file', sent),
      )
      cli.answer(draft, words.brought(draft.rows, draft.changes))
    })

  dispatch
    .command('try')
    .description(words.tryAbout)
    .option('--days <n>', words.days, '30')
    .action(async ({ days }: { readonly days: string }) => {
      const path = `/dispatch-catalogue/trial?days=${encodeURIComponent(days)}`
      const trial = await cli.hotline.get<DispatchTrial>(path)
      const rows = trial.groups.map(
        ({ count, kindName, district, street, from = words.nobody, to = words.nobody }) => [
          String(count),
          kindName,
          district,
          street,
          from,
          to,
        ],
      )
      const said = words.elsewhere(trial.elsewhere, trial.tried)
      cli.answer(trial, rows.length === 0 ? said : [said, '', table(words.moveHead, rows)].join('\n'))
    })

  dispatch
    .command('figures')
    .description(words.figuresAbout)
    .option('--days <n>', words.days, '30')
    .action(async ({ days }: { readonly days: string }) => {
      const figures = await cli.hotline.get<ByRuleFigures>(`/orders/by-rule?days=${encodeURIComponent(days)}`)
      const rows = figures.kinds.map(({ kindName, went, reversed, sampled, looked, right, asked }) => [
        kindName,
        ...[went, reversed, sampled, looked, right, asked].map(String),
      ])
      cli.answer(figures, rows.length === 0 ? words.none : table(words.figuresHead, rows))
    })

  const act = (name: string, about: string, done: 'take-back' | 'look', said: (number: string) => string) =>
    dispatch
      .command(name)
      .description(about)
      .argument('<number>', words.number)
      .requiredOption('--as <name>', words.as)
      .action(async (number: string, { as }: Signer) => {
        const detail = await signedIn(cli, as, hotline =>
          hotline.post<OrderDetail>(`/orders/${encodeURIComponent(number)}/acts`, { do: done }),
        )
        cli.answer(detail, said(number))
      })
  act('take-back', words.backAbout, 'take-back', words.isBack)
  act('look', words.lookAbout, 'look', words.isRight)
}

function unread(file: string, cause: unknown): never {
  throw new Fault({
    code: 'request-invalid',
    place: file,
    found: reasonOf(cause),
    expected: 'a file that can be read',
    cause,
  })
}
