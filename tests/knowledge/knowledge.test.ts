/** Entries over the room itself, on PGlite and on PostgreSQL: who may what, what answers when, and what is found. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, openDatabase, sql } from '../../src/storage/index.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'
import {
  agent,
  boss,
  chief,
  heating,
  type KnowledgeHouse,
  layKnowledge,
  li,
  openKnowledgeHouse,
  pension,
  program,
  wang,
} from './house.ts'

const day = 24 * 3_600_000

describe.each(['PGlite', 'PostgreSQL'] as const)('on %s', engine => {
  describe.skipIf(engine === 'PostgreSQL' && lacksPostgres)('knowledge', () => {
    let server: PostgresServer | undefined
    let house: KnowledgeHouse
    let database: Database
    const found = async (text: string, district?: string) =>
      (await house.knowledge.search({ text, district })).hits.map(({ question }) => question)

    beforeAll(async () => {
      if (engine === 'PostgreSQL') server = await startPostgres()
      database = await layKnowledge(
        server && (await openDatabase({ url: server.url, clock: systemClock, log: silentLog })),
      )
    }, 60_000)
    afterAll(async () => {
      await database.close()
      await server?.remove()
    })
    beforeEach(async () => {
      house = await openKnowledgeHouse(database)
    })
    afterEach(() => house.close())

    it('answers once a second person has read it, and not before', async () => {
      const { id, may } = await house.knowledge.draft(heating, wang)
      expect(may).toEqual(['change', 'submit'])
      expect(await found('暖气不热')).toEqual([])
      await house.knowledge.submit(id, 1, wang)
      expect(await found('暖气不热')).toEqual([])
      const entries = [{ id, version: 1, revision: 1 }]
      for (const nobody of [wang, program, agent])
        expect(await house.knowledge.review({ entries, verdict: 'publish' }, nobody)).toMatchObject({
          done: [],
          refused: [{ id, code: 'knowledge-person-needed' }],
        })
      expect(await house.knowledge.review({ entries, verdict: 'publish' }, boss)).toEqual({
        done: [id],
        refused: [],
      })
      expect(await found('暖气不热')).toEqual([heating.question])
      const shown = await house.knowledge.show(id, agent)
      expect(shown).toMatchObject({ may: ['use'], versions: [{ standing: 'current', reviewer: 'boss' }] })
      expect(shown.events.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
        'drafted wang',
        'submitted wang',
        'published boss',
      ])
    })

    it('is never reviewed by whoever wrote any of it', async () => {
      const { id } = await house.knowledge.draft(heating, wang)
      const changed = await house.knowledge.change(
        id,
        { version: 1, revision: 1 },
        { ...heating, law: '供热管理办法' },
        boss,
      )
      expect(changed.versions[0]).toMatchObject({ revision: 2, authors: ['wang', 'boss'] })
      await house.knowledge.submit(id, 1, wang)
      const entries = [{ id, version: 1, revision: 2 }]
      expect(await house.knowledge.review({ entries, verdict: 'publish' }, boss)).toMatchObject({
        refused: [{ code: 'knowledge-own-review' }],
      })
      expect((await house.knowledge.show(id, boss)).may).not.toContain('review')
      expect((await house.knowledge.inbox(boss)).review).toEqual([])
      expect((await house.knowledge.inbox(chief)).review.map(one => one.id)).toEqual([id])
      expect((await house.knowledge.review({ entries, verdict: 'publish' }, chief)).done).toEqual([id])
    })

    it('is published as it was read: who reviewed an older text is told', async () => {
      const { id } = await house.knowledge.draft(heating, wang)
      await house.knowledge.submit(id, 1, wang)
      await house.knowledge.change(
        id,
        { version: 1, revision: 1 },
        { ...heating, text: '另一段文字。' },
        wang,
      )
      const entries = [{ id, version: 1, revision: 1 }]
      expect((await house.knowledge.review({ entries, verdict: 'publish' }, boss)).refused).toMatchObject([
        { code: 'knowledge-revision' },
      ])
      expect((await house.knowledge.show(id, boss)).versions[0]?.state).toBe('draft')
    })

    it('of two who change it at once the second is told, and nothing is lost', async () => {
      const id = await house.publish(heating)
      const seen = { version: 1, revision: 1 }
      const [one, other] = await Promise.allSettled([
        house.knowledge.change(id, seen, { ...heating, hours: '每天' }, wang),
        house.knowledge.change(id, seen, { ...heating, hours: '工作日' }, boss),
      ])
      const lost = [one, other].find(({ status }) => status === 'rejected')
      expect(lost).toMatchObject({ reason: { code: 'knowledge-revision' } })
      expect((await house.knowledge.show(id, boss)).versions).toHaveLength(2)
    })

    it('ends by itself, is replaced without a gap, and withdrawn at once; then nothing is read out or cited', async () => {
      const id = await house.publish(heating)
      expect(await house.knowledge.use(id, 1, 'sms')).toMatchObject({
        words: `${heating.question}\n${heating.text}`,
        citation: `${id}@1`,
      })
      await house.knowledge.change(
        id,
        { version: 1, revision: 1 },
        { ...heating, text: '新的说法。', validFrom: '2026-01-10', validUntil: '2026-02-10' },
        wang,
      )
      await house.knowledge.submit(id, 2, wang)
      const next = { entries: [{ id, version: 2, revision: 1 }], verdict: 'publish' as const }
      expect((await house.knowledge.review(next, boss)).refused).toEqual([])
      const standings = async () =>
        (await house.knowledge.show(id, boss)).versions.map(({ standing }) => standing)
      expect(await standings()).toEqual(['coming', 'current'])
      await expect(house.knowledge.use(id, 2, 'cite')).rejects.toMatchObject({
        code: 'knowledge-not-current',
        found: 'coming',
      })
      await house.knowledge.use(id, 1, 'cite')
      await house.clock.advance(5 * day)
      expect(await standings()).toEqual(['current', 'replaced'])
      expect((await house.knowledge.search({ text: '暖气不热' })).hits).toMatchObject([
        { id, version: 2, text: '新的说法。' },
      ])
      await expect(house.knowledge.use(id, 1, 'cite')).rejects.toMatchObject({ found: 'replaced' })
      await house.knowledge.withdraw(id, 2, wang, '办法变了')
      expect(await standings()).toEqual(['withdrawn', 'replaced'])
      expect(await found('暖气不热')).toEqual([])
      await expect(house.knowledge.use(id, 2, 'read-out')).rejects.toMatchObject({ found: 'withdrawn' })
      expect((await house.knowledge.show(id, wang)).uses).toEqual({ 'read-out': 0, sms: 1, cite: 1 })
    })

    it('answers to the last moment of its last day', async () => {
      const id = await house.publish({ ...heating, validUntil: '2026-01-06' })
      // 10:00 on 5 January in the city: 38 hours to the end of the next day.
      await house.clock.advance(38 * 3_600_000 - 1)
      expect(await found('暖气不热')).toEqual([heating.question])
      await house.clock.advance(1)
      expect(await found('暖气不热')).toEqual([])
      await expect(house.knowledge.use(id, 1, 'cite')).rejects.toMatchObject({ found: 'expired' })
    })

    it('tells its owner 30 and 7 days before, once each, until a new version is begun', async () => {
      const id = await house.publish({ ...heating, validUntil: '2026-03-05' })
      const told = async () => (await house.knowledge.inbox(wang)).ending.map(({ days }) => days)
      const hourly = async (hours: number) => {
        for (let at = 0; at < hours; at++) {
          await house.clock.advance(3_600_000)
          await house.jobs.runDue()
        }
      }
      await hourly(2)
      expect(await told()).toEqual([])
      await house.clock.advance(32 * day)
      await hourly(2)
      expect(await told()).toEqual([30])
      await house.clock.advance(21 * day)
      await hourly(2)
      expect(await told()).toEqual([7])
      expect((await house.knowledge.inbox(li)).ending).toEqual([])
      const notices = house.knowledge.figures.find(({ name }) => name.includes('notices'))
      expect(notices?.read()).toBe(2)
      await house.knowledge.change(
        id,
        { version: 1, revision: 1 },
        { ...heating, validUntil: '2027-03-05' },
        wang,
      )
      expect(await told()).toEqual([])
      // What is over leaves the index.
      await house.clock.advance(10 * day)
      await hourly(2)
      const left = await house.database.query(
        sql`select count(*)::int as rows from knowledge_index`,
        z.object({ rows: z.number() }),
      )
      expect(left).toEqual([{ rows: 0 }])
    })

    it('belongs to its unit: another changes and withdraws nothing, and hands nothing over', async () => {
      const id = await house.publish(heating)
      const seen = { version: 1, revision: 1 }
      const refusal = { code: 'knowledge-of-another' }
      await expect(house.knowledge.change(id, seen, heating, li)).rejects.toMatchObject(refusal)
      await expect(house.knowledge.withdraw(id, 1, li)).rejects.toMatchObject(refusal)
      await expect(house.knowledge.draft(heating, li)).rejects.toMatchObject(refusal)
      await expect(
        house.knowledge.change(id, seen, { ...heating, unit: 'labour' }, wang),
      ).rejects.toMatchObject(refusal)
      await expect(house.knowledge.draft(heating, agent)).rejects.toMatchObject(refusal)
      expect((await house.knowledge.show(id, li)).may).toEqual([])
    })

    it('asks each question once, however it is written', async () => {
      const id = await house.publish(heating)
      await expect(
        house.knowledge.draft({ ...heating, question: '家里 暖气不热，怎么办？' }, wang),
      ).rejects.toMatchObject({ code: 'knowledge-duplicate', expected: expect.stringContaining(id) })
      const there = { ...heating, districts: ['海淀区'] }
      await house.knowledge.draft(there, wang)
    })

    it.each([
      [{ unit: 'nosuch' }, 'body.unit'],
      [{ validUntil: '2026-02-30' }, 'body.validUntil'],
      [{ validUntil: '2026-01-04' }, 'body.validUntil'],
      [{ validUntil: '2031-01-04' }, 'body.validUntil'],
      [{ validFrom: '2027-01-01' }, 'body.validUntil'],
      [{ districts: ['火星区'] }, 'body.districts'],
      [{ text: '请找张先生，电话13800138000。' }, 'body.text'],
    ])('is refused with %j, at %s', async (wrong, place) => {
      await expect(house.knowledge.draft({ ...heating, ...wrong }, boss)).rejects.toMatchObject({
        code: 'knowledge-unclear',
        place,
      })
      expect((await house.knowledge.list({ list: 'all', limit: 50 })).entries).toEqual([])
    })

    it('is found by other words, by synonyms, by how it sounds, and where it holds', async () => {
      await house.publish(heating)
      await house.publish(pension)
      expect((await found('屋里太冷了'))[0]).toBe(heating.question)
      expect((await found('我家供热不达标'))[0]).toBe(heating.question)
      expect((await found('家里暖汽不热'))[0]).toBe(heating.question)
      expect((await found('社会保险缴费在哪查'))[0]).toBe(pension.question)
      expect(await found('')).toEqual([])
      expect(await found('，。！')).toEqual([])
      expect(await found('天文望远镜')).toEqual([])
      await house.publish({ ...pension, question: '海淀区社保大厅在哪', wordings: [], districts: ['海淀区'] })
      expect(await found('社保大厅在哪', '海淀区')).toContain('海淀区社保大厅在哪')
      expect(await found('社保大厅在哪', '东城区')).not.toContain('海淀区社保大厅在哪')
    })

    it('answers ten thousand words by their end, and words that mean something to a search as words', async () => {
      await house.publish(heating)
      const long = `${'今天天气很好，我们去公园散步。'.repeat(1_500)}家里暖气不热`
      const answer = await house.knowledge.search({ text: long })
      expect(answer).toMatchObject({ cut: true, looked: 300 })
      expect(answer.hits[0]?.question).toBe(heating.question)
      for (const text of ["' | 暖气 & !", 'a:*b\\', '%_', '\0暖气不热'])
        expect((await house.knowledge.search({ text })).cut).toBe(false)
    })

    it('says that it knows no answer where nothing answers, and is sure of what was asked word for word', async () => {
      await house.publish(heating)
      await house.publish(pension)
      for (const text of ['红烧肉怎么做好吃', '今天天气真好啊', '嗯嗯好的谢谢', '您稍等一下', 'asdf'])
        expect(await house.knowledge.search({ text })).toMatchObject({ hits: [], unsure: true })
      expect((await house.knowledge.search({ text: `${heating.question}？` })).unsure).toBe(false)
    })

    it('answers on every node by what another has published, and no more by what it has withdrawn', async () => {
      const other = await openKnowledgeHouse(database, false)
      expect((await other.knowledge.search({ text: '暖气不热' })).hits).toEqual([])
      const id = await house.publish(heating)
      expect((await other.knowledge.search({ text: '暖气不热' })).hits).toMatchObject([{ id }])
      await house.knowledge.withdraw(id, 1, boss)
      expect((await other.knowledge.search({ text: '暖气不热' })).hits).toEqual([])
      await other.close()
    })

    it('counts searches without an answer, and keeps their words without numbers', async () => {
      await house.publish(heating)
      await house.knowledge.search({ text: '暖气不热', final: true })
      await house.knowledge.search({ text: '宇宙飞船', final: false })
      await house.knowledge.search({ text: '宇宙飞船 13800138000', final: true })
      const figures = await house.knowledge.counted(30, boss)
      expect(figures).toMatchObject({
        searches: 2,
        unanswered: 1,
        words: [{ words: '宇宙飞船 #', count: 1 }],
        units: [{ unit: 'heating', current: 1, unused: 1, ending: 0, expired: 0 }],
      })
      const [forgetter] = house.knowledge.forgetters
      const sweep = forgetter?.sweeps?.[0]
      await house.clock.advance(day)
      const past = { beforeMs: house.clock.now(), limit: 100, held: { forms: [], calls: [], orders: [] } }
      expect(await sweep?.sweep(past)).toBe(1)
      expect((await house.knowledge.counted(30, boss)).words).toEqual([])
    })

    it('shows a unit its own figures alone', async () => {
      const id = await house.publish(heating)
      await house.publish(pension)
      await house.knowledge.use(id, 1, 'cite')
      expect((await house.knowledge.counted(30, li)).units.map(({ unit }) => unit)).toEqual(['labour'])
      expect(await house.knowledge.counted(30, boss)).toMatchObject({ answeredAtOnce: 1 })
    })

    it('goes out and comes in again as CSV, XLSX and Markdown, and nothing is another', async () => {
      await house.publish({ ...heating, text: '=1+1 不是公式。\n第二段，带“引号”和,逗号。' })
      await house.publish(pension)
      for (const format of ['csv', 'xlsx', 'md'] as const) {
        const bytes = await house.knowledge.export(format, boss)
        expect(await house.knowledge.import({ name: `all.${format}`, bytes }, false, boss)).toEqual({
          drafted: 0,
          changed: 0,
          same: 2,
          submitted: false,
          faults: [],
        })
      }
      const own = new TextDecoder().decode(await house.knowledge.export('md', li))
      expect(own).toContain(pension.question)
      expect(own).not.toContain(heating.question)
    })

    it('takes the rows that are right, and names row and column of the others', async () => {
      const csv = [
        '问题,播报文本,单位,截止日期,其他问法',
        '怎么交供暖费,请到供热单位缴纳。,heating,2026/12/31,取暖费在哪交；暖气费怎么交',
        '没有文本,,heating,2026-12-31,',
        '别人的,这是一段话。,labour,2026-12-31,',
        '怎么交供暖费？,重复的问题。,heating,2026-12-31,',
        '日期不对,这是一段话。,heating,很久以后,',
        '',
      ].join('\n')
      const bytes = new TextEncoder().encode(csv)
      expect(await house.knowledge.import({ name: 'a.csv', bytes }, true, wang)).toMatchObject({
        drafted: 1,
        faults: [
          { row: 3, column: '播报文本', found: 'nothing' },
          { row: 4, column: '单位' },
          { row: 5, column: '问题', found: 'the question of row 2' },
          { row: 6, column: '截止日期', found: '"很久以后"' },
        ],
      })
      expect((await house.knowledge.inbox(boss)).review.map(({ question }) => question)).toEqual([
        '怎么交供暖费',
      ])
    })
  })
})
