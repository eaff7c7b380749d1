import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, reasonOf } from '../foundation/index.ts'
import type { KnowledgeContent, KnowledgeRowFault } from './api.ts'
import { askedOf, type KnowledgeGround, plainOf } from './entry.ts'
import { type Frequencies, idfOf } from './score.ts'
import { ranked } from './search.ts'
import { rowsOfTable } from './sheets/exchange.ts'
import { readRows } from './sheets/rows.ts'
import type { Synonyms } from './synonyms.ts'
import { createLexicon, indexTerms } from './terms.ts'

/** Entries of files, and their proof without a house: the same that a search in the database compares. */

export type FileEntry = { readonly place: string; readonly content: KnowledgeContent }

/**
 * All entries of a folder's Markdown, CSV and XLSX, with what is not right in them.
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

/** Of a search, the terms by which entries are looked up before they are compared: as the database does it. */
const mostLookedUp = 16

/** Entries that can be searched in memory. */
export function shelve(entries: readonly FileEntry[], synonyms: Synonyms) {
  const lexicon = createLexicon(synonyms)
  const holders = new Map<string, number[]>()
  const shelf = entries.map((entry, at) => {
    const { question, wordings, text, kinds } = entry.content
    const asked = [question, ...wordings]
    for (const term of indexTerms(asked, [text, ...kinds].join('\n'))) {
      const others = holders.get(term)
      if (others) others.push(at)
      else holders.set(term, [at])
    }
    return { entry, asked, text }
  })
  const frequencies: Frequencies = {
    entries: entries.length,
    of: term => holders.get(term)?.length ?? 0,
  }
  return {
    /** @param leaving a wording that its own entry is compared without */
    search(text: string, limit: number, leaving?: { readonly entry: FileEntry; readonly wording: string }) {
      const sought = lexicon.sought(text)
      const telling = [...sought.terms, ...sought.also]
        .map(([term, weight]) => ({ term, tells: weight * idfOf(frequencies, term) }))
        .filter(({ term }) => holders.has(term))
        .toSorted((one, other) => other.tells - one.tells)
        .slice(0, mostLookedUp)
      const found = new Set(telling.flatMap(({ term }) => holders.get(term) ?? []))
      const candidates = [...found].flatMap(at => {
        const one = shelf[at]
        if (!one) return []
        if (!leaving || one.entry !== leaving.entry) return [one]
        return [{ ...one, asked: one.asked.filter(wording => wording !== leaving.wording) }]
      })
      return ranked(candidates, sought, { frequencies, lexicon, limit })
    },
  }
}

/** So many other wordings, at least, each shipped entry has. */
const leastWordings = 3
const first = 3

/**
 * The proof of shipped entries: each has other wordings, no two entries share one, and each finds its own entry among the
 * first three.
 * @returns what is not so, and how often a wording finds its entry with itself left out
 */
export function proveKnowledge(
  entries: readonly FileEntry[],
  synonyms: Synonyms,
): { readonly faults: readonly Fault[]; readonly leftOut: number; readonly wordings: number } {
  const { search } = shelve(entries, synonyms)
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
      if (!search(wording, first).some(hit => hit.entry === entry))
        fault('knowledge-unclear', `“${wording}” finds others`, `itself among the first ${first}`)
    }
    for (const wording of content.wordings) {
      wordings++
      if (search(wording, first, { entry, wording }).some(hit => hit.entry === entry)) found++
    }
  }
  return { faults, leftOut: wordings === 0 ? 0 : found / wordings, wordings }
}
