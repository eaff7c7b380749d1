import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openPostgres } from '../../src/storage/databases/postgres.ts'
import { sql } from '../../src/storage/index.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'

describe.skipIf(lacksPostgres)('a PostgreSQL that fails', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  const open = () => openPostgres({ url: server.url, clock: systemClock, log: silentLog, deadlineMs: 400 })

  it('gives a fault within the deadline for a statement that takes too long', async () => {
    const database = open()
    await expect(database.execute(sql`select pg_sleep(${60}::int)`)).rejects.toMatchObject({
      code: 'database-late',
    })
    await database.close()
  })

  it('is asked over a new connection when one hangs', async () => {
    const database = open()
    const [session] = await database.query(sql`select pg_backend_pid() as pid`, z.object({ pid: z.number() }))
    process.kill(session!.pid, 'SIGSTOP')
    try {
      await expect(database.ping()).rejects.toMatchObject({ code: 'database-late' })
      await database.ping()
    } finally {
      process.kill(session!.pid, 'SIGCONT')
      await database.close()
    }
  })

  it('gives faults at once while it is gone, and serves and notifies again when it is back', async () => {
    const database = open()
    let ring: (payload: string) => void
    const heard = new Promise<string>(resolve => {
      ring = resolve
    })
    await database.listen('bell', payload => ring(payload))

    await server.kill()
    const askedAtMs = systemClock.monotonicMs()
    await expect(database.ping()).rejects.toMatchObject({ code: 'database-away' })
    expect(systemClock.monotonicMs() - askedAtMs).toBeLessThan(400)

    await server.start()
    await database.ping()
    let isHeard = false
    const again = heard.then(payload => {
      isHeard = true
      return payload
    })
    while (!isHeard) await database.notify('bell', 'ding')
    expect(await again).toBe('ding')
    await database.close()
  })

  it('is asked for many channels at once, one after the other, as its driver wants it', async () => {
    const database = open()
    const warned: string[] = []
    const hear = ({ message }: Error) => warned.push(message)
    process.on('warning', hear)
    const heard = new Set<string>()
    const channels = ['bell', 'door', 'gate', 'wall']
    await database.listen('roof', () => undefined)
    await Promise.all(channels.map(channel => database.listen(channel, () => heard.add(channel))))
    for (const channel of channels) await database.notify(channel, 'ding')
    await expect.poll(() => heard.size).toBe(4)
    process.off('warning', hear)
    await database.close()
    expect(warned).toEqual([])
  })

  it('that is away when listening begins is listened to once it is there', async () => {
    await server.kill()
    const database = open()
    let isHeard = false
    await database.listen('bell', () => {
      isHeard = true
    })
    await server.start()
    while (!isHeard) await database.notify('bell', 'ding')
    await database.close()
  })
})
