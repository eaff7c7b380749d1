import { writeFile } from 'node:fs/promises'
import type { AddCommands } from '../cli.ts'
import { table } from '../screen.ts'

type Given = {
  readonly from?: string
  readonly to?: string
  readonly csv?: string
  readonly out?: string
}

export const addFloorCommands: AddCommands = (program, cli) => {
  const words = cli.words.floor
  program
    .command('floor')
    .description(words.about)
    .option('--from <date>', words.from)
    .option('--to <date>', words.to)
    .option('--csv <table>', words.csv)
    .option('--out <file>', words.out)
    .action(async ({ csv, out, ...dates }: Given) => {
      const days = new URLSearchParams(dates)
      const file = `/floor/${encodeURIComponent(csv ?? 'figures')}.csv?${new URLSearchParams({ ...dates, lang: cli.language })}`
      if (out !== undefined) {
        await writeFile(out, await cli.hotline.text(file))
        return cli.print(words.written(out))
      }
      const text = plain(await cli.hotline.text(file))
      if (csv !== undefined) return cli.print(text)
      // No word of these figures has a comma in it.
      const rows = text
        .split('\n')
        .slice(1)
        .map(line => line.split(','))
      cli.answer(await cli.hotline.get<object>(`/floor/figures?${days}`), table(words.head, rows))
    })
}

/** A terminal needs neither the mark nor the CR that a spreadsheet does. */
const plain = (text: string) =>
  text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r', '')
    .trimEnd()
