import { describe, expect, it } from 'vitest'
import { createManualClock, Fault, silentLog } from '../../src/foundation/index.ts'
import { createWriteBehind, type Spill } from '../../src/storage/index.ts'

const away = new Fault({ code: 'database-away', place: 'database', found: 'no connection', expected: 'one' })
const late = new Fault({ code: 'database-late', place: 'database', found: 'no answer', expected: 'one' })
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

const isMine = (item: string) => item === 'a promise'

const queueOf = (write: (items: readonly string[]) => Promise<unknown>, spill?: Spill<string>) => {
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
    batchSize: 400,
  })
  return { queue, clock }
}

describe('what has to be safe before somebody is told', () => {
  it('is so once the database has it', async () => {
    const { queue } = queueOf(async () => undefined)
    queue.put('a promise')
    expect(await queue.safe(isMine)).toBe('database')
  })

  it('is so on the disk while the database is away, and nowhere when that is full', async () => {
    const disk = diskOf()
    const { queue } = queueOf(() => Promise.reject(away), disk)
    queue.put('a promise')
    expect(await queue.safe(isMine)).toBe('disk')
    expect(disk.lies).toEqual(['a promise'])
    for (const spill of [diskOf(true), undefined]) {
      const { queue: full } = queueOf(() => Promise.reject(away), spill)
      full.put('a promise')
      expect(await full.safe(isMine)).toBeUndefined()
    }
  })

  it('is so on the disk within two seconds of a database that does not answer', async () => {
    const disk = diskOf()
    const { queue, clock } = queueOf(() => new Promise(() => undefined), disk)
    queue.put('a promise')
    const safe = queue.safe(isMine)
    await clock.advance(2_000)
    expect(await safe).toBe('disk')
    expect(disk.lies).toEqual(['a promise'])
  })

  it('goes to the disk once, however many wait, or ask', async () => {
    const disk = diskOf()
    const { queue, clock } = queueOf(() => new Promise(() => undefined), disk)
    queue.put('a word')
    void queue.flush()
    queue.put('a promise')
    queue.put('another word')
    const asked = [queue.safe(isMine), queue.safe(isMine)]
    await clock.advance(2_000)
    expect(await Promise.all(asked)).toEqual(['disk', 'disk'])
    // What else waits is there before that: a process that is killed is to lose little.
    expect(disk.lies).toEqual(['a word', 'a promise', 'another word'])
  })

  it('lies there a tenth of a second later while the database is away, and a second later where it hangs', async () => {
    for (const [write, hangsMs] of [
      [() => Promise.reject(away), 0],
      [() => new Promise(() => undefined), 1_100],
    ] as const) {
      const disk = diskOf()
      const { queue, clock } = queueOf(write, disk)
      queue.put('what shows that it takes nothing')
      await clock.advance(100 + hangsMs)
      for (const word of ['a word', 'a word between two tries', 'another']) {
        queue.put(word)
        await clock.advance(100)
        expect(disk.lies.at(-1)).toBe(word)
      }
      await clock.advance(300)
      expect(new Set(disk.lies).size).toBe(disk.lies.length)
    }
  })

  it('is so although the database refuses what others say', async () => {
    const written: string[] = []
    const { queue } = queueOf(async items => {
      if (items.includes('a bad word')) throw refused
      written.push(...items)
    }, diskOf())
    queue.put('a bad word')
    queue.put('a promise')
    expect(await queue.safe(isMine)).toBe('database')
    expect(written).toEqual(['a promise'])
    expect(queue.figures()).toMatchObject({ refused: 1, lost: 0 })
  })

  it('is not so when the database refuses it', async () => {
    const { queue } = queueOf(() => Promise.reject(refused), diskOf())
    queue.put('a promise')
    expect(await queue.safe(isMine)).toBeUndefined()
  })
})

describe('what a busy database takes', () => {
  it('is as much at once as it answers for in time, and all of it gets there', async () => {
    const written: string[] = []
    const sizes: number[] = []
    const { queue, clock } = queueOf(async items => {
      sizes.push(items.length)
      await clock.advance(items.length * 30)
      if (items.length * 30 > 5_000) throw late
      written.push(...items)
    })
    const all = Array.from({ length: 400 }, (_, index) => `word ${index}`)
    for (const word of all) queue.put(word)
    await queue.flush()
    await queue.flush()
    expect(sizes.slice(0, 4)).toEqual([400, 100, 50, 25])
    expect(written).toEqual(all)
    expect(queue.figures()).toMatchObject({ waiting: 0, trouble: undefined })
  })

  it('is less at once when it takes long, so that whoever has to know waits behind little', async () => {
    const sizes: number[] = []
    const { queue, clock } = queueOf(async items => {
      sizes.push(items.length)
      await clock.advance(items.length * 10)
    })
    for (let index = 0; index < 1_000; index++) queue.put(`word ${index}`)
    await queue.flush()
    expect(sizes.slice(0, 4)).toEqual([400, 200, 100, 200])
  })
})
