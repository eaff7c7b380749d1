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

/** What is checked, for what, and by whom at the desk. */
export type Checked = {
  readonly number: string
  /** What the number is to be rung about, as an order's number: a code for one is none for another. */
  readonly about: string
  readonly by: string
}

export type NumberChecks = {
  /**
   * Sends a code. What is said of it is the same for every number, known here or not.
   * @returns until when it is good
   * @throws Fault `code-too-often`, and what the gateway for texts throws
   */
  send(checked: Checked & { readonly language: string }): Promise<number>
  /**
   * Holds what somebody read back against the latest code, and what follows from it happens in one transaction with it.
   * @throws Fault `code-wrong`, `code-over`
   */
  readBack<Done>(checked: Checked, code: string, then: (tx: Queries) => Promise<Done>): Promise<Done>
  isVerified(number: string): Promise<boolean>
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** The only writers of the table of checks. */
export function createNumberChecks({
  database,
  clock,
  city,
  send,
}: {
  readonly database: Database
  readonly clock: Clock
  /** Whose words the message is in. */
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
      // First written, then sent: a code that was sent counts, whatever comes of us; one that the gateway would not have does not.
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
      // Counted before it is looked at, so that many guesses at once are no more than many.
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
