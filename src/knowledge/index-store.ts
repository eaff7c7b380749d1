import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'

/** SQL of the index: what is published, by the words in which it is found. */

export type IndexedVersion = {
  readonly entry: string
  readonly version: number
  readonly fromMs: number
  readonly untilMs: number
  readonly districts: readonly string[]
  readonly phrases: readonly string[]
  readonly text: string
  readonly terms: readonly string[]
}

/** Counts all entries. */
const allTerm = ''
const textsOf = (texts: readonly string[]) =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`

/** In one transaction with what makes it answer. */
export async function insertIndexed(queries: Queries, one: IndexedVersion): Promise<void> {
  await queries.execute(sql`
    insert into knowledge_index (entry, version, from_at, until_at, districts, phrases, words)
    values (${one.entry}, ${one.version}, ${new Date(one.fromMs)}, ${new Date(one.untilMs)},
      ${JSON.stringify(one.districts)}::jsonb, ${[...one.phrases, one.text.replaceAll('\n', ' ')].join('\n')},
      array_to_tsvector(array${textsOf(one.terms)}))`)
  // By the alphabet, so that two who publish at once wait for one another and never in a ring.
  await queries.execute(sql`
    insert into knowledge_terms (term, count)
    select t.term, 1 from jsonb_array_elements_text(${JSON.stringify([allTerm, ...one.terms].toSorted())}::jsonb) as t(term)
    on conflict (term) do update set count = knowledge_terms.count + 1`)
}

/** What is over by then leaves the index, at most so many. @returns how many left */
export async function deleteOver(queries: Queries, at: Date, limit: number): Promise<number> {
  return leave(
    queries,
    sql`(entry, version) in (select entry, version from knowledge_index where until_at <= ${at} limit ${limit})`,
  )
}

/** An entry answers no more. */
export const deleteIndexed = (queries: Queries, entry: string): Promise<number> =>
  leave(queries, sql`entry = ${entry}`)

async function leave(queries: Queries, which: SQL): Promise<number> {
  const gone = await queries.query(
    sql`delete from knowledge_index where ${which} returning to_jsonb(tsvector_to_array(words)) as terms`,
    z.object({ terms: z.array(z.string()) }),
  )
  for (const { terms } of gone)
    await queries.execute(sql`
      update knowledge_terms k set count = k.count - 1
      from (select term from knowledge_terms where term in ${textsOf([allTerm, ...terms])} order by term for update) t
      where k.term = t.term`)
  return gone.length
}

/** What is published gives way to a later version at this moment; one that was to come later comes no more. */
export async function endIndexed(queries: Queries, entry: string, at: Date): Promise<void> {
  await leave(queries, sql`entry = ${entry} and from_at >= ${at}`)
  await queries.execute(
    sql`update knowledge_index set until_at = ${at} where entry = ${entry} and until_at > ${at}`,
  )
  await queries.execute(sql`
    update knowledge_versions set until_at = ${at}
    where entry = ${entry} and state = 'published' and until_at > ${at}`)
}

export async function selectFrequencies(
  queries: Queries,
  terms: readonly string[],
): Promise<{ readonly entries: number; of(term: string): number }> {
  const rows = await queries.query(
    sql`select term, count from knowledge_terms where term in ${textsOf([allTerm, ...terms])}`,
    z.object({ term: z.string(), count: z.number() }),
  )
  const counts = new Map(rows.map(({ term, count }) => [term, count]))
  return { entries: counts.get(allTerm) ?? 0, of: term => counts.get(term) ?? 0 }
}

const candidateRow = z
  .object({
    entry: z.string(),
    version: z.number(),
    phrases: z.string(),
  })
  .transform(({ entry, version, phrases }) => {
    const lines = phrases.split('\n')
    return { entry, version, asked: lines.slice(0, -1), text: lines.at(-1) ?? '' }
  })
export type Candidate = z.output<typeof candidateRow>

/** A lexeme of a tsquery (PostgreSQL, 8.11.2). */
const lexeme = (term: string) => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
export const anyTerm = (terms: readonly string[]) => terms.map(lexeme).join(' | ')
export const allTerms = (terms: readonly string[]) => `(${terms.map(lexeme).join(' & ')})`

/**
 * Those that answer now and fit one of the questions, so many of each; a tsquery each. In a transaction of its own: a planner
 * that takes any match for as likely as another would read all entries, and unpack each, where the index names a few.
 */
export async function selectCandidates(
  queries: Queries,
  questions: readonly string[],
  { at, district, limit }: { readonly at: Date; readonly district?: string; readonly limit: number },
): Promise<readonly Candidate[]> {
  await queries.execute(sql`set local enable_seqscan = off`)
  const parts = questions.map(
    question => sql`(with found as materialized
        (select entry, version, phrases, from_at, until_at, districts from knowledge_index where words @@ ${question}::tsquery)
      select entry, version, phrases from found where from_at <= ${at} and until_at > ${at}
        and (${district ?? null}::text is null or districts = '[]'::jsonb or districts @> to_jsonb(${district ?? ''}::text))
      limit ${limit})`,
  )
  return queries.query(sql`${sql.join(parts, sql` union `)}`, candidateRow)
}
