import { describe, expect, it } from 'vitest'
import { createManualClock, Fault, silentLog } from '../../src/foundation/index.ts'
import { createWriteBehind, type Spill } from '../../src/storage/index.ts'

const away = new Fault({ code: 'database-away', place: 'database', found: 'no connection', expected: 'one' })
const refused = new Fault({ code: 'statement-refused', place: 'database', found: 'x', expected: 'y' })

/** A disk that takes what it is given, or is full. */
function diskOf(isFull = false): Spill<string> & { readonly lies: string[] } {
  const lies: string[] = []
  return {
    lies,
    append(items) {
      if (isFull) return false
      lies.push(...items)
      return true
    },
    take: () => [],
    settle: () => undefined,
    size: () => 0,
    setAside: () => undefined,
  }
}

const queueOf = (write: () => Promise<unknown>, spill?: Spill<string>) => {
  const clock = createManualClock()
  const queue = createWriteBehind<string>({
    name: 'journal',
    things: 'facts',
    write,
    idOf: item => item,
    spill,
    clock,
    log: silentLog,
    gatherMs: 100,
  })
  return { queue, clock }
}

describe('what has to be safe before somebody is told', () => {
  it('is so once the database has it', async () => {
    const { queue } = queueOf(async () => undefined)
    queue.put('a promise')
    expect(await queue.safe()).toBe(true)
  })

  it('is so on the disk while the database is away, and nowhere when that is full', async () => {
    const disk = diskOf()
    const { queue } = queueOf(() => Promise.reject(away), disk)
    queue.put('a promise')
    expect(await queue.safe()).toBe(true)
    expect(disk.lies).toEqual(['a promise'])
    for (const spill of [diskOf(true), undefined]) {
      const { queue: full } = queueOf(() => Promise.reject(away), spill)
      full.put('a promise')
      expect(await full.safe()).toBe(false)
    }
  })

  it('is so on the disk within two seconds of a database that does not answer', async () => {
    const disk = diskOf()
    const { queue, clock } = queueOf(() => new Promise(() => undefined), disk)
    queue.put('a promise')
    const safe = queue.safe()
    await clock.advance(2_000)
    expect(await safe).toBe(true)
    expect(disk.lies).toEqual(['a promise'])
  })

  it('is not so when the database refuses it', async () => {
    const { queue } = queueOf(() => Promise.reject(refused), diskOf())
    queue.put('a promise')
    expect(await queue.safe()).toBe(false)
  })
})
