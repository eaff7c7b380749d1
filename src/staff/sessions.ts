import { createHash } from 'node:crypto'
import {
  type Clock,
  createEvents,
  type Events,
  Fault,
  type Log,
  newSecret,
  reasonOf,
} from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Member, Role, SessionShown } from './api.ts'
import type { Owed } from './owed.ts'
import {
  deleteEndedSessions,
  deleteSession,
  deleteSessionOf,
  deleteSessionsOf,
  insertSession,
  type SessionPlace,
  type SessionTimes,
  type StoredSession,
  selectSession,
  selectSessionsOf,
  touchSession,
} from './session-store.ts'

export type SessionNotices = {
  /** A session is over, so that everything opened with it must be closed. */
  readonly over: { readonly session: string }
}

/** The maximal duration of a session, and how long it may be idle. */
export type SessionLimits = {
  readonly lastsMs: number
  idleMs(role: Role): number
  /** Roles that need a second factor besides the password. */
  readonly secondFactorOf: readonly Role[]
}

/** A session held by a browser. */
export type HeldSession = {
  readonly session: string
  readonly member: Member
  /** What the member must do first; absent for nothing. */
  readonly owes?: Owed
  /** When it ends if it stays idle, and when it ends at the latest. */
  readonly idleEndsAtMs: number
  readonly endsAtMs: number
}

/** Notification channel to all nodes; the payload is the id of a session that is over. */
const channel = 'staff_session_over'

/** How long a session is cached without asking the database. A sign-out on another node takes effect after that. */
const believedMs = 10_000
const sweepMs = 10_000
/** The time allowed for the second step of a sign-in. */
const halfMs = 5 * 60_000
/** The precision of the time of last use in the database, and so on other nodes. */
const touchedMs = 60_000

type Known = SessionTimes & {
  readonly member: Member
  readonly owes?: Owed
  readonly askedMs: number
  /** The time of last use in the database. */
  readonly notedAtMs: number
}

/** All sessions. A session's secret is known to the browser only; we store its hash. */
export function createSessions({
  database,
  limits,
  clock,
  log,
}: {
  readonly database: Database
  readonly limits: SessionLimits
  readonly clock: Clock
  readonly log: Log
}) {
  const known = new Map<string, Known>()
  const notices: Events<SessionNotices> = createEvents(error =>
    log.error({ reason: reasonOf(error) }, 'listener failed'),
  )
  const idleEndOf = (member: Member, usedAtMs: number) => usedAtMs + limits.idleMs(member.role)
  const isOver = ({ member, usedAtMs, endsAtMs }: SessionTimes & { readonly member: Member }) =>
    Math.min(endsAtMs, idleEndOf(member, usedAtMs)) <= clock.now()
  const shown = (session: string, { member, owes, usedAtMs, endsAtMs }: Known): HeldSession => ({
    session,
    member,
    owes,
    idleEndsAtMs: idleEndOf(member, usedAtMs),
    endsAtMs,
  })

  /** Sessions that are over, with the time until which an earlier query may still return them as valid. */
  const over = new Map<string, number>()
  const forget = (id: string) => {
    const isTold = over.has(id)
    over.set(id, clock.monotonicMs() + believedMs)
    known.delete(id)
    if (!isTold) notices.emit('over', { session: id })
  }
  /** Notices sessions that expired while unused, so that everything opened with them is closed. */
  const sweep = () => {
    for (const [id, one] of known) if (isOver(one)) void look(id).catch(away)
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

  /** While the database is away, members who were recently signed in still are, because callers are waiting for them. */
  async function look(id: string): Promise<HeldSession | undefined> {
    const before = known.get(id)
    if (before && !isOver(before) && clock.monotonicMs() - before.askedMs < believedMs)
      return shown(id, before)
    // A session that looks expired here may have been used on another node.
    const row = await selectSession(database, id).catch((error: unknown) => {
      if (!before) throw error
      return before
    })
    const now = row && {
      member: row.member,
      owes: 'half' in row ? owedBy(row) : row.owes,
      beganAtMs: row.beganAtMs,
      usedAtMs: Math.max(row.usedAtMs, before?.usedAtMs ?? 0),
      endsAtMs: row.endsAtMs,
      notedAtMs: row.usedAtMs,
      askedMs: clock.monotonicMs(),
    }
    if (!now || over.has(id)) {
      forget(id)
      return undefined
    }
    if (isOver(now)) {
      await end(id)
      await deleteSession(database, id).catch(away)
      return undefined
    }
    known.set(id, now)
    return shown(id, now)
  }

  function owedBy({ half, temporary, hasPassword, hasFactor, member }: StoredSession): Owed | undefined {
    if (half) return 'second-factor'
    if (temporary) return 'password'
    return hasPassword && !hasFactor && limits.secondFactorOf.includes(member.role) ? 'enrolment' : undefined
  }

  return {
    notices,

    /** @param isHalf whether the second step is still missing @returns the session's secret. @throws Fault from the database */
    async open(member: Member, isHalf: boolean, place: SessionPlace): Promise<string> {
      sweep()
      await deleteEndedSessions(database, clock.now())
      const secret = newSecret(256)
      const nowMs = clock.now()
      const times = {
        beganAtMs: nowMs,
        usedAtMs: nowMs,
        endsAtMs: nowMs + (isHalf ? halfMs : limits.lastsMs),
      }
      await insertSession(database, idOf(secret), member.name, { ...times, ...place, isHalf })
      // Read it once, so that it is cached from here on.
      await look(idOf(secret))
      return secret
    },

    find: (secret: string): Promise<HeldSession | undefined> => look(idOf(secret)),

    /** Notes that a session is in use. */
    use(id: string): void {
      const one = known.get(id)
      if (!one || isOver(one)) return
      const nowMs = clock.now()
      const isDue = nowMs - one.notedAtMs >= touchedMs
      known.set(id, { ...one, usedAtMs: nowMs, notedAtMs: isDue ? nowMs : one.notedAtMs })
      if (!isDue) return
      touchSession(database, id, nowMs).catch(error =>
        log.warn({ reason: reasonOf(error) }, 'the last use of a session was not noted'),
      )
    },

    /** Forgets what is cached about a member, because what they must do first has changed. */
    refresh(name: string): void {
      for (const [id, one] of known)
        if (one.member.name === name) known.set(id, { ...one, askedMs: -Infinity })
    },

    /** A member's open sessions, most recently used first. */
    async list({ name, role }: Pick<Member, 'name' | 'role'>): Promise<readonly SessionShown[]> {
      const rows = await selectSessionsOf(database, name)
      return rows
        .map(row => ({ ...row, usedAtMs: Math.max(row.usedAtMs, known.get(row.id)?.usedAtMs ?? 0) }))
        .filter(({ usedAtMs, endsAtMs }) => Math.min(endsAtMs, usedAtMs + limits.idleMs(role)) > clock.now())
    },

    /** Closes a session. @throws Fault from the database; on this node it is closed anyway */
    async close(secret: string): Promise<void> {
      await end(idOf(secret))
      await deleteSession(database, idOf(secret))
    },

    /** @throws Fault `session-unknown` */
    async closeOne(name: string, id: string): Promise<void> {
      if ((await deleteSessionOf(database, name, id)) === 0) throw unknown(id)
      await end(id)
    },

    /** Closes all of a member's sessions. @param but one that stays open */
    async closeAllOf(name: string, but?: string): Promise<void> {
      for (const [id, { member }] of known) if (member.name === name && id !== but) forget(id)
      for (const id of await deleteSessionsOf(database, name, but)) await end(id)
    },

    async stop(): Promise<void> {
      stopSweep()
      ;(await off)()
    },
  }
}
export type Sessions = ReturnType<typeof createSessions>

const idOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

const unknown = (id: string) =>
  new Fault({
    code: 'session-unknown',
    place: 'id',
    found: JSON.stringify(id.slice(0, 64)),
    expected: 'the id of a session that is open',
  })
