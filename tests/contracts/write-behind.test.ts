/**
 * What is written down behind callers' backs, and what every such queue promises: one thing that no table takes stops
 * nothing, and a database that takes nothing loses nothing.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { captionMigrations, createKeeper } from '../../src/captions/index.ts'
import { deskMigrations } from '../../src/desk/index.ts'
import { createSaver } from '../../src/desk/saver.ts'
import {
  type Clock,
  createLog,
  createManualClock,
  type Log,
  type ManualClock,
  silentLog,
  systemClock,
} from '../../src/foundation/index.ts'
import { databaseFault } from '../../src/storage/faults.ts'
import {
  type Database,
  migrate,
  openDatabase,
  type SQL,
  sql,
  type WriteBehindFigures,
} from '../../src/storage/index.ts'
import { keepNotes } from '../../src/surveys/notes.ts'
import { type CallId, callMigrations, createJournal } from '../../src/telephony/index.ts'

type House = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly spillFolder: string
}

/** One user of the queue: puts things with an id, one of which the database will not take, and tells which arrived. */
type User = {
  readonly name: string
  readonly spills: boolean
  open(house: House): {
    put(id: string): void
    putBad(id: string): void
    flush(): Promise<unknown>
    figures(): WriteBehindFigures
    close(): Promise<void>
  }
  readonly written: SQL
}

/** Words of a citizen that have half a character in them, and that no log may repeat. */
const badWords = '王小明住在东四\ud83d'

const users: readonly User[] = [
  {
    name: 'journal',
    spills: true,
    open(house) {
      const journal = createJournal(house)
      const put = (id: string, text: string) =>
        journal.write(id as CallId, { kind: 'prompt', text, durationMs: 1 })
      return {
        put: id => put(id, 'words'),
        // Words are made fit on the way; an index takes 2,704 bytes.
        putBad: id => put(`${id}${randomBytes(4_000).toString('hex')}`, badWords),
        flush: journal.flush,
        figures: journal.figures,
        close: journal.close,
      }
    },
    written: sql`select call_id as id from call_facts order by call_id`,
  },
  {
    name: 'transcripts',
    spills: true,
    open(house) {
      const keeper = createKeeper({ ...house, days: 30 })
      const figures = { lines: 1, shown: 1, rewritten: 0, gaps: 0, gapMs: 0 }
      const put = (id: string, text: string) =>
        keeper.keep({
          call: id as CallId,
          startedAtMs: house.clock.now(),
          lines: [{ id: 1, who: 'citizen', kind: 'typed', text, settled: true, startMs: 0, endMs: 0 }],
          figures,
        })
      return {
        put: id => put(id, 'words'),
        putBad: id => put(id, badWords),
        flush: keeper.flush,
        figures: keeper.figures,
        close: keeper.close,
      }
    },
    written: sql`select call_id as id from transcripts order by call_id`,
  },
  {
    name: 'seats',
    spills: false,
    open({ database, clock, log }) {
      const saver = createSaver({ database, clock, log, onLoad: () => undefined })
      const put = (name: string, display: string) =>
        saver.save(name, {
          name,
          display,
          number: 1,
          contact: undefined,
          address: undefined,
          digest: undefined,
          skills: [],
          standing: { kind: 'calls' },
          declined: 0,
          unanswered: 0,
        })
      return {
        put: id => put(id, '一号坐席'),
        putBad: id => put(id, '王小明\0'),
        flush: saver.load,
        figures: saver.figures,
        close: saver.close,
      }
    },
    written: sql`select name as id from seats order by name`,
  },
  {
    name: 'survey-notes',
    spills: true,
    open(house) {
      const insert = async (survey: string, answer: unknown) =>
        void (await house.database.execute(
          sql`insert into notes values (${survey}, ${JSON.stringify(answer)}::jsonb) on conflict do nothing`,
        ))
      const end = async () => undefined
      const notes = keepNotes({ ...house, actions: { answer: insert, optOut: end, end } })
      return {
        put: id => notes.put({ kind: 'answer', survey: id, answer: { name: 'rating', value: 5 } }),
        putBad: id => notes.put({ kind: 'answer', survey: id, answer: { name: 'reason', value: badWords } }),
        flush: notes.flush,
        figures: notes.figures,
        close: notes.close,
      }
    },
    written: sql`select survey as id from notes order by survey`,
  },
]

/** States in which a database takes nothing from anybody (PostgreSQL manual, appendix A). */
const states = {
  'is away': '08006',
  'has a full disk': '53100',
  'only reads after a failover': '25006',
  'has no connection left': '53300',
  'has no memory left': '53200',
  'shuts down': '57P01',
  'takes no password of ours': '28P01',
  'has lost our database': '3D000',
  'cannot read its disk': '58030',
  'was left by its disk within a statement': '24000',
  'has not made its tables yet': '42P01',
  'chose us as a deadlock victim': '40P01',
}

describe.each(users)('$name', ({ name, spills, open, written }) => {
  let database: Database
  let spillFolder: string
  let clock: ManualClock
  let lines: string[]

  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, [...callMigrations, ...captionMigrations, ...deskMigrations])
    await database.execute(sql`create table notes (survey text primary key, answer jsonb)`)
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    spillFolder = await mkdtemp(join(tmpdir(), 'jieting-spill-'))
    clock = createManualClock()
    lines = []
    await database.execute(sql.raw('truncate call_facts, transcripts, seats, notes'))
  })
  afterEach(() => rm(spillFolder, { recursive: true }))

  const house = (on: Database = database): House => ({
    database: on,
    clock,
    log: createLog('debug', line => lines.push(line)),
    spillFolder,
  })
  const arrived = async () =>
    (await database.query(written, z.object({ id: z.string() }))).map(({ id }) => id)

  /** A database that refuses everything in this state, while it is in one. */
  function moody(state: { code: string | undefined }): Database {
    const refusing =
      <Asked extends unknown[], Found>(ask: (...asked: Asked) => Promise<Found>) =>
      (...asked: Asked): Promise<Found> =>
        state.code === undefined ? ask(...asked) : Promise.reject(databaseFault({ code: state.code }))
    const { query, execute, transaction } = database
    return {
      ...database,
      query: refusing(query) as Database['query'],
      execute: refusing(execute),
      transaction: refusing(transaction) as Database['transaction'],
    }
  }

  it('sets aside the one that no table takes, says which and why without a word of it, and goes on', async () => {
    const queue = open(house())
    await queue.flush()
    queue.put('id_1')
    queue.putBad('id_2')
    queue.put('id_3')
    queue.put('id_4')
    await queue.close()
    expect(await arrived()).toEqual(['id_1', 'id_3', 'id_4'])
    expect(queue.figures()).toMatchObject({ name, waiting: 0, refused: 1, lost: 0 })
    const said = lines.join('')
    expect(said).toContain('id_2')
    expect(said).toMatch(/SQLSTATE (22|54)/)
    expect(said).not.toMatch(/王小明|东四/)
    if (spills) expect(await readFile(join(spillFolder, `${name}.refused.jsonl`), 'utf8')).toContain('id_2')
  })

  it.each(Object.entries(states))('loses nothing to a database that %s', async (_what, code) => {
    const state: { code: string | undefined } = { code }
    const queue = open(house(moody(state)))
    await queue.flush()
    queue.put('id_1')
    queue.put('id_2')
    await queue.flush()
    expect(queue.figures()).toMatchObject({ refused: 0, lost: 0 })
    expect(queue.figures().waiting).toBeGreaterThanOrEqual(2)
    expect(queue.figures().trouble).toBeTruthy()
    expect(await arrived()).toEqual([])
    // Tried once more it lies there still.
    await queue.flush()
    if (spills) expect(queue.figures().spilled).toBe(queue.figures().waiting)
    state.code = undefined
    queue.put('id_3')
    await clock.advance(10_000)
    await queue.flush()
    expect(await arrived()).toEqual(['id_1', 'id_2', 'id_3'])
    expect(queue.figures()).toMatchObject({ waiting: 0, trouble: undefined })
    await queue.close()
    expect(clock.pending()).toBe(0)
  })

  it.skipIf(!spills)(
    'keeps on disk what waits when we stop, and goes on with it at the next start',
    async () => {
      const away = open(house(moody({ code: '08006' })))
      away.put('id_1')
      away.put('id_2')
      await away.close()
      expect(away.figures()).toMatchObject({ lost: 0 })

      const again = open(house(moody({ code: '53100' })))
      again.put('id_3')
      await again.close()

      const next = open(house())
      expect(next.figures().waiting).toBe(3)
      next.put('id_4')
      await next.flush()
      expect(await arrived()).toEqual(['id_1', 'id_2', 'id_3', 'id_4'])
      expect(await readdir(spillFolder)).toEqual([])
      await next.close()
    },
  )

  it.skipIf(!spills)(
    'reads past what a crash cut off, and writes nothing twice after a crash while it read',
    async () => {
      const away = open(house(moody({ code: '08006' })))
      for (const id of ['id_1', 'id_2', 'id_3']) away.put(id)
      await away.close()
      const file = join(spillFolder, `${name}.jsonl`)
      const [left = ''] = await readdir(spillFolder)
      const text = await readFile(join(spillFolder, left), 'utf8')
      await rm(join(spillFolder, left))
      // It had read and written the first when it died, and was appending when the disk filled.
      await writeFile(file, `${text}{"call":"id_4`)
      const first = open(house())
      await first.flush()
      await first.close()
      await writeFile(join(spillFolder, `${name}.reading.jsonl`), text)
      const second = open(house())
      await second.flush()
      await second.close()
      expect(await arrived()).toEqual(['id_1', 'id_2', 'id_3'])
      expect(await readdir(spillFolder)).toEqual([])
    },
  )

  it('says how many it lost where there is no room, on a disk that takes nothing either', async () => {
    // A folder that cannot be made, whoever we run as.
    await writeFile(join(spillFolder, 'file'), '')
    const nowhere = { ...house(moody({ code: '53100' })), spillFolder: join(spillFolder, 'file', 'spill') }
    const queue = open(nowhere)
    await queue.flush()
    queue.put('id_1')
    queue.put('id_2')
    await queue.close()
    expect(queue.figures().lost).toBeGreaterThanOrEqual(2)
    expect(lines.join('')).toMatch(/loses/)
  })
})
