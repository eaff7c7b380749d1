import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, type ManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Jobs, openJobs } from '../../src/jobs/index.ts'
import {
  type Knowledge,
  type KnowledgeActor,
  type KnowledgeContent,
  knowledgeMigrations,
  knowledgeQueues,
  openKnowledge,
  synonymsIn,
} from '../../src/knowledge/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

export const units = new Map(['labour', 'heating', 'centre'].map(id => [id, {}]))
export const city = {
  timeZone: exampleCity.timeZone,
  districts: ['海淀区', '东城区'].map(name => ({ name, streets: [] })),
}
export const ground = {
  units,
  districts: city.districts.map(({ name }) => name),
  timeZone: city.timeZone,
}

export const wang: KnowledgeActor = { name: 'wang', role: 'unit', unit: 'heating' }
export const li: KnowledgeActor = { name: 'li', role: 'unit', unit: 'labour' }
export const boss: KnowledgeActor = { name: 'boss', role: 'supervisor' }
export const chief: KnowledgeActor = { name: 'chief', role: 'supervisor' }
export const agent: KnowledgeActor = { name: 's1', role: 'seat' }
export const program: KnowledgeActor = { name: 'program:import', role: 'program' }

export const heating: KnowledgeContent = {
  question: '家里暖气不热怎么办',
  wordings: ['供暖温度不达标找谁', '屋里冷，暖气片冰凉'],
  text: '请先联系供热单位上门测温。\n仍不达标的，我们为您登记工单。',
  papers: ['供暖缴费凭证'],
  steps: [],
  unit: 'heating',
  kinds: ['供暖'],
  districts: [],
  validUntil: '2026-12-31',
}
export const pension: KnowledgeContent = {
  question: '怎么查询社保缴费记录',
  wordings: ['社保交了多少年在哪里看'],
  text: '您可以登录人社部门网站查询。',
  papers: [],
  steps: [],
  unit: 'labour',
  kinds: [],
  districts: [],
  validUntil: '2027-01-31',
}

export type KnowledgeHouse = {
  readonly database: Database
  readonly clock: ManualClock
  readonly knowledge: Knowledge
  readonly jobs: Jobs
  /** Drafted by its unit, submitted, and published by the boss. */
  publish(content: KnowledgeContent, by?: KnowledgeActor): Promise<string>
  close(): Promise<void>
}

/** Tables and queues; pg-boss takes seconds to lay its own. */
export async function layKnowledge(given?: Database): Promise<Database> {
  const database = given ?? (await openDatabase({ clock: systemClock, log: silentLog }))
  await migrate(database, knowledgeMigrations)
  await openJobs({ database, clock: systemClock, log: silentLog, queues: knowledgeQueues }).prepare()
  return database
}

/** The room over a database that was laid, without entries; or another node, with those that are there. */
export async function openKnowledgeHouse(
  database: Database,
  isFirst = true,
  more: Pick<Parameters<typeof openKnowledge>[0], 'examples' | 'orderRules'> = { orderRules: { units } },
): Promise<KnowledgeHouse> {
  if (isFirst) await clear(database)
  const clock = createManualClock()
  const shared = { database, clock, log: silentLog }
  const jobs = openJobs({ ...shared, queues: knowledgeQueues })
  const knowledge = openKnowledge({
    ...shared,
    jobs,
    ...more,
    city,
    catalogue: await shippedCatalogue(),
    synonyms: synonymsIn('社保 社会保险\n暖气 供暖 供热', 'synonyms.txt'),
  })
  jobs.run(knowledge.handlers)
  return {
    database,
    clock,
    knowledge,
    jobs,
    async publish(content, by = { name: 'author', role: 'unit', unit: content.unit }) {
      const { id } = await knowledge.draft(content, by)
      const { versions } = await knowledge.submit(id, 1, by)
      const [{ revision } = { revision: 0 }] = versions
      const { refused } = await knowledge.review(
        { entries: [{ id, version: 1, revision }], verdict: 'publish' },
        boss,
      )
      if (refused.length > 0) throw new Error(JSON.stringify(refused))
      return id
    },
    async close() {
      knowledge.close()
      await jobs.close()
    },
  }
}

async function clear(database: Database): Promise<void> {
  await database.execute(sql`delete from knowledge_entries`)
  for (const table of ['searches', 'unanswered'])
    await database.execute(sql`delete from ${sql.raw(`knowledge_${table}`)}`)
  await database.execute(sql`delete from pgboss.job`)
}
