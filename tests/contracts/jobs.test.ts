/** What durable jobs promise, on PGlite and on PostgreSQL. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock, Fault, silentLog, systemClock } from '../../src/foundation/index.ts'
import { defineQueue, type Handler, handle, type Job, type Jobs, openJobs } from '../../src/jobs/index.ts'
import { type Database, openDatabase, sql } from '../../src/storage/index.ts'
import { openEmpty } from '../support/empty-database.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'

const shared = { clock: systemClock, log: silentLog }
let server: PostgresServer | undefined

const engines = [
  { name: 'PGlite', skip: false, nodes: 1, open: openEmpty },
  {
    name: 'PostgreSQL',
    skip: lacksPostgres,
    nodes: 2,
    async open() {
      server ??= await startPostgres()
      return openDatabase({ url: server.url, ...shared })
    },
  },
]

const data = z.object({ note: z.string() })
type Note = z.infer<typeof data>
const plain = defineQueue({ name: 'plain', data, retryDelayS: 10 })
const keyed = defineQueue({ name: 'keyed', data, keyed: true })
const leased = defineQueue({ name: 'leased', data, leaseS: 20 })
const single = defineQueue({ name: 'single', data, atOnce: 1 })
const queues = [plain, keyed, leased, single]
const minuteMs = 60_000
const turn = () => new Promise<void>(resolve => setImmediate(resolve))

describe.each(engines)('jobs on $name', ({ skip, nodes, open }) => {
  const databases: Database[] = []
  const opened: Jobs[] = []

  beforeAll(async () => {
    if (skip) return
    for (let node = 0; node < nodes; node++) databases.push(await open())
    // Two nodes that start at once.
    const all = databases.map(database => openJobs({ database, queues, ...shared }))
    await Promise.all(all.map(jobs => jobs.prepare()))
    await all[0]?.prepare()
    await databases[0]?.execute(sql`create table works (note text not null)`)
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(jobs => jobs.close()))
    await databases[0]?.execute(sql`truncate works`)
    await databases[0]?.execute(sql`delete from pgboss.job`)
  })

  afterAll(async () => {
    await Promise.all(databases.map(database => database.close()))
    if (databases.length > 1) await server?.remove()
  })

  function node(handlers: readonly Handler[], clock = createManualClock(), database = databases[0]!) {
    const jobs = openJobs({ database, queues, clock, log: silentLog })
    opened.push(jobs)
    jobs.run(handlers)
    const enqueue = (note: string, atMs = clock.now()) =>
      database.transaction(tx => jobs.enqueue(tx, plain, { note }, { atMs }))
    return { jobs, clock, database, enqueue }
  }

  /** Writes down what it was given. */
  function noting(queue = plain) {
    const notes: string[] = []
    return {
      notes,
      handler: handle<Note>(queue, async job => void notes.push(`${job.data.note} ${job.tries}`)),
    }
  }

  /** A node whose clock stands still, with a job in hand that ends when it is let go. */
  async function hang(note: string, end: () => Promise<void>) {
    let go = (): void => undefined
    const hung = new Promise<void>(resolve => {
      go = resolve
    })
    let claimed = (_job: Job<Note>): void => undefined
    const job = new Promise<Job<Note>>(resolve => {
      claimed = resolve
    })
    const { jobs, database } = node([
      handle(leased, async each => {
        claimed(each)
        await hung
        await end()
      }),
    ])
    await database.transaction(tx => jobs.enqueue(tx, leased, { note }))
    const letGo = async () => {
      go()
      while (jobs.figures().running > 0) await turn()
    }
    return { job: await job, figures: jobs.figures, letGo }
  }

  it.skipIf(skip)(
    'works on a job as soon as its transaction is committed, though no time passes',
    async () => {
      const done = new Promise<string>(resolve => {
        const { enqueue } = node([handle(plain, async job => resolve(job.data.note))])
        enqueue('at once')
      })
      expect(await done).toBe('at once')
    },
  )

  it.skipIf(skip)('keeps nothing of a transaction that fails', async () => {
    const { notes, handler } = noting()
    const { jobs, database } = node([handler])
    const failed = database.transaction(async tx => {
      await jobs.enqueue(tx, plain, { note: 'lost' })
      throw new RangeError('no')
    })
    await expect(failed).rejects.toThrow(RangeError)
    await jobs.runDue()
    expect(notes).toEqual([])
  })

  it.skipIf(skip)(
    'waits for its date by the clock of the house, and takes it at that very moment',
    async () => {
      const { notes, handler } = noting()
      const { jobs, clock, enqueue } = node([handler])
      await enqueue('in a week', clock.now() + 7 * 24 * 60 * minuteMs)
      await clock.advance(7 * 24 * 60 * minuteMs - 1)
      await jobs.runDue()
      expect(notes).toEqual([])
      await clock.advance(1)
      await jobs.runDue()
      expect(notes).toEqual(['in a week 1'])
    },
  )

  it.skipIf(skip)(
    'says so while the database lets nobody claim, and goes on when it does again',
    async () => {
      const { notes, handler } = noting()
      const { jobs, database, enqueue } = node([handler])
      await jobs.runDue()
      expect(jobs.trouble()).toBeUndefined()
      await enqueue('late')
      await database.execute(sql`alter table pgboss.job rename column start_after to start_later`)
      await jobs.runDue()
      expect(jobs.trouble()).toBeDefined()
      expect(jobs.figures().unclaimed).toBeGreaterThan(0)
      await database.execute(sql`alter table pgboss.job rename column start_later to start_after`)
      await jobs.runDue()
      expect([jobs.trouble(), notes]).toEqual([undefined, ['late 1']])
    },
  )

  it.skipIf(skip)('takes first what fell due first, whenever it was thought of', async () => {
    const { notes, handler } = noting(single)
    const { jobs, clock, database } = node([handler])
    const now = clock.now()
    await database.transaction(async tx => {
      for (const minute of [3, 1, 2])
        await jobs.enqueue(tx, single, { note: String(minute) }, { atMs: now + minute * minuteMs })
    })
    await clock.advance(4 * minuteMs)
    await jobs.runDue()
    expect(notes).toEqual(['1 1', '2 1', '3 1'])
  })

  it.skipIf(skip)('tries again after a pause, and says the reason by its code alone', async () => {
    const tries: number[] = []
    const { jobs, clock, database, enqueue } = node([
      handle(plain, async job => {
        tries.push(job.tries)
        if (job.tries === 1)
          throw new Fault({ code: 'line-down', place: 'x', found: '13800001111', expected: 'y' })
      }),
    ])
    await enqueue('again')
    await jobs.runDue()
    expect(tries).toEqual([1])
    const kept = await database.query(
      sql`select output::text as output from pgboss.job`,
      z.object({ output: z.string() }),
    )
    expect(kept).toEqual([{ output: '{"reason": "line-down"}' }])
    await clock.advance(minuteMs)
    await jobs.runDue()
    expect(tries).toEqual([1, 2])
    expect(jobs.figures()).toEqual({ done: 1, failed: 1, unclaimed: 0, running: 0 })
  })

  it.skipIf(skip)('sets aside what no try could do, once, and goes on with the others', async () => {
    const notes: string[] = []
    const { jobs, clock, database, enqueue } = node([
      handle(
        plain,
        async ({ data: { note } }) => {
          notes.push(note)
          if (note === 'refused')
            throw new Fault({ code: 'rejected', place: 'x', found: '13800001111', expected: 'y' })
        },
        error => error instanceof Fault && error.code === 'rejected',
      ),
    ])
    for (const note of ['first', 'refused', 'last']) await enqueue(note, clock.now() + minuteMs)
    // A job of another build, which carries what this one cannot read.
    await database.execute(
      sql`update pgboss.job set data = '{"words": "13800001111"}' where data ->> 'note' = 'first'`,
    )
    for (let hour = 0; hour < 5; hour++) {
      await clock.advance(60 * minuteMs)
      await jobs.runDue()
    }
    expect(notes.sort()).toEqual(['last', 'refused'])
    expect(jobs.figures()).toMatchObject({ done: 1, failed: 2 })
    expect(jobs.refused()).toBe(2)
    const kept = await database.query(
      sql`select output::text as output from pgboss.job where state = 'failed' order by 1`,
      z.object({ output: z.string() }),
    )
    expect(kept).toEqual([{ output: '{"reason": "job-garbled"}' }, { output: '{"reason": "rejected"}' }])
  })

  it.skipIf(skip)(
    'does once what is done, or can never be, though the database is away as it is told so',
    async () => {
      const real = databases[0]!
      let unheard = 0
      const heard = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
        if (unheard-- > 0)
          throw new Fault({ code: 'database-away', place: 'x', found: 'no connection', expected: 'one' })
        return ask()
      }
      const flaky: Database = {
        ...real,
        query: (...asked) => heard(() => real.query(...asked)),
        execute: (...asked) => heard(() => real.execute(...asked)),
      }
      const notes: string[] = []
      const handler = handle(
        single,
        async ({ data: { note } }) => {
          notes.push(note)
          unheard = 2
          if (note === 'refused') throw new RangeError('never')
        },
        error => error instanceof RangeError,
      )
      const { jobs, clock } = node([handler], createManualClock(), flaky)
      for (const note of ['done', 'refused'])
        await real.transaction(tx => jobs.enqueue(tx, single, { note }, { atMs: clock.now() + minuteMs }))
      for (let hour = 0; hour < 3; hour++) {
        await clock.advance(60 * minuteMs)
        await jobs.runDue()
      }
      expect(notes.sort()).toEqual(['done', 'refused'])
      expect(jobs.figures()).toMatchObject({ done: 1, failed: 1, running: 0 })
    },
  )

  it.skipIf(skip)('lets one of a key wait, and another once that is claimed', async () => {
    const { notes, handler } = noting(keyed)
    const { jobs, clock, database } = node([handler])
    const atMs = clock.now() + minuteMs
    const enqueue = (note: string, key: string) =>
      database.transaction(tx => jobs.enqueue(tx, keyed, { note }, { key, atMs }))
    expect([await enqueue('a', '1'), await enqueue('b', '1'), await enqueue('c', '2')]).toEqual([
      true,
      false,
      true,
    ])
    await clock.advance(minuteMs)
    await jobs.runDue()
    expect(notes.sort()).toEqual(['a 1', 'c 1'])
    expect(await enqueue('d', '1')).toBe(true)
    await jobs.runDue()
    expect(notes).toContain('d 1')
  })

  it.skipIf(skip)('is settled in the transaction that fulfils it: both or neither', async () => {
    let fail = true
    const write = async (job: Job<Note>) => {
      await databases[0]!.transaction(async tx => {
        await tx.execute(sql`insert into works values (${`${job.data.note} ${job.tries}`})`)
        await job.settle(tx)
        if (fail) throw new RangeError('after it was settled')
      })
      throw new RangeError('too late to matter')
    }
    const { jobs, clock, database, enqueue } = node([handle(plain, write)])
    await enqueue('once')
    await jobs.runDue()
    fail = false
    for (let minute = 0; minute < 3; minute++) {
      await clock.advance(minuteMs)
      await jobs.runDue()
    }
    expect(await database.query(sql`select note from works`, z.object({ note: z.string() }))).toEqual([
      { note: 'once 2' },
    ])
  })

  it.skipIf(skip)('gives the job of a node that hangs to another, whose try is its own to end', async () => {
    const hanging = await hang('orphan', () => Promise.reject(new RangeError('at last')))
    const taken: string[] = []
    const { clock, jobs } = node(
      [
        handle(leased, async job => {
          taken.push(`${job.data.note} ${job.tries}`)
          // It fails, and says so, while this one is at work.
          await hanging.letGo()
          await databases.at(-1)!.transaction(job.settle)
        }),
      ],
      createManualClock(),
      databases.at(-1),
    )
    const isOver = () => jobs.figures().done + jobs.figures().failed > 0
    while (!isOver()) {
      await clock.advance(31_000)
      // The lease is taken back beside us: looked for while the clock stands, or it would be late before it began.
      for (let looks = 0; looks < 50 && !isOver(); looks++) {
        await jobs.runDue()
        await delay(10)
      }
    }
    expect(taken).toEqual(['orphan 2'])
    expect(jobs.figures()).toMatchObject({ done: 1, failed: 0 })
    await expect(databases[0]!.transaction(tx => hanging.job.settle(tx))).rejects.toMatchObject({
      code: 'job-lost',
    })
  })

  it.skipIf(skip)(
    'gives nobody a job whose end within its lease the database has not heard of yet',
    async () => {
      const { handler, notes } = noting(leased)
      // Looks after leases every 30 s, and so when this one has been over for 5.
      const early = createManualClock(createManualClock().now() - 5_000)
      const { jobs, clock } = node([handler], early, databases.at(-1))
      const slow = await hang('slow', async () => undefined)
      await clock.advance(30_000)
      // It waits for the next look at jobs, and for the next at leases.
      while (clock.pending() < 2) await turn()
      await clock.advance(20_000)
      await jobs.runDue()
      expect(notes).toEqual([])
      await slow.letGo()
      expect(slow.figures()).toMatchObject({ done: 1, failed: 0 })
    },
  )

  it.skipIf(skip)('shares jobs between nodes, each done once', async () => {
    const notes: string[] = []
    const all = databases.map(database =>
      node(
        [
          handle(plain, async job => {
            await database.transaction(async tx => {
              await tx.execute(sql`insert into works values (${job.data.note})`)
              await job.settle(tx)
            })
            notes.push(job.data.note)
          }),
        ],
        createManualClock(),
        database,
      ),
    )
    const first = all[0]!
    const wanted = Array.from({ length: 200 }, (_, index) => String(1000 + index))
    await first.database.transaction(async tx => {
      for (const note of wanted) await first.jobs.enqueue(tx, plain, { note })
    })
    while (notes.length < wanted.length) await Promise.all(all.map(({ jobs }) => jobs.runDue()))
    expect(notes.sort()).toEqual(wanted)
    expect(
      await first.database.query(sql`select count(*) as count from works`, z.object({ count: z.number() })),
    ).toEqual([{ count: wanted.length }])
    expect(all.every(({ jobs }) => jobs.figures().done > 0)).toBe(true)
  })

  it.skipIf(skip)(
    'refuses a job of a queue that nobody prepared, and a keyed one without a key',
    async () => {
      const { jobs, database } = node([])
      const stranger = defineQueue({ name: 'stranger', data })
      await expect(
        database.transaction(tx => jobs.enqueue(tx, stranger, { note: 'x' })),
      ).rejects.toMatchObject({ code: 'queue-unknown', place: 'stranger' })
      await expect(database.transaction(tx => jobs.enqueue(tx, keyed, { note: 'x' }))).rejects.toMatchObject({
        code: 'job-without-key',
      })
    },
  )
})
