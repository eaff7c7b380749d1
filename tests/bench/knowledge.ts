/**
 * How soon a search is answered among 20,000 entries on PGlite, and how often reworded questions find the right one. The
 * shipped entries stand among others that are made of the catalogue's kinds and districts: real words of a city, and rivals of
 * the right answer. `knowledge-questions.tsv` was seen while the search was made; `knowledge-held-out.tsv` was written
 * when that was over, and is no wording of any entry.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Catalogue, readCatalogue } from '../../src/catalogue/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { monotonicMs, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import {
  type KnowledgeContent,
  knowledgeMigrations,
  knowledgeQueues,
  likenessIn,
  openKnowledge,
  readKnowledgeFiles,
  readSynonyms,
  shelve,
} from '../../src/knowledge/index.ts'
import { insertEntry, writeVersion } from '../../src/knowledge/store.ts'
import { type Database, migrate, openDatabase, type Queries, sql } from '../../src/storage/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { percentile, type Row } from './row.ts'

const entries = 20_000
const root = join(import.meta.dirname, '..', '..')
const districts = [
  '东城区',
  '西城区',
  '朝阳区',
  '海淀区',
  '丰台区',
  '石景山区',
  '通州区',
  '昌平区',
  '大兴区',
  '顺义区',
]

/** Where whoever asks lives: a tenth of the rivals hold there. */
const here = '海淀区'

type Question = { readonly asked: string; readonly right: string }

async function questionsIn(name: string): Promise<readonly Question[]> {
  const text = await readFile(join(import.meta.dirname, name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map(line => {
      const [asked = '', right = ''] = line.split('\t')
      return { asked, right }
    })
}

/** Published, as a review would: what its words count is counted at the end. */
async function publish(queries: Queries, id: string, content: KnowledgeContent): Promise<void> {
  const times = { fromMs: 0, untilMs: Date.UTC(2040, 0, 1) }
  await insertEntry(queries, { id, unit: content.unit }, id, 0)
  await writeVersion(queries, id, {
    version: 1,
    revision: 1,
    state: 'published',
    content,
    authors: [],
    madeAtMs: 0,
    ...times,
  })
  const phrases = [content.question, ...content.wordings]
  await queries.execute(sql`
    insert into knowledge_index (entry, version, from_at, until_at, districts, phrases)
    values (${id}, 1, ${new Date(times.fromMs)}, ${new Date(times.untilMs)}, ${JSON.stringify(content.districts)}::jsonb,
      ${[...phrases, content.text.replaceAll('\n', ' ')].join('\n')})`)
}

/** Demands of the catalogue as somebody might have written them up, in each district. */
async function rivals(catalogue: Catalogue, count: number): Promise<readonly KnowledgeContent[]> {
  const { kinds, objects } = catalogue
  const all = [...kinds.values()]
  const made: KnowledgeContent[] = []
  for (const district of districts)
    for (const kind of all) {
      if (made.length === count) return made
      const object = objects.get(kind.object)
      const says = object?.says ?? []
      made.push({
        question: `${kind.name}怎么反映`,
        wordings: [says[made.length % Math.max(1, says.length)] ?? kind.name],
        text: `${district}的${kind.name}，请说明地点和时间，我们登记后转有关单位处理。`,
        papers: [],
        steps: [],
        unit: 'centre',
        kinds: [],
        districts: [district],
        validUntil: '2028-06-30',
      })
    }
  return made
}

async function fill(database: Database, contents: readonly KnowledgeContent[]): Promise<void> {
  const batch = 250
  for (let at = 0; at < contents.length; at += batch)
    await database.transaction(async tx => {
      for (const [index, content] of contents.slice(at, at + batch).entries())
        await publish(tx, `know_${String(at + index).padStart(6, '0')}`, content)
    }, 120_000)
}

const share = (found: readonly boolean[]) => (found.filter(Boolean).length / found.length).toFixed(3)

export async function run(): Promise<readonly Row[]> {
  const shared = { clock: systemClock, log: silentLog }
  const [rules, catalogue, synonyms, seen, heldOut] = await Promise.all([
    shippedRules(),
    readCatalogue(join(root, 'catalogue')),
    readSynonyms(join(root, 'knowledge', 'synonyms.txt')),
    questionsIn('knowledge-questions.tsv'),
    questionsIn('knowledge-held-out.tsv'),
  ])
  const ground = { units: rules.units, districts: [], timeZone: exampleCity.timeZone }
  const shipped = await readKnowledgeFiles(join(root, 'knowledge'), ground, Date.UTC(2026, 0, 5))
  const contents = shipped.entries.map(({ content }) => content)

  const database = await openDatabase(shared)
  await migrate(database, knowledgeMigrations)
  await fill(database, [...contents, ...(await rivals(catalogue, entries - contents.length))])
  const jobs = openJobs({ ...shared, database, queues: knowledgeQueues })
  await jobs.prepare()
  const knowledge = openKnowledge({
    ...shared,
    database,
    jobs,
    orderRules: rules,
    city: exampleCity,
    catalogue,
    synonyms,
  })

  const took: number[] = []
  const among = async (questions: readonly Question[]) => {
    const found: boolean[] = []
    for (const { asked, right } of questions) {
      const beganMs = monotonicMs()
      const { hits } = await knowledge.search({ text: asked, district: here, limit: 3 })
      took.push(monotonicMs() - beganMs)
      found.push(hits.some(({ question }) => question === right))
    }
    return found
  }
  const beganMs = monotonicMs()
  await among(seen.slice(0, 1))
  const filledMs = monotonicMs() - beganMs
  await among(seen.slice(0, 20))
  took.length = 0
  const amongAll = { seen: await among(seen), heldOut: await among(heldOut) }
  const long = '我想问一下我们小区供暖的事情，'.repeat(1_500)
  const longMs: number[] = []
  for (let time = 0; time < 20; time++) {
    const beganMs = monotonicMs()
    await knowledge.search({ text: `${long}${seen[time]?.asked ?? ''}` })
    longMs.push(monotonicMs() - beganMs)
  }
  knowledge.close()
  await jobs.close()
  await database.close()

  const shelf = shelve(shipped.entries, synonyms, likenessIn(catalogue))
  const byPlace = new Map(shipped.entries.map(({ place, content }) => [place, content.question]))
  const alone = (questions: readonly Question[]) =>
    questions.map(({ asked, right }) =>
      shelf.search(asked, { atMs: 0, limit: 3 }).hits.some(({ entry }) => byPlace.get(entry) === right),
    )
  const target = '>= 0.90 among the first three'
  return [
    {
      what: `What is published, put on the shelf of a node`,
      figure: `${(filledMs / 1_000).toFixed(1)} s`,
      target: '–',
      method: `${entries} entries, ten at a time, while everything else goes on`,
    },
    {
      what: `A search among ${entries} entries`,
      figure: `p50 ${percentile(took, 0.5)} ms, p95 ${percentile(took, 0.95)} ms`,
      target: 'p95 < 20 ms',
      method: `${took.length} reworded questions, on PGlite, one after the other`,
    },
    {
      what: 'A search by 10,000 words and more',
      figure: `p95 ${percentile(longMs, 0.95)} ms`,
      target: 'bounded',
      method: `${long.length} characters, the last 300 count`,
    },
    {
      what: 'Held-out reworded questions, shipped entries',
      figure: share(alone(heldOut)),
      target,
      method: `${heldOut.length} questions, ${contents.length} entries`,
    },
    {
      what: `The same among ${entries} entries`,
      figure: share(amongAll.heldOut),
      target,
      method:
        'of the others, which are made of the catalogue, those of one district are rivals; one that answers as well counts as wrong',
    },
    {
      what: 'Reworded questions that were seen, shipped entries',
      figure: share(alone(seen)),
      target: '–',
      method: `${seen.length} questions; among all ${share(amongAll.seen)}`,
    },
  ]
}
