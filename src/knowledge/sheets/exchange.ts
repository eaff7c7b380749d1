import { type Clock, Fault, FaultList } from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import type { KnowledgeActions } from '../actions.ts'
import {
  type KnowledgeContent,
  type KnowledgeFormat,
  type KnowledgeImported,
  type KnowledgeRowFault,
  knowledgeContentShown,
} from '../api.ts'
import { askedOf, contentFields, type KnowledgeGround, shownOf } from '../entry.ts'
import { selectForExport } from '../lists.ts'
import type { KnowledgeActor } from '../permit.ts'
import { selectAsked, selectEntry, selectVersion } from '../store.ts'
import { columns, type SheetRow } from './columns.ts'
import { readCsv, textOf, writeCsv } from './csv.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { readRows, rowsByHead } from './rows.ts'
import { readXlsx, writeXlsx } from './xlsx.ts'

export type ReadTable = { readonly name: string; readonly bytes: Uint8Array }

/** Largest table that is taken, with room for 20,000 entries. */
export const mostTableBytes = 20 * 1024 * 1024
const mostRows = 20_000
const page = 500

/**
 * Rows of a table in the format that its first bytes or its name show.
 * @throws Fault `knowledge-file`, `knowledge-file-big`
 */
export function rowsOfTable({ name, bytes }: ReadTable): readonly SheetRow[] {
  if (bytes.length > mostTableBytes) throw tooBig(name, `${bytes.length} bytes`)
  const rows = read(name, bytes)
  if (rows.length > mostRows) throw tooBig(name, `${rows.length} entries`)
  return rows
}

function read(name: string, bytes: Uint8Array): readonly SheetRow[] {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return rowsByHead(readXlsx(bytes, name), name)
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new Fault({
      code: 'knowledge-file',
      place: name,
      found: 'a workbook of before 2007 (.xls)',
      expected: 'CSV, XLSX or Markdown',
    })
  if (/\.(md|markdown)$/i.test(name)) return readMarkdown(textOf(bytes, name), name)
  return rowsByHead(readCsv(bytes, name), name)
}

const tooBig = (place: string, found: string) =>
  new Fault({
    code: 'knowledge-file-big',
    place,
    found,
    expected: `at most ${mostTableBytes / 1024 / 1024} MB and ${mostRows} entries in one file`,
  })

export function createExchange({
  database,
  actions,
  ground,
  clock,
}: {
  readonly database: Database
  readonly actions: KnowledgeActions
  readonly ground: KnowledgeGround
  readonly clock: Clock
}) {
  /** The newest version of the entry that has the same question. */
  async function known(content: KnowledgeContent) {
    const id = await selectAsked(database, askedOf(content))
    const entry = id === undefined ? undefined : await selectEntry(database, id)
    const version = entry && (await selectVersion(database, entry.id, entry.newest))
    return entry && version ? { id: entry.id, version } : undefined
  }

  async function take(
    content: KnowledgeContent,
    submits: boolean,
    actor: KnowledgeActor,
  ): Promise<'drafted' | 'changed' | 'same'> {
    const there = await known(content)
    return actions.transaction(async tx => {
      if (!there) {
        const id = await actions.draft(tx, content, actor)
        if (submits) await actions.submit(tx, { id, version: 1 }, actor)
        return 'drafted'
      }
      const { id, version } = there
      const isAnother = await actions.change(tx, { id, ...seenOf(version) }, content, actor)
      if (!isAnother) return 'same'
      const isOpen = version.state === 'draft' || version.state === 'in-review'
      if (submits)
        await actions.submit(tx, { id, version: isOpen ? version.version : version.version + 1 }, actor)
      return 'changed'
    })
  }

  return {
    async import(file: ReadTable, submits: boolean, actor: KnowledgeActor): Promise<KnowledgeImported> {
      const counts = { drafted: 0, changed: 0, same: 0 }
      const faults: KnowledgeRowFault[] = []
      for (const one of readRows(rowsOfTable(file), ground, clock.now(), askedOf)) {
        if ('faults' in one) {
          faults.push(...one.faults)
          continue
        }
        try {
          counts[await take(one.content, submits, actor)]++
        } catch (error) {
          const [fault] = error instanceof FaultList ? error.faults : [error]
          if (!(fault instanceof Fault) || !fault.code.startsWith('knowledge-')) throw error
          const column = fault.code === 'knowledge-of-another' ? columns.unit : columns.question
          faults.push({ row: one.row, column, found: fault.found, expected: fault.expected })
        }
      }
      return { ...counts, submitted: submits, faults }
    },
    async export(format: KnowledgeFormat, { role, unit }: KnowledgeActor): Promise<Uint8Array> {
      const contents: KnowledgeContent[] = []
      for (let after = ''; ; ) {
        const rows = await selectForExport(database, role === 'unit' ? (unit ?? '') : undefined, after, page)
        contents.push(...rows.map(row => knowledgeContentShown.parse(row.content)))
        const last = rows.at(-1)
        if (!last || rows.length < page) break
        after = last.id
      }
      if (format === 'md') return new TextEncoder().encode(writeMarkdown(contents))
      const table = [
        contentFields.map(field => columns[field]),
        ...contents.map(content => {
          const shown = shownOf(content)
          return contentFields.map(field => shown[field])
        }),
      ]
      return format === 'csv' ? writeCsv(table) : writeXlsx(table)
    },
  }
}

const seenOf = ({ version, revision }: { readonly version: number; readonly revision: number }) => ({
  version,
  revision,
})
