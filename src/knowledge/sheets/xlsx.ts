import writeSheet from 'write-excel-file/node'
import { readXlsx as read } from '../../foundation/index.ts'
import { tableCodes } from './csv.ts'

/** @throws Fault `knowledge-file`, `knowledge-file-big` */
export const readXlsx = (bytes: Uint8Array, place: string) => read(bytes, place, tableCodes)

/** Every cell is text, so a text that begins like a formula stays a text. */
export const writeXlsx = async (rows: readonly (readonly string[])[]): Promise<Uint8Array> =>
  await writeSheet(
    rows.map((row, at) =>
      row.map(value => ({
        value,
        type: String,
        fontWeight: at === 0 ? ('bold' as const) : undefined,
        wrap: at > 0,
        alignVertical: 'top' as const,
      })),
    ),
    { columns: (rows[0] ?? []).map((_, at) => ({ width: at < 3 ? 40 : 18 })), stickyRowsCount: 1 },
  ).toBuffer()
