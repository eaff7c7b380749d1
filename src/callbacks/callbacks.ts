import { join } from 'node:path'
import { type City, createCalendar, startOfDay } from '../city/index.ts'
import { type Figure, type Part, reasonOf, type SocketMount } from '../foundation/index.ts'
import { type Handler, handle } from '../jobs/index.ts'
import type { Forgetter, Queries } from '../storage/index.ts'
import type { JournalEntry } from '../telephony/index.ts'
import { isRefusedText, type Text } from '../texts/index.ts'
import { type CallbackDependencies, createActions } from './actions.ts'
import type {
  CallbackCommand,
  CallbackCounts,
  CallbackDetail,
  CallbackPage,
  CallbackQuery,
  CallbackView,
} from './api.ts'
import { type Callback, ringingOf, viewOf } from './callback.ts'
import { countCallbacks } from './counts.ts'
import type { CallbackActor, RingNews } from './decide.ts'
import { fault } from './faults.ts'
import { callbackFigures } from './figures.ts'
import type { ContactAgreed, Unwilling } from './happening.ts'
import { forgetsCallbacks } from './holdings.ts'
import {
  callbackClockQueue,
  callbackMessagesQueue,
  callbackReadQueue,
  callbackSoundQueue,
  callbackTextQueue,
} from './jobs.ts'
import { type Leading, openLeading, type Stand } from './leading.ts'
import { openMessages } from './messages.ts'
import { gaveUpText, lateText } from './notice.ts'
import { createOutlook, type DueAsked } from './outlook.ts'
import type { Working } from './pace.ts'
import { openCallbackScreens, tellCallback } from './screens.ts'
import { listCallbacks, nextAfter, selectCallback, selectEvents, writeWords } from './store.ts'

/** Checks in other rooms of whether a number must not be rung, by reason, in the caller's transaction. */
export type CallbackChecks = Readonly<
  Record<Exclude<Unwilling, 'out-of-reach'>, (queries: Queries, number: string) => Promise<boolean>>
> & {
  /** Whether there is an order of this number; without this check, any number is accepted. */
  readonly hasOrder?: (number: string) => Promise<boolean>
}

export type Callbacks = {
  /**
   * Owes callbacks for callers who were not served, in the transaction that writes these facts. The facts are
   * written in any case.
   */
  owe(queries: Queries, entries: readonly JournalEntry[]): Promise<void>
  /** Sets the checks of who is not to be rung and which orders exist. */
  heed(checks: CallbackChecks): void
  /** Re-checks whether a number may be rung, in the transaction that changes it. */
  reconsider(queries: Queries, number: string): Promise<void>
  /** An order was made, in the transaction that makes it: callbacks to its numbers follow its way of contact. */
  ordered(queries: Queries, order: ContactAgreed): Promise<void>
  /** Sets the forecast of how many people work when; unknown before. */
  foresee(workingAt: Working): void
  /** Open callbacks in the order of their INVITE; closed ones, the latest first. */
  list(query: CallbackQuery): Promise<CallbackPage>
  /** @throws Fault `callback-unknown` */
  show(id: string): Promise<CallbackDetail>
  /** @throws Fault `callback-unknown`, and what `decide` refuses; `callback-taken` names the holder */
  act(id: string, command: CallbackCommand | RingNews, by: CallbackActor): Promise<CallbackView>
  /** Lets the hotline lead callbacks: those that a machine may ring now are queued, in the order of their INVITE. */
  leadAt(stand: Stand): Leading
  /** By when a callback promised now will have been rung; undefined if that cannot be told, or is not soon enough. */
  dueNow(asked: DueAsked): Promise<number | undefined>
  /** Takes a callback for a seat whose turn it is; undefined if it may no longer be led. */
  lead(id: string, seat: string): Promise<CallbackView | undefined>
  /** Stores the words of a message. @returns false if no callback holds that message, either not yet or no longer */
  heard(said: { readonly call: string; readonly message: string; readonly words: string }): Promise<boolean>
  /** The message left in a call, as a WAV file. @throws Fault `callback-unknown`, `message-unknown` */
  message(id: string, call: string): Promise<Uint8Array>
  /** The counts for a period; today by default. */
  counts(stretch?: { readonly fromMs?: number; readonly untilMs?: number }): Promise<CallbackCounts>
  /** Erases whatever belongs to an order's citizen, in the transaction that erases the order. */
  forget(queries: Queries, order: string, caller: string): Promise<void>
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  readonly handlers: readonly Handler[]
  readonly sockets: readonly SocketMount[]
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

export type CallbackOptions = Omit<CallbackDependencies, 'calendar' | 'home' | 'unwilling' | 'hasOrder'> & {
  readonly city: City
  /** Data folder; messages are in its folder of recordings. */
  readonly dataDir: string
  /** Whether the city's settings allow ringing a number; every number when absent. */
  readonly reaches?: (number: string) => boolean
  /** Sends a text message. */
  send(text: Text, signal?: AbortSignal): Promise<void>
}

export function openCallbacks(options: CallbackOptions): Callbacks {
  const { database, rules, city, clock, log, send, reaches = () => true } = options
  const calendar = createCalendar(city)
  let checks: CallbackChecks | undefined
  let working: Working = () => undefined
  const actions = createActions({
    ...options,
    calendar,
    home: city,
    hasOrder: async number => (await checks?.hasOrder?.(number)) ?? true,
    async unwilling(queries, number, order) {
      if (!reaches(number)) return 'out-of-reach'
      if (order ? order.contact === 'sms' : await checks?.confidential(queries, number)) return 'confidential'
      if (order ? order.contact === 'none' : await checks?.['no-contact'](queries, number))
        return 'no-contact'
      return (await checks?.['opted-out'](queries, number)) ? 'opted-out' : undefined
    },
  })
  const recordings = join(options.dataDir, 'recordings')
  const messages = openMessages(recordings)
  const screens = openCallbackScreens({ database, clock, log })
  const shown = (callback: Callback) => viewOf(callback, { rules, calendar, nowMs: clock.now() })
  let ledPerMs: () => number | undefined = () => undefined
  let counted: CallbackCounts | undefined
  let isCounting = false
  const lookedAnew = actions.lookAnew(reaches).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error) }, 'which callbacks are within reach is not looked at anew')
  })

  async function found(id: string): Promise<Callback> {
    const callback = await selectCallback(database, id)
    if (callback) return callback
    throw fault('callback-unknown', 'id', 'no callback of this id', 'the id of one that is here')
  }

  async function counts({ fromMs, untilMs }: { readonly fromMs?: number; readonly untilMs?: number } = {}) {
    const nowMs = clock.now()
    const from = fromMs ?? startOfDay(nowMs, city.timeZone)
    return countCallbacks(database, { fromMs: from, untilMs: untilMs ?? nowMs + 1, nowMs })
  }

  /** The last count; each reading starts the next count. */
  function lastCount(): CallbackCounts | undefined {
    if (!isCounting) void countAnew()
    return counted
  }

  async function countAnew() {
    isCounting = true
    try {
      counted = await counts()
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'callbacks are not counted')
    } finally {
      isCounting = false
    }
  }

  return {
    owe: actions.reading.entries,
    heed(given) {
      checks = given
    },
    reconsider: actions.reconsider,
    ordered: actions.ordered,
    foresee(workingAt) {
      working = workingAt
    },
    async list(query) {
      const all = await listCallbacks(database, query, clock.now())
      const page = all.slice(0, query.limit)
      const last = page.at(-1)
      const next = last && all.length > page.length ? nextAfter(last) : undefined
      return { callbacks: page.map(shown), next }
    },
    show: async id => ({ callback: shown(await found(id)), events: await selectEvents(database, id) }),
    act: async (id, command, by) => shown(await actions.act(id, command, by)),
    leadAt(stand) {
      ledPerMs = stand.perMs
      return openLeading(stand, { database, rules, calendar, clock, log })
    },
    dueNow: createOutlook({
      database,
      rules,
      calendar,
      city,
      clock,
      log,
      ledPerMs: () => ledPerMs(),
      reaches,
      workingAt: atMs => working(atMs),
    }),
    async lead(id, seat) {
      const taken = await actions.lead(id, seat)
      return taken && shown(taken)
    },
    heard: said =>
      database.transaction(async tx => {
        const id = await writeWords(tx, said)
        if (id !== undefined) await tellCallback(tx, id)
        return id !== undefined
      }),
    message: async (id, call) =>
      messages.find((await found(id)).losses.find(loss => loss.call === call && loss.message)?.message),
    counts,
    forget: actions.forget,
    figures: callbackFigures(lastCount, actions.reading.failed),
    health: actions.reading.health,
    handlers: [
      handle(callbackClockQueue, job => actions.tick(job.data.callback, job)),
      handle(callbackReadQueue, job => actions.reading.again(job.data.call, job.data.tries, job)),
      // Only for jobs of an earlier build: today the sweep deletes messages, and knows which are held.
      handle(callbackMessagesQueue, async () => undefined),
      handle(callbackSoundQueue, job => messages.drop(job.data.files)),
      handle(
        callbackTextQueue,
        async ({ id, data: { callback, kind, phone }, signal }) => {
          const told = await selectCallback(database, callback)
          if (!told) return
          if (kind === 'late' && phone !== undefined)
            return send({ id, to: phone, text: lateText(told, city) }, signal)
          // Not for callbacks that were erased meanwhile, may not be disturbed, or may have a stranger's number.
          const { by, because } = ringingOf(told)
          if (by !== 'anyone' && because !== 'talked') return
          await send({ id, to: told.number, text: gaveUpText(told, city) }, signal)
        },
        isRefusedText,
      ),
    ],
    sockets: [screens.mount],
    forgetters: forgetsCallbacks(database, actions, recordings),
    async close() {
      await lookedAnew
      await screens.close()
    },
  }
}
