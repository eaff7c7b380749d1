import { z } from 'zod'
import { anyRow, type Database, type Forgetter, type Holding, sql } from '../storage/index.ts'

export const knowledgeHoldings: readonly Holding[] = [
  { name: 'knowledge_entries', nobody: 'answers to questions that many ask' },
  {
    name: 'knowledge_versions',
    nobody: 'their texts, which take no personal number, and who of the staff wrote them',
  },
  { name: 'knowledge_events', nobody: 'what members did to an entry' },
  { name: 'knowledge_index', nobody: 'words of what is published' },
  { name: 'knowledge_shelf', nobody: 'how often what is published became another' },
  { name: 'knowledge_notices', nobody: 'that a unit was told of an end' },
  { name: 'knowledge_uses', nobody: 'how often an entry was used on a day' },
  { name: 'knowledge_searches', nobody: 'how often was looked for something on a day' },
  {
    name: 'knowledge_unanswered',
    title: { 'zh-CN': '没有答案的知识搜索', en: 'Searches of the knowledge base without an answer' },
    what: 'what an agent looked for without an answer, digits left out, 40 characters at most',
    kept: 'transcripts',
  },
]

/**
 * The words kept of an unanswered search: the last 40 characters. Runs of three or more digits and mail addresses
 * become `#`, so that nobody can be found by them.
 */
export const keptWords = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\d零〇一二三四五六七八九幺]{3,}/g, '#')
    .replaceAll(/[a-z0-9._+-]+@[a-z0-9.-]+/gi, '#')
    .trim()
    .slice(-40)

/**
 * Kept words hold no phone number, so a person's number finds none of them; they are deleted when their time is
 * over.
 */
export const forgetsSearches = (database: Database): readonly Forgetter[] => [
  {
    name: 'knowledge_unanswered',
    export: async ({ digits }) =>
      digits === ''
        ? []
        : database.query(
            sql`select words, day::text as day, count from knowledge_unanswered where position(${digits} in words) > 0`,
            anyRow,
          ),
    forget: async ({ digits }) => ({
      count:
        digits === ''
          ? 0
          : await database.execute(
              sql`delete from knowledge_unanswered where position(${digits} in words) > 0`,
            ),
    }),
    sweeps: [
      {
        kind: 'transcripts',
        // Nobody knows whose words they are, so no hold can be about them.
        sweep: async ({ beforeMs, limit }) => {
          const gone = await database.query(
            sql`delete from knowledge_unanswered where (words, day) in
              (select words, day from knowledge_unanswered where at < ${new Date(beforeMs)} limit ${limit})
              returning words`,
            z.object({ words: z.string() }),
          )
          return gone.length
        },
      },
    ],
  },
]
