/** The room of recordings over its tables and files, with a recorder that the test speaks into and a clock moved by hand. */
import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlarmsKnown, decide, graceMs } from '../../src/alarms/decide.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { createTalkRecorder } from '../../src/media/worker/talk-recorder.ts'
import {
  noRecordings,
  openRecordings,
  type RecordingRules,
  type Recordings,
  recordingBrings,
} from '../../src/recordings/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import type { Call, CallEnd, CallId } from '../../src/telephony/index.ts'

const boss = { name: 'chen', role: 'supervisor' }
const rules: RecordingRules = {
  ...noRecordings,
  isOn: true,
  mayListen: ['supervisor', 'seat'],
  pauseSeconds: 30,
  sheets: [
    {
      id: 'service',
      name: '服务质检',
      criteria: [
        { id: 'greeting', name: '问候', points: 40 },
        { id: 'record', name: '记录', points: 60 },
      ],
    },
  ],
}

let database: Database
let dataDir: string
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, recordingBrings.tables)
})
afterAll(async () => {
  await database.close()
})
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-recordings-'))
  return () => rm(dataDir, { recursive: true, force: true })
})

const frame = Uint8Array.from({ length: 160 }, (_, at) => (at * 37) & 0xff)

function openRoom(given: Partial<RecordingRules> = {}) {
  const clock = createManualClock()
  const announced: CallId[] = []
  const speaking = new Map<string, (seconds: number) => void>()
  let cutBy: string | undefined
  const room: Recordings = openRecordings({
    database,
    dataDir,
    rules: { ...rules, ...given },
    home: exampleCity,
    clock,
    log: silentLog,
    numberOf: ({ caller }) => caller,
    async announce(call) {
      announced.push(call.id)
      return 2_000
    },
    record(call, path, title, isPaused) {
      const together = { hears: [{} as never], heardBy: [{} as never] }
      const recorder = createTalkRecorder(together, path, title, isPaused, () => undefined)
      speaking.set(call.id, seconds => {
        for (let at = 0; at < seconds * 50; at++) recorder.listen('PCMA', frame, frame, at * 160)
      })
      const cut = cutBy
      cutBy = undefined
      void call.ended.then(recorder.end)
      return {
        ...recorder,
        done: recorder.done.then(({ beganAtMs: _, ...done }) =>
          cut === undefined ? done : { durationMs: 0, spans: [], cutBy: cut },
        ),
      }
    },
  })
  return {
    room,
    clock,
    announced,
    speak: (call: Call, seconds: number) => speaking.get(call.id)?.(seconds),
    /** The next recording is cut off by the death of its worker. */
    willDie: () => {
      cutBy = 'worker-died'
    },
    /** The next recording finds the disk full. */
    willBeFull: () => {
      cutBy = 'ENOSPC'
    },
  }
}

function callOf(caller = '+8613800138000', line = 'sip') {
  const gone = new AbortController()
  let end!: (how: CallEnd) => void
  const ended = new Promise<CallEnd>(resolve => {
    end = resolve
  })
  const call = {
    id: newId('call') as CallId,
    line,
    caller,
    invitedAtMs: Date.UTC(2026, 0, 5, 1, 59),
    signal: gone.signal,
    ended,
  } as unknown as Call
  return {
    call,
    hangUp() {
      gone.abort()
      end({ by: 'them', reason: 'hung-up' })
    },
  }
}

const listed = async (room: Recordings, query: object = {}, by = boss) =>
  (await room.list({ fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER, limit: 50, ...query }, by)).recordings
const running = (room: Recordings, call: Call) =>
  expect.poll(() => room.talks.of(call.id)?.is, { timeout: 10_000 }).toBe('recording')
const over = async (room: Recordings, call: Call) => {
  await expect
    .poll(async () => (await listed(room, { call: call.id })).every(one => !one.isRunning), {
      timeout: 10_000,
    })
    .toBe(true)
  return listed(room, { call: call.id })
}

describe('recordings of calls', () => {
  it('begins only after the caller was told, and is found by call, agent, order and number', async () => {
    const { room, clock, announced, speak } = openRoom()
    const { call, hangUp } = callOf()
    room.talks.begins(call, 's1')
    expect(room.talks.of(call.id)).toEqual({ is: 'announcing' })
    await expect.poll(() => announced, { timeout: 10_000 }).toEqual([call.id])
    await clock.advance(1_900)
    expect(speak(call, 1)).toBeUndefined()
    expect(room.talks.of(call.id)?.is).toBe('announcing')
    await clock.advance(200)
    await running(room, call)
    speak(call, 2)
    await database.transaction(tx =>
      room.ofOrders.made(tx, { order: '2601050000017', call: call.id, isConfidential: false }),
    )
    await clock.advance(2_000)
    room.talks.begins(call, 's2')
    speak(call, 1)
    hangUp()
    const [one] = await over(room, call)
    expect(one).toMatchObject({ durationMs: 3_000, orders: ['2601050000017'], line: 'sip' })
    expect(one?.seats).toEqual([
      { seat: 's1', fromMs: 0 },
      { seat: 's2', fromMs: 2_100 },
    ])
    expect(one?.cutBy).toBeUndefined()
    expect(one?.number).not.toContain('138001380')
    for (const query of [
      { order: '2601050000017' },
      { seat: 's2' },
      { number: '13800138000' },
      { call: call.id },
    ])
      expect((await listed(room, query)).map(({ id }) => id)).toContain(one?.id)
    for (const query of [{ order: '2601050000024' }, { seat: 's3' }, { number: '13900139000' }])
      expect(await listed(room, query)).toEqual([])
    await room.close()
  })

  it('records nobody who heard it in the flow a second time before, on a line that is not recorded, or in hiding', async () => {
    const { room, announced } = openRoom({ lines: ['sip'] })
    const told = callOf()
    room.talks.told(told.call)
    room.talks.begins(told.call, 's1')
    await running(room, told.call)
    expect(announced).toEqual([])
    const other = callOf('+8613800138001', 'browser')
    room.talks.begins(other.call, 's1')
    expect(room.talks.of(other.call.id)).toBeUndefined()
    room.heed(async (_, number) => number === '+8613800138002')
    const hidden = callOf('+8613800138002')
    room.talks.begins(hidden.call, 's1')
    await expect.poll(() => room.talks.of(hidden.call.id), { timeout: 10_000 }).toBeUndefined()
    // One who was told is dropped as soon as that is known, before anything lies on the disk.
    const hiding = callOf('+8613800138002')
    room.talks.told(hiding.call)
    room.talks.begins(hiding.call, 's1')
    await expect.poll(() => room.talks.of(hiding.call.id), { timeout: 10_000 }).toBeUndefined()
    await expect.poll(() => listed(room, { call: hiding.call.id }), { timeout: 10_000 }).toEqual([])
    expect(announced).toEqual([])
    for (const { hangUp } of [told, other, hidden]) hangUp()
    await room.close()
  })

  it('is off where a city does not say otherwise', () => {
    const { room } = openRoom({ isOn: false })
    const { call } = callOf()
    room.talks.begins(call, 's1')
    expect([room.talks.of(call.id), room.talks.records(call)]).toEqual([undefined, false])
    expect(noRecordings.isOn).toBe(false)
  })

  it('is silent from the key of the agent to the next, or until it goes on by itself', async () => {
    const { room, clock, speak } = openRoom()
    const { call, hangUp } = callOf()
    room.talks.told(call)
    const changes: unknown[] = []
    room.talks.on('changed', () => changes.push(room.talks.of(call.id)?.is))
    room.talks.begins(call, 's1')
    await running(room, call)
    speak(call, 1)
    room.talks.pause(call.id, true)
    expect(room.talks.of(call.id)).toEqual({ is: 'paused', untilMs: clock.now() + 30_000 })
    speak(call, 1)
    room.talks.pause(call.id, false)
    speak(call, 1)
    room.talks.pause(call.id, true)
    speak(call, 2)
    await clock.advance(30_000)
    expect(room.talks.of(call.id)).toEqual({ is: 'recording' })
    speak(call, 1)
    hangUp()
    const [one] = await over(room, call)
    expect(one?.durationMs).toBe(6_000)
    expect(one?.spans).toEqual([
      { kind: 'paused', fromMs: 1_000, untilMs: 2_000 },
      { kind: 'paused', fromMs: 3_000, untilMs: 5_000 },
    ])
    expect(changes).toEqual(['recording', 'paused', 'recording', 'paused', 'recording', undefined])
    expect(() => room.talks.pause(call.id, true)).toThrow(expect.objectContaining({ code: 'not-recorded' }))
    await room.close()
  })

  it('goes on in another recording when its worker dies, and says so', async () => {
    const { room, speak, willDie } = openRoom()
    const { call, hangUp } = callOf()
    room.talks.told(call)
    willDie()
    room.talks.begins(call, 's1')
    await running(room, call)
    speak(call, 2)
    hangUp()
    const all = await over(room, call)
    expect(all.map(({ cutBy }) => cutBy)).toContain('worker-died')
    expect(all.find(({ cutBy }) => cutBy)?.durationMs).toBe(2_000)
    await room.close()
  })

  it('mends what a process left that died, and marks it', async () => {
    const first = openRoom()
    const { call } = callOf()
    first.room.talks.told(call)
    first.room.talks.begins(call, 's1')
    await running(first.room, call)
    first.speak(call, 4)
    const [one] = await listed(first.room, { call: call.id })
    expect(one?.isRunning).toBe(true)
    const found = async () => {
      const names = await readdir(join(dataDir, 'conversations'), { recursive: true }).catch(() => [])
      return names.find(name => name.endsWith(`${one?.id}.wav`)) ?? ''
    }
    const pathOf = async () => join(dataDir, 'conversations', await found())
    const bytes = async () => (await stat(await pathOf())).size
    await expect.poll(() => bytes().catch(() => 0), { timeout: 10_000 }).toBeGreaterThan(51_000)
    const file = await pathOf()
    // It was killed, a minute ago.
    const next = openRoom()
    await utimes(file, next.clock.now() / 1000 - 60, next.clock.now() / 1000 - 60)
    await next.clock.advance(20_000)
    const [mended] = await over(next.room, call)
    expect(mended).toMatchObject({ cutBy: 'process-died', durationMs: 3_200 })
    await next.room.close()
    await first.room.close()
  })
})

describe('what was recorded', () => {
  async function recorded(given: Partial<RecordingRules> = {}, caller?: string) {
    const opened = openRoom(given)
    const { call, hangUp } = callOf(caller)
    opened.room.talks.told(call)
    opened.room.talks.begins(call, 's1')
    await running(opened.room, call)
    opened.speak(call, 2)
    hangUp()
    const [one] = await over(opened.room, call)
    return { ...opened, call, one: one! }
  }

  it('has whoever is on duty told that the disk is full, and that it is well again', async () => {
    const { room, speak, willBeFull } = openRoom()
    let known: AlarmsKnown = new Map()
    /** What is pushed of it so long after the first look. */
    const told = (afterMs: number) => {
      const decided = decide(known, room.health(), afterMs)
      known = decided.known
      return decided.alarms.map(({ kind, state, reason }) => [kind, state, reason])
    }
    const speaks = async () => {
      const { call, hangUp } = callOf()
      room.talks.told(call)
      room.talks.begins(call, 's1')
      await running(room, call)
      speak(call, 1)
      hangUp()
      await over(room, call)
    }
    willBeFull()
    await speaks()
    expect(told(0)).toEqual([])
    expect(told(graceMs)).toEqual([
      ['recordings', 'down', 'the disk is full: calls go on and are not recorded'],
    ])
    await speaks()
    await expect.poll(() => told(2 * graceMs)).toEqual([['recordings', 'up', undefined]])
    await room.close()
  })

  it('names every agent who was with the caller, once each, and each finds it', async () => {
    const { room, speak } = openRoom()
    const { call, hangUp } = callOf()
    room.talks.told(call)
    room.talks.begins(call, 's1')
    await running(room, call)
    speak(call, 1)
    // A third joins and is left alone with the caller, and another joins them.
    for (const seat of ['s2', 's2', 's3']) room.talks.begins(call, seat)
    hangUp()
    const [one] = await over(room, call)
    expect(one?.seats.map(({ seat }) => seat)).toEqual(['s1', 's2', 's3'])
    expect(await listed(room, { call: call.id }, { name: 's3', role: 'seat' })).toHaveLength(1)
    await room.close()
  })

  it('is heard by whom the city lets: an agent their own, an auditor not unless it says so', async () => {
    const { room, one } = await recorded()
    const sound = await room.sound(one.id, boss)
    expect((await stat(sound.path)).size).toBe(sound.bytes)
    expect((await room.sound(one.id, { name: 's1', role: 'seat' })).bytes).toBe(sound.bytes)
    await expect(room.sound(one.id, { name: 's2', role: 'seat' })).rejects.toMatchObject({
      code: 'recording-unknown',
    })
    await expect(
      room.list({ fromMs: 0, untilMs: 1, limit: 1 }, { name: 'li', role: 'auditor' }),
    ).rejects.toMatchObject({ code: 'recording-forbidden' })
    expect(await listed(room, { call: one.call, seat: 's1' }, { name: 's2', role: 'seat' })).toEqual([])
    const { peaks } = await room.show(one.id, boss)
    expect(Buffer.from(peaks, 'base64').length).toBe(40)
    await room.close()
  })

  it('is noted at a moment, and judged by the city’s sheet; the agent answers once', async () => {
    const { room, one } = await recorded()
    const agent = { name: 's1', role: 'seat' }
    const note = await room.note(one.id, { atMs: 99_000, text: '这里没有核对地址' }, boss)
    expect(note.atMs).toBe(2_000)
    await expect(room.unnote(one.id, note.id, agent)).rejects.toMatchObject({ code: 'note-unknown' })
    const judge = (marks: readonly object[]) =>
      room.review(one.id, { seat: 's1', sheet: 'service', marks: marks as never, comment: '不错' }, boss)
    await expect(judge([{ criterion: 'greeting', points: 40 }])).rejects.toMatchObject({
      code: 'marks-unfit',
    })
    await expect(
      judge([
        { criterion: 'greeting', points: 41 },
        { criterion: 'record', points: 0 },
      ]),
    ).rejects.toMatchObject({ code: 'marks-unfit' })
    const review = await judge([
      { criterion: 'greeting', points: 40 },
      { criterion: 'record', points: 30, comment: '漏了门牌' },
    ])
    expect(review.points).toBe(70)
    await expect(
      room.review(one.id, { seat: 's1', sheet: 'service', marks: [] }, agent),
    ).rejects.toMatchObject({ code: 'recording-forbidden' })
    await room.answer(one.id, review.id, '来电人没有说门牌', agent)
    await expect(room.answer(one.id, review.id, '再说一次', agent)).rejects.toMatchObject({
      code: 'review-answered',
    })
    const shown = await room.show(one.id, agent)
    expect(shown.reviews).toMatchObject([{ points: 70, answer: '来电人没有说门牌', by: 'chen' }])
    expect(shown).toMatchObject({ points: 70, sheets: [] })
    await room.unnote(one.id, note.id, boss)
    expect((await room.show(one.id, boss)).notes).toEqual([])
    await room.close()
  })

  it('goes with its time, with its person and with its order, and stays where it is held', async () => {
    const { room, call, one, clock } = await recorded({}, '+8613800138009')
    const [rows, , , files] = room.forgetters
    const none = { forms: [], calls: [], orders: [] }
    const sweep = rows!.sweeps![0]!
    const sound = (await room.sound(one.id, boss)).path
    const late = { beforeMs: clock.now() + 1, limit: 500 }
    await sweep.sweep({ ...late, held: { ...none, calls: [call.id] } })
    expect((await stat(sound)).isFile()).toBe(true)
    const person = { forms: ['+8613800138009'], digits: '', calls: [], orders: [] }
    const found = await rows!.find!(person)
    expect(found.calls).toEqual([call.id])
    const theirs = { ...person, calls: [call.id] }
    expect(await rows!.export(theirs)).toMatchObject([{ id: one.id }])
    expect(await files!.export(theirs)).toMatchObject([{ bytes: (await stat(sound)).size }])
    expect(await rows!.forget(theirs, none)).toEqual({ count: 1, stayed: [] })
    await expect(stat(sound)).rejects.toMatchObject({ code: 'ENOENT' })
    await room.close()

    const ordered = await recorded()
    await database.transaction(tx =>
      ordered.room.ofOrders.made(tx, {
        order: '2601050000031',
        call: ordered.call.id,
        isConfidential: false,
      }),
    )
    expect(await ordered.room.forgetters[0]!.callsOf!(['2601050000031'])).toEqual([ordered.call.id])
    const path = (await ordered.room.sound(ordered.one.id, boss)).path
    ordered.room.respect(async () => {
      throw new Error('held')
    })
    await database.transaction(tx => ordered.room.ofOrders.hidden(tx, '2601050000031'))
    expect((await stat(path)).isFile()).toBe(true)
    await database.transaction(tx => ordered.room.ofOrders.erased(tx, '2601050000031'))
    await ordered.clock.advance(5_000)
    await expect.poll(() => stat(path).catch(error => error.code), { timeout: 10_000 }).toBe('ENOENT')
    expect(await listed(ordered.room, { call: ordered.call.id })).toEqual([])
    await ordered.room.close()
  })

  it('is dropped while it runs when the order of its call is confidential', async () => {
    const { room, clock, speak } = openRoom()
    const { call } = callOf()
    room.talks.told(call)
    room.talks.begins(call, 's1')
    await running(room, call)
    speak(call, 2)
    await room.list({ fromMs: 0, untilMs: 1, limit: 1 }, boss)
    await database.transaction(tx =>
      room.ofOrders.made(tx, { order: '2601050000048', call: call.id, isConfidential: true }),
    )
    await clock.advance(5_000)
    await expect.poll(() => room.talks.of(call.id), { timeout: 10_000 }).toBeUndefined()
    expect(await listed(room, { call: call.id })).toEqual([])
    const left = async () =>
      (await readdir(join(dataDir, 'conversations'), { recursive: true })).filter(name =>
        name.endsWith('.wav'),
      )
    await expect.poll(left, { timeout: 10_000 }).toEqual([])
    await room.close()
  })
})
