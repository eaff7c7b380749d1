import { createHash } from 'node:crypto'
import { type Clock, Fault, type Log, newSecret, reasonOf } from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database } from '../storage/index.ts'
import type { MadeProgram, NewProgram, ProgramShown } from './api.ts'
import type { StaffFaultCode } from './faults.ts'
import { appendProgramEvent } from './program-events.ts'
import {
  insertProgram,
  lockProgram,
  selectProgramByToken,
  selectPrograms,
  touchProgram,
  updateRevoked,
} from './program-store.ts'

/** A program identified by its token: its name and scopes. */
export type Program = { readonly name: string; readonly scopes: readonly string[] }

export type Programs = {
  /**
   * @param by who adds it
   * @returns the program and its token, which cannot be shown again
   * @throws Fault `program-exists`, also for a revoked name, because what it did stays under its name
   */
  add(program: NewProgram, by: string): Promise<MadeProgram>
  list(): Promise<readonly ProgramShown[]>
  /** Revokes its token. @throws Fault `program-unknown`, `program-revoked` */
  revoke(name: string, by: string): Promise<void>
  /** The program of a token; undefined if it is unknown, expired or revoked. */
  find(token: string): Promise<Program | undefined>
}

type ProgramOptions = {
  readonly database: Database
  readonly ledger: Ledger
  readonly clock: Clock
  readonly log: Log
}

const dayMs = 24 * 60 * 60_000
/** How long a token is cached without asking the database. A revocation on another node takes effect after that. */
const believedMs = 10_000
/** The precision of the time of last use. */
const touchedMs = 60_000

type Known = { readonly program: Program; readonly endsAtMs: number; readonly askedMs: number }

/** Programs that may use the API, each under its own name. Only hashes of tokens are stored. */
export function openPrograms({ database, ledger, clock, log }: ProgramOptions): Programs {
  const known = new Map<string, Known>()
  const touched = new Map<string, number>()

  const touch = (name: string) => {
    const nowMs = clock.now()
    if (nowMs - (touched.get(name) ?? 0) < touchedMs) return
    touched.set(name, nowMs)
    touchProgram(database, name, nowMs).catch(error =>
      log.warn({ reason: reasonOf(error) }, 'the last use of a token was not noted'),
    )
  }

  return {
    async add({ name, owner, scopes, days }, by) {
      const token = `jt_${newSecret(256)}`
      const atMs = clock.now()
      const made = { name, owner, scopes, madeAtMs: atMs, endsAtMs: atMs + days * dayMs }
      await database.transaction(async tx => {
        await lockProgram(tx, name)
        if ((await insertProgram(tx, made, hashOf(token))) === 0) throw exists(name)
        const { madeAtMs: _, ...said } = made
        await appendProgramEvent(
          ledger,
          tx,
          name,
          { kind: 'let-in', token: hashOf(token), ...said },
          by,
          atMs,
        )
      })
      return { program: made, token }
    },

    list: () => selectPrograms(database),

    async revoke(name, by) {
      const atMs = clock.now()
      await database.transaction(async tx => {
        await lockProgram(tx, name)
        const program = (await selectPrograms(tx)).find(one => one.name === name)
        if (!program) throw unknown(name)
        if (program.revokedAtMs !== undefined) throw revoked(name)
        await updateRevoked(tx, name, atMs)
        await appendProgramEvent(ledger, tx, name, { kind: 'revoked' }, by, atMs)
      })
      for (const [hash, { program }] of known) if (program.name === name) known.delete(hash)
    },

    /** While the database is away, recently verified tokens are still accepted. */
    async find(token) {
      const hash = hashOf(token)
      const before = known.get(hash)
      const isFresh = before && clock.monotonicMs() - before.askedMs < believedMs
      const found = isFresh
        ? before
        : await selectProgramByToken(database, hash).catch((error: unknown) => {
            if (!before) throw error
            return before
          })
      if (!found || found.endsAtMs <= clock.now()) {
        known.delete(hash)
        return undefined
      }
      if (!isFresh) known.set(hash, { ...found, askedMs: clock.monotonicMs() })
      touch(found.program.name)
      return found.program
    },
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

const fault = (code: StaffFaultCode, found: string, expected: string) =>
  new Fault({ code, place: 'name', found, expected })
const exists = (name: string) =>
  fault('program-exists', `${JSON.stringify(name)}, which a program has or had`, 'a new name')
const unknown = (name: string) => fault('program-unknown', JSON.stringify(name), 'the name of a program')
const revoked = (name: string) =>
  fault('program-revoked', `${JSON.stringify(name)}, which was revoked`, 'a program that is let in')
