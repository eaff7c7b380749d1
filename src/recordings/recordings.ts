import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figure, newId, type Part, reasonOf } from '../foundation/index.ts'
import { readTalkFile } from '../media/index.ts'
import {
  createWriteBehind,
  type Database,
  type Forgetter,
  openSpill,
  type Queries,
  writeFigures,
  writeParts,
} from '../storage/index.ts'
import { type CallId, type Home, maskedNumber, numberWritings } from '../telephony/index.ts'
import type {
  NewQualityReview,
  NewRecordingNote,
  QualityReview,
  RecordingDetail,
  RecordingNote,
  RecordingPage,
  RecordingQuery,
  RecordingView,
} from './api.ts'
import { recordingFault } from './faults.ts'
import { recordingFigures, recordingPart } from './figures.ts'
import { eraseOfOrder, forgetsRecordings } from './holdings.ts'
import { createKeeping, type Keeping, type KeepingOptions } from './keeping.ts'
import { beginMending } from './mending.ts'
import { type RecordingAsker, seatOnly } from './permit.ts'
import { pointsOf } from './reviews.ts'
import {
  answerReview,
  deleteNote,
  deleteRecordings,
  insertNote,
  insertOrder,
  insertReview,
  type KeptRecording,
  keptRecording,
  type ListedRecording,
  listRecordings,
  selectCallsOfOrders,
  selectNotes,
  selectRecording,
  selectReviews,
  upsertRecording,
} from './store.ts'

export type Recordings = {
  /** Calls that are being recorded. */
  readonly talks: Pick<Keeping, 'records' | 'begins' | 'told' | 'of' | 'pause' | 'on'>
  /** Newest first. @throws Fault `recording-forbidden` */
  list(query: RecordingQuery, by: RecordingAsker): Promise<RecordingPage>
  /** @throws Fault `recording-unknown`, `recording-forbidden` */
  show(id: string, by: RecordingAsker): Promise<RecordingDetail>
  /** Where its sound lies, and how many bytes it has. @throws Fault as `show`, `recording-running` */
  sound(id: string, by: RecordingAsker): Promise<{ readonly path: string; readonly bytes: number }>
  /** @throws Fault as `show` */
  note(id: string, note: NewRecordingNote, by: RecordingAsker): Promise<RecordingNote>
  /** One's own; a supervisor's or an administrator's is anybody's. @throws Fault as `show`, `note-unknown` */
  unnote(id: string, note: string, by: RecordingAsker): Promise<void>
  /** @throws Fault as `show`, `sheet-unknown`, `marks-unfit` */
  review(id: string, review: NewQualityReview, by: RecordingAsker): Promise<QualityReview>
  /** The agent says something to it, once. @throws Fault as `show`, `review-unknown`, `review-answered` */
  answer(id: string, review: string, answer: string, by: RecordingAsker): Promise<void>
  /**
   * What happens to orders, in its transactions: a recording is found by the orders of its call, and goes when one is erased
   * or is confidential.
   */
  readonly ofOrders: {
    made(
      queries: Queries,
      made: { readonly order: string; readonly call: string | undefined; readonly isConfidential: boolean },
    ): Promise<void>
    heard(queries: Queries, order: string, call: string): Promise<void>
    hidden(queries: Queries, order: string): Promise<void>
    erased(queries: Queries, order: string): Promise<void>
  }
  /** Who knows of whom nothing may be recorded; nobody does before. */
  heed(isConfidential: (queries: Queries, number: string) => Promise<boolean>): void
  /** Who refuses that something of an order goes, as it is held; nobody does before. */
  respect(refuseErasure: (queries: Queries, order: string, caller: string) => Promise<void>): void
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

export type RecordingsOptions = Omit<KeepingOptions, 'keep' | 'lose' | 'folder' | 'isConfidential'> & {
  readonly database: Database
  readonly dataDir: string
  /** Where rows lie while the database is away. */
  readonly spillFolder?: string
  readonly home: Home
}

/** What an erased order leaves lies no longer than this. */
const goneAfterMs = 2_000

/** Records calls where the city says so, and keeps, finds and lets go of what was recorded. */
export function openRecordings(options: RecordingsOptions): Recordings {
  const { database, rules, home, clock, log } = options
  const folder = join(options.dataDir, 'conversations')
  const parse = (found: unknown) => keptRecording.parse(found)
  const rows = createWriteBehind<KeptRecording>({
    name: 'recordings',
    things: 'recordings',
    write: async some => {
      for (const one of some) await upsertRecording(database, one)
    },
    idOf: ({ id }) => id,
    keyOf: ({ id }) => id,
    spill:
      options.spillFolder === undefined
        ? undefined
        : openSpill({ folder: options.spillFolder, name: 'recordings', parse, log }),
    clock,
    log,
  })
  let confidential: (queries: Queries, number: string) => Promise<boolean> = async () => false
  let refuseErasure: (queries: Queries, order: string, caller: string) => Promise<void> = async () =>
    undefined
  const isConfidential = (number: string) => confidential(database, number)
  const lose = (id: string) => {
    const gone = async () => {
      await rows.flush()
      await deleteRecordings(database, [id])
    }
    gone().catch((error: unknown) => log.warn({ recording: id, reason: reasonOf(error) }, 'a row is left'))
  }
  const keeping = createKeeping({ ...options, folder, isConfidential, keep: rows.put, lose })

  const stopMending = rules.isOn
    ? beginMending({ database, folder, isRunning: keeping.isRunning, keep: rows.put, clock, log })
    : undefined

  async function find(id: string, by: RecordingAsker): Promise<ListedRecording> {
    const only = seatOnly(by, rules.mayListen)
    await rows.flush()
    const found = await selectRecording(database, id)
    if (found && (only === undefined || found.seats.some(({ seat }) => seat === only))) return found
    throw recordingFault('recording-unknown', 'id', 'no recording of this id', 'one that the list names')
  }
  const viewOf = (one: ListedRecording): RecordingView => ({
    id: one.id,
    call: one.call,
    orders: one.orders,
    seats: one.seats,
    line: one.line,
    number: one.number === '' ? '' : maskedNumber(one.number, home),
    beganAtMs: one.beganAtMs,
    durationMs: one.durationMs,
    isRunning: one.endedAtMs == null,
    cutBy: one.cutBy ?? undefined,
    spans: one.spans,
    points: one.points ?? undefined,
  })
  const reviewOf = ({
    comment,
    answer,
    answeredAtMs,
    ...review
  }: Awaited<ReturnType<typeof selectReviews>>[number]): QualityReview => ({
    ...review,
    comment: comment ?? undefined,
    answer: answer ?? undefined,
    answeredAtMs: answeredAtMs ?? undefined,
  })
  /** Files whose rows are gone, once that is sure. */
  const removeLater = (gone: readonly KeptRecording[]) => {
    if (gone.length === 0) return
    clock.after(goneAfterMs, () => {
      const look = async () => {
        for (const { id, file } of gone)
          if (!(await selectRecording(database, id))) await rm(join(folder, file), { force: true })
      }
      look().catch((error: unknown) =>
        log.warn({ reason: reasonOf(error) }, 'the sound of an order is still there'),
      )
    })
  }
  async function eraseOrder(queries: Queries, order: string): Promise<void> {
    for (const call of await selectCallsOfOrders(queries, [order])) keeping.drop(call)
    removeLater(await eraseOfOrder(queries, order))
  }

  const isRunning = (call: string) => keeping.of(call as CallId) !== undefined
  /** Of what is held nothing goes: a court may want it. */
  async function hide(queries: Queries, order: string): Promise<void> {
    const isHeld = await refuseErasure(queries, order, '').then(
      () => false,
      () => true,
    )
    if (!isHeld) await eraseOrder(queries, order)
  }

  return {
    talks: keeping,
    async list({ number, ...query }, by) {
      const only = seatOnly(by, rules.mayListen)
      await rows.flush()
      const numbers = number === undefined ? undefined : numberWritings(number, home).forms
      const seat = only ?? query.seat
      const found = await listRecordings(database, { ...query, seat, numbers, limit: query.limit + 1 })
      const page = found.slice(0, query.limit)
      return {
        recordings: page.map(viewOf),
        next: found.length > query.limit ? page.at(-1)?.id : undefined,
        isOn: rules.isOn,
      }
    },
    async show(id, by) {
      const found = await find(id, by)
      const only = seatOnly(by, rules.mayListen)
      const [notes, reviews, file] = await Promise.all([
        selectNotes(database, id),
        selectReviews(database, id, only),
        readTalkFile(join(folder, found.file)).catch(() => undefined),
      ])
      return {
        ...viewOf(found),
        notes,
        reviews: reviews.map(reviewOf),
        sheets: only === undefined ? rules.sheets : [],
        invitedAtMs: found.invitedAtMs,
        peaks: Buffer.from(file?.peaks ?? []).toString('base64'),
      }
    },
    async sound(id, by) {
      const found = await find(id, by)
      if (found.endedAtMs == null)
        throw recordingFault('recording-running', 'id', 'a call that goes on', 'one that is over')
      const path = join(folder, found.file)
      const stats = await stat(path).catch(() => undefined)
      if (stats) return { path, bytes: stats.size }
      throw recordingFault('recording-unknown', 'id', 'a recording whose sound is gone', 'one that is there')
    },
    async note(id, { atMs, text }, by) {
      const { durationMs } = await find(id, by)
      const note: RecordingNote = {
        id: newId('note', clock.now()),
        atMs: Math.min(Math.round(atMs), durationMs),
        text,
        by: by.name,
        madeAtMs: clock.now(),
      }
      await insertNote(database, { ...note, recording: id })
      return note
    },
    async unnote(id, note, by) {
      await find(id, by)
      const whose = by.role === 'admin' || by.role === 'program' ? undefined : by.name
      if ((await deleteNote(database, id, note, whose)) === 0)
        throw recordingFault('note-unknown', 'note', 'no note of yours of this id', 'one of yours')
    },
    async review(id, { seat, sheet: sheetId, marks, comment }, by) {
      const found = await find(id, by)
      const sheet = rules.sheets.find(one => one.id === sheetId)
      if (by.role === 'seat' || by.role === 'auditor')
        throw recordingFault('recording-forbidden', 'role', by.role, 'a supervisor')
      if (!sheet)
        throw recordingFault('sheet-unknown', 'sheet', 'no sheet of this id', 'one of recordings.json')
      if (!found.seats.some(one => one.seat === seat))
        throw recordingFault('marks-unfit', 'seat', 'a seat that was not in this call', 'one that was')
      const made = {
        id: newId('review', clock.now()),
        seat,
        sheet,
        marks,
        comment,
        points: pointsOf(sheet, marks),
        by: by.name,
        madeAtMs: clock.now(),
      }
      await insertReview(database, { ...made, recording: id })
      return made
    },
    async answer(id, review, answer, by) {
      await find(id, by)
      const given = { recording: id, review, seat: by.name, answer, atMs: clock.now() }
      if ((await answerReview(database, given)) > 0) return
      const known = (await selectReviews(database, id, by.name)).some(one => one.id === review)
      throw known
        ? recordingFault(
            'review-answered',
            'answer',
            'one that you gave before',
            'a sheet that you have not answered',
          )
        : recordingFault('review-unknown', 'review', 'no sheet about you of this id', 'one about you')
    },
    ofOrders: {
      async made(queries, { order, call, isConfidential }) {
        if (call === undefined) return
        await insertOrder(queries, call, order, isRunning(call))
        if (isConfidential) await hide(queries, order)
      },
      heard: (queries, order, call) => insertOrder(queries, call, order, isRunning(call)),
      hidden: hide,
      erased: eraseOrder,
    },
    heed(isSo) {
      confidential = isSo
    },
    respect(refuse) {
      refuseErasure = refuse
    },
    figures: [...recordingFigures(keeping), ...writeFigures(() => [rows.figures()])],
    health: () => [...(rules.isOn ? [recordingPart(keeping)] : []), ...writeParts([rows.figures()])],
    forgetters: forgetsRecordings({ database, folder, clock, flush: rows.flush }),
    async close() {
      stopMending?.()
      await rows.close()
    },
  }
}
