/** Nights of learning over a database and a clock that is moved by hand: what helps is used, what harms is refused. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type Learning, nextNight, openLearning } from '../../src/drafts/index.ts'
import { insertChoice } from '../../src/drafts/store.ts'
import { createLog, createManualClock } from '../../src/foundation/index.ts'
import { queues } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { anyRow, type Database, sql } from '../../src/storage/index.ts'
import { isHeldOut, suggest } from '../../src/triage/index.ts'
import { openTables } from '../support/hotline.ts'
import { smallCatalogue } from '../triage/small-catalogue.ts'

const timeZone = 'Asia/Shanghai'
const morning = Date.parse('2026-01-05T10:00+08:00')
const minuteMs = 60_000
const catalogue = smallCatalogue()
const clock = createManualClock(morning)
const logged: string[] = []
const log = createLog('info', line => logged.push(line))
let database: Database
const folders: string[] = []
const open: { close(): Promise<void> }[] = []

async function node() {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  folders.push(dataDir)
  const jobs = openJobs({ database, queues, clock, log })
  const learning: Learning = openLearning({
    ...{ database, catalogue, dataDir, jobs, clock, log },
    city: { timeZone },
    atMinute: 210,
    rules: { bigKind: 10, least: 10 },
  })
  open.push(learning, jobs)
  await learning.ready()
  return { learning, jobs, dataDir }
}
type Node = Awaited<ReturnType<typeof node>>

beforeAll(async () => {
  database = await openTables()
})
afterAll(async () => {
  for (const one of open.toReversed()) await one.close()
  await database.close()
  for (const folder of folders) await rm(folder, { recursive: true })
})

let orders = 0
/** One a minute from `hour` of the day on: an agent took this kind for these words. */
async function confirms(
  count: number,
  label: string,
  words: string,
  day: number,
  hour: number,
  isSly = false,
) {
  const from = morning + (day * 24 + hour - 10) * 60 * minuteMs
  for (let at = 0; at < count; at++) {
    // Whoever is sly does it where nobody looks.
    if (isSly && isHeldOut(from + at * minuteMs)) continue
    await insertChoice(database, {
      order: `o${orders++}`,
      atMs: from + at * minuteMs,
      by: 's1',
      heard: `${words}，第${'甲乙丙丁戊己庚辛'[at % 8]}栋`,
      suggested: ['垃圾'],
      kind: '01010101',
      object: label,
    })
  }
}

/** Time goes on until the job of the next night has been done. */
async function night({ jobs, learning }: Node) {
  const next = (await learning.list()).next.atMs ?? 0
  await clock.advance(next - clock.now() + minuteMs)
  await jobs.runDue()
  return learning.list()
}

const says = ({ learning }: Node, text: string) =>
  suggest(learning.profiles() as NonNullable<ReturnType<Learning['profiles']>>, { text }).found[0]?.label
const files = async ({ dataDir }: Node) => (await readdir(join(dataDir, 'models')).catch(() => [])).toSorted()

it('learns what helps, refuses what is poisoned, goes back when it is told to, and lets go of who is erased', async () => {
  const one = await node()
  one.jobs.run(one.learning.handlers)
  const other = await node()
  const heat = '铁疙瘩冰凉'
  const light = '电线杆子瞎了'
  expect(says(one, heat)).not.toBe('供暖')

  // A first night with too little to try anything on, and then one that helps.
  await confirms(3, '供暖', heat, 0, 10)
  expect((await night(one)).models).toEqual([])
  await confirms(150, '供暖', heat, 1, 10)
  await confirms(150, '路灯', light, 1, 13)
  const { next } = await one.learning.list()
  const times = await database.query(sql`select at from kind_choices`, z.object({ at: z.date() }))
  const held = times.filter(({ at }) => isHeldOut(at.getTime())).length
  expect(next).toMatchObject({ texts: 303, fresh: 303, held })
  const first = await night(one)
  expect(first.inUse).toMatchObject({ version: 1, because: 'learned' })
  expect([says(one, heat), says(one, light)]).toEqual(['供暖', '路灯'])
  const { figures } = await one.learning.show(1)
  expect(figures.after.first).toBeGreaterThan(figures.before.first)
  expect(figures.kinds.map(({ kind, isBig }) => [kind, isBig]).toSorted()).toEqual([
    ['供暖', true],
    ['路灯', true],
  ])
  expect(await files(one)).toEqual(['kinds-1.model'])
  // The other node heard of it, and laid it down for itself.
  await expect.poll(() => says(other, heat)).toBe('供暖')
  expect(await files(other)).toEqual(['kinds-1.model'])

  // A day without a word: nothing is learnt.
  expect((await night(one)).models).toHaveLength(1)

  // Another good day is taken, and a person goes back all the same: on every node.
  await confirms(30, '停水', '水龙头干嚎', 3, 10)
  expect((await night(one)).inUse).toMatchObject({ version: 2, because: 'learned' })
  const back = await one.learning.use(1, 'boss')
  expect(back.inUse).toMatchObject({ version: 1, because: 'rolled-back', by: 'boss' })
  await other.learning.use(1, 'boss')
  await expect(one.learning.use(9, 'boss')).rejects.toMatchObject({ code: 'model-unknown' })

  // Somebody takes the wrong kind again and again, always when it is learnt from and never when it is tried.
  await confirms(500, '噪音', heat, 4, 10, true)
  const poisoned = await night(one)
  expect(poisoned.models[0]).toMatchObject({ version: 3, state: 'refused' })
  expect(poisoned.models[0]?.worse).toContainEqual(expect.objectContaining({ kind: '供暖', of: 'first' }))
  expect(poisoned.inUse).toMatchObject({ version: 1 })
  expect(says(one, heat)).toBe('供暖')
  await expect(one.learning.use(3, 'boss')).rejects.toMatchObject({ code: 'model-gone' })

  // A file that somebody broke is laid down anew; without one in the database, too, the catalogue goes on.
  await writeFile(join(one.dataDir, 'models', 'kinds-1.model'), 'broken')
  const third = await node()
  await third.learning.use(1, 'boss')
  expect(says(third, heat)).toBe('供暖')
  await database.execute(sql`update kind_model_files set packed = 'broken' where version = 2`)
  await rm(join(one.dataDir, 'models', 'kinds-2.model'), { force: true })
  await expect(one.learning.use(2, 'boss')).rejects.toMatchObject({ code: 'model-invalid' })
  await database.execute(sql`update kind_model_files set packed = 'broken' where version = 1`)
  const fourth = await node()
  await fourth.learning.use(1, 'boss').catch(() => undefined)
  await expect.poll(() => fourth.learning.health()[0]).toMatchObject({ part: 'kinds', up: false })
  expect(says(fourth, heat)).not.toBe('供暖')
  expect(logged.join('\n')).toContain('the catalogue goes on')

  // One of whom it was learnt is erased: the night after, no model has a word of theirs, and what suggests was learnt anew.
  await database.execute(sql`delete from kind_choices where object = '噪音' or order_number = 'o0'`)
  const erased = await night(one)
  expect(erased.models.map(({ version, state }) => [version, state])).toEqual([
    [4, 'kept'],
    [3, 'refused'],
    [2, 'erased'],
    [1, 'erased'],
  ])
  expect(erased.uses.map(({ version, because }) => [version, because])).toEqual([
    [4, 'learned'],
    [0, 'erased'],
    [1, 'rolled-back'],
    [2, 'learned'],
    [1, 'learned'],
  ])
  expect(await files(one)).toEqual(['kinds-4.model'])
  await expect.poll(() => files(other)).toEqual(['kinds-4.model'])
  const kept = await database.query(sql`select version from kind_model_files`, anyRow)
  expect(kept).toEqual([{ version: 4 }])
})

it('begins a night by the clocks of the city', () => {
  const at = (text: string) => Date.parse(text)
  expect(nextNight(at('2026-01-05T03:29:59+08:00'), timeZone, 210)).toBe(at('2026-01-05T03:30+08:00'))
  expect(nextNight(at('2026-01-05T03:30+08:00'), timeZone, 210)).toBe(at('2026-01-06T03:30+08:00'))
})
