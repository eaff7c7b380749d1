import { createHash } from 'node:crypto'
import { type Clock, createEvents, type Events, type Log, newSecret, reasonOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Member } from './api.ts'
import {
  deleteEndedSessions,
  deleteSession,
  deleteSessionsOf,
  insertSession,
  selectSession,
} from './store.ts'

export type SessionNotices = {
  /** A session is over; whatever is open under it is to be closed. */
  readonly over: { readonly session: string }
}

/** What is told to all nodes: the id of a session that is over. */
const channel = 'staff_session_over'

/** A working day with its overtime; then one signs in again. */
const lastsMs = 12 * 60 * 60_000
/** For so long a session is believed without asking the database: another node's sign-out is obeyed after that. */
const believedMs = 10_000
const sweepMs = 10_000

type Known = { readonly member: Member; readonly endsAtMs: number; readonly askedMs: number }

/** Who is signed in. A session's secret lies in the browser alone; here are its hashes. */
export function createSessions({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}) {
  const known = new Map<string, Known>()
  const notices: Events<SessionNotices> = createEvents(error =>
    log.error({ reason: reasonOf(error) }, 'listener failed'),
  )
  /** Over, and until when the database may still say otherwise to who asked before. */
  const over = new Map<string, number>()
  const forget = (id: string) => {
    const isTold = over.has(id)
    over.set(id, clock.monotonicMs() + believedMs)
    known.delete(id)
    if (!isTold) notices.emit('over', { session: id })
  }
  /** Those that ended while nobody asked for them: what is open under them ends, too. */
  const sweep = () => {
    for (const [id, { endsAtMs }] of known) if (endsAtMs <= clock.now()) forget(id)
    for (const [id, untilMs] of over) if (untilMs <= clock.monotonicMs()) over.delete(id)
  }
  let stopSweep = clock.after(sweepMs, function again() {
    sweep()
    stopSweep = clock.after(sweepMs, again)
  })
  const away = (error: unknown) =>
    log.warn({ reason: reasonOf(error) }, 'other nodes hear later that a session is over')
  const off = database.listen(channel, forget).catch((error: unknown) => {
    away(error)
    return () => undefined
  })
  const end = async (id: string) => {
    forget(id)
    await database.notify(channel, id).catch(away)
  }

  return {
    notices,

    /** @returns the secret that opens it. @throws Fault from the database */
    async open(member: Member): Promise<string> {
      sweep()
      await deleteEndedSessions(database, clock.now())
      const secret = newSecret(256)
      const endsAtMs = clock.now() + lastsMs
      await insertSession(database, idOf(secret), member.name, endsAtMs)
      known.set(idOf(secret), { member, endsAtMs, askedMs: clock.monotonicMs() })
      return secret
    },

    /** With the database away, whoever was signed in a moment ago still is: their callers wait for them. */
    async find(secret: string): Promise<{ readonly session: string; readonly member: Member } | undefined> {
      const id = idOf(secret)
      const before = known.get(id)
      if (before && before.endsAtMs <= clock.now()) {
        forget(id)
        return undefined
      }
      if (before && clock.monotonicMs() - before.askedMs < believedMs)
        return { session: id, member: before.member }
      const found = await selectSession(database, id, clock.now()).catch((error: unknown) => {
        if (!before) throw error
        return before
      })
      if (!found || over.has(id)) {
        forget(id)
        return undefined
      }
      known.set(id, { member: found.member, endsAtMs: found.endsAtMs, askedMs: clock.monotonicMs() })
      return { session: id, member: found.member }
    },

    /** @throws Fault from the database; here it is over all the same. */
    async close(secret: string): Promise<void> {
      await end(idOf(secret))
      await deleteSession(database, idOf(secret))
    },

    /** All of a member's, wherever they are signed in. */
    async closeAllOf(name: string): Promise<void> {
      for (const [id, { member }] of known) if (member.name === name) forget(id)
      for (const id of await deleteSessionsOf(database, name)) await end(id)
    },

    async stop(): Promise<void> {
      stopSweep()
      ;(await off)()
    },
  }
}
export type Sessions = ReturnType<typeof createSessions>

const idOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')
