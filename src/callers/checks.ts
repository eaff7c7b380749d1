import type { CitizenTexts } from '../city/index.ts'
import { type Clock, Fault, newId } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { checkRules, codeHash, codeText, isCode, newCode, plainCode } from './check.ts'
import {
  countChecks,
  deleteCheck,
  insertCheck,
  isChecked,
  selectCheck,
  takeTry,
  verifyCheck,
} from './check-store.ts'

/** The number to check, its purpose, and the person at the desk. */
export type Checked = {
  readonly number: string
  /** The purpose, for example an order's number; a code for one purpose is not valid for another. */
  readonly about: string
  readonly by: string
}

export type NumberChecks = {
  /**
   * Sends a code. The answer is the same for every number, known or not.
   * @returns until when the code is valid
   * @throws Fault `code-too-often`, and what the text gateway throws
   */
  send(checked: Checked & { readonly language: string }): Promise<number>
  /**
   * Compares a code read back with the latest one, and runs `then` in the same transaction.
   * @throws Fault `code-wrong`, `code-over`
   */
  readBack<Done>(checked: Checked, code: string, then: (tx: Queries) => Promise<Done>): Promise<Done>
  isVerified(number: string): Promise<boolean>
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** The only writer of the table of checks. */
export function createNumberChecks({
  database,
  clock,
  city,
  send,
}: {
  readonly database: Database
  readonly clock: Clock
  /** The city, with its wording of texts. */
  readonly city: { readonly texts: Pick<CitizenTexts, 'code'> }
  send(text: { readonly id: string; readonly to: string; readonly text: string }): Promise<void>
}): NumberChecks {
  return {
    async send({ number, about, by, language }) {
      const nowMs = clock.now()
      const counts = await countChecks(database, number, by, nowMs - 60 * minuteMs)
      if (counts.toNumber >= checkRules.mostToNumber || counts.bySender >= checkRules.mostBySender)
        throw new Fault({
          code: 'code-too-often',
          place: 'number',
          found: 'as many codes as may be sent in an hour',
          expected: 'a pause',
        })
      const id = newId('check', nowMs)
      const code = newCode()
      const untilMs = nowMs + checkRules.minutes * minuteMs
      // Stored before it is sent, so that a sent code always counts; a code that the gateway refuses does not.
      await insertCheck(database, { id, number, about, by, hash: codeHash(id, code), nowMs, untilMs })
      const text = codeText(code, language, city.texts.code)
      await send({ id, to: number, text }).catch(async (error: unknown) => {
        await deleteCheck(database, id)
        throw error
      })
      return untilMs
    },
    async readBack({ number, about, by }, code, then) {
      const latest = await selectCheck(database, number, about, clock.now())
      // Counted before it is compared, so that concurrent guesses cannot exceed the limit.
      const left = latest && (await takeTry(database, latest.id, checkRules.tries))
      if (!latest || left === undefined)
        throw new Fault({
          code: 'code-over',
          place: 'code',
          found: 'no code that is still good',
          expected: 'a new one, to be sent',
        })
      if (!isCode(latest.id, plainCode(code), latest.hash))
        throw new Fault({
          code: 'code-wrong',
          place: 'code',
          found: 'another code',
          expected: `that of the latest message; ${left} more tries`,
        })
      return database.transaction(async tx => {
        await verifyCheck(tx, latest.id, by, clock.now())
        return then(tx)
      })
    },
    isVerified: number => isChecked(database, number, clock.now() - checkRules.validDays * dayMs),
  }
}
