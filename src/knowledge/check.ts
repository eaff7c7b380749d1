import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../foundation/index.ts'
import type { KnowledgeContent, KnowledgeRowFault } from './api.ts'
import { askedOf, type KnowledgeGround, plainOf } from './entry.ts'
import { rowsOfTable } from './sheets/exchange.ts'
import { readRows } from './sheets/rows.ts'
import { type AnswerShelf, createShelf, type Likeness } from './shelf.ts'
import type { Synonyms } from './synonyms.ts'
import { createLexicon } from './terms.ts'

/**
 * An entry read from a file, with its place. It can be checked without a house, by the same search that a house
 * uses.
 */

export type FileEntry = { readonly place: string; readonly content: KnowledgeContent }

/**
 * Reads all entries of a folder's Markdown, CSV and XLSX files, with their faults.
 * @throws Fault `knowledge-file` for a file that cannot be read
 */
export async function readKnowledgeFiles(
  folder: string,
  ground: KnowledgeGround,
  nowMs: number,
): Promise<{ readonly entries: readonly FileEntry[]; readonly faults: readonly Fault[] }> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Fault({
      code: 'knowledge-file',
      place: folder,
      found: reasonOf(error),
      expected: 'a folder with entries',
      cause: error,
    })
  })
  const entries: FileEntry[] = []
  const faults: Fault[] = []
  const asked = new Map<string, string>()
  for (const name of names.toSorted()) {
    if (!/\.(md|csv|xlsx)$/.test(name)) continue
    const rows = rowsOfTable({ name, bytes: await readFile(join(folder, name)) })
    for (const one of readRows(rows, ground, nowMs, askedOf)) {
      const place = `${name}:${one.row}`
      if ('faults' in one) {
        faults.push(...one.faults.map(fault => faultOf(name, fault)))
        continue
      }
      const key = askedOf(one.content)
      const before = asked.get(key)
      if (before !== undefined)
        faults.push(
          new Fault({
            code: 'knowledge-duplicate',
            place,
            found: `the question of ${before}`,
            expected: 'each question once',
          }),
        )
      asked.set(key, place)
      entries.push({ place, content: one.content })
    }
  }
  return { entries, faults }
}

const faultOf = (name: string, { row, column, found, expected }: KnowledgeRowFault) =>
  new Fault({ code: 'knowledge-unclear', place: `${name}:${row} ${column}`, found, expected })

/** Puts entries on a shelf in memory, as a house does, each under its place in the files. */
export function shelve(entries: readonly FileEntry[], synonyms: Synonyms, likeness: Likeness): AnswerShelf {
  const shelf = createShelf(createLexicon(synonyms), likeness)
  for (const { place, content } of entries)
    shelf.put({
      entry: place,
      version: 1,
      fromMs: Number.NEGATIVE_INFINITY,
      untilMs: Number.POSITIVE_INFINITY,
      districts: content.districts,
      asked: [content.question, ...content.wordings],
      text: content.text,
    })
  return shelf
}

/** How many other wordings each shipped entry needs. */
const leastWordings = 3
const first = 3

/**
 * Checks shipped entries: each has enough other wordings, no two share a wording, and each wording finds its own
 * entry among the first three.
 * @returns the faults, and how often a wording finds its entry with that wording left out
 */
export function proveKnowledge(
  entries: readonly FileEntry[],
  synonyms: Synonyms,
  likeness: Likeness,
): { readonly faults: readonly Fault[]; readonly leftOut: number; readonly wordings: number } {
  const shelf = shelve(entries, synonyms, likeness)
  const finds = (
    { place: entry }: FileEntry,
    wording: string,
    leaving?: { entry: string; wording: string },
  ) => shelf.search(wording, { atMs: 0, limit: first, leaving }).hits.some(hit => hit.entry === entry)
  const faults: Fault[] = []
  const said = new Map<string, string>()
  let found = 0
  let wordings = 0
  for (const entry of entries) {
    const { content, place } = entry
    const fault = (code: 'knowledge-unclear' | 'knowledge-duplicate', was: string, expected: string) =>
      faults.push(new Fault({ code, place, found: was, expected }))
    if (content.wordings.length < leastWordings)
      fault(
        'knowledge-unclear',
        `${content.wordings.length} other wordings`,
        `at least ${leastWordings}: citizens say it in many ways`,
      )
    for (const wording of [content.question, ...content.wordings]) {
      const key = plainOf(wording)
      const before = said.get(key)
      if (before !== undefined)
        fault('knowledge-duplicate', `“${wording}”, as ${before}`, 'wordings of its own')
      said.set(key, place)
      if (!finds(entry, wording))
        fault('knowledge-unclear', `“${wording}” finds others`, `itself among the first ${first}`)
    }
    for (const wording of content.wordings) {
      wordings++
      if (finds(entry, wording, { entry: place, wording })) found++
    }
  }
  return { faults, leftOut: wordings === 0 ? 0 : found / wordings, wordings }
}
