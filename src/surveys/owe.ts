import type { Contact } from '../callers/index.ts'
import { newId } from '../foundation/index.ts'
import type { Queries } from '../storage/index.ts'
import type { HandParts, Hands } from './hand.ts'
import { type Afterwards, firstRingMs } from './next.ts'
import { insertSurvey, lockSurvey, optedOut } from './store.ts'

/** A closing that the citizen is to be asked about. */
export type Owing = {
  readonly order: string
  /** 1 for the order's first closing. */
  readonly cycle: number
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  readonly closedAtMs: number
  readonly unit: string
  readonly category: string
  readonly street: string
  /** Beyond the unit's duty, and the citizen was told so: their answer to "solved" does not count. */
  readonly isReferred?: boolean
}

/** The campaign of all survey calls owed for closings. */
export const closedOrders = 'closed-orders'

/** Creates surveys for closings. */
export function createOwing({ rules, clock }: HandParts, { inHand, note, put, follow }: Hands) {
  return {
    /** Called in the transaction that closes the order. A closing is asked about once, however often this is called. */
    async owe(tx: Queries, owing: Owing): Promise<void> {
      const { contact, order, cycle, elder, unit, category, street, closedAtMs, isReferred = false } = owing
      const id = newId('survey', clock.now())
      const number = 'number' in contact ? contact.number : undefined
      const isNew = await insertSurvey(tx, {
        id,
        campaign: closedOrders,
        order,
        cycle,
        elder,
        language: owing.language,
        unit,
        category,
        street,
        closedAtMs,
        isReferred,
        dialNumber: contact.mode === 'voice' ? contact.number : undefined,
        textNumber: number,
      })
      if (!isNew) return
      const row = await lockSurvey(tx, id)
      if (!row) return
      const hand = inHand(row, [])
      note(hand, {
        kind: 'owed',
        campaign: closedOrders,
        language: owing.language,
        order,
        cycle,
        contact: contact.mode,
        elder,
        unit,
        category,
        street,
        closedAtMs,
        isReferred: isReferred ? true : undefined,
      })
      const isUnwilling = number !== undefined && (await optedOut(tx, [number])).size > 0
      const next: Afterwards =
        number === undefined || isUnwilling
          ? { kind: 'settle', as: isUnwilling ? 'opted-out' : 'unreached' }
          : { kind: 'wait', untilMs: firstRingMs(closedAtMs, elder, rules) }
      await put(tx, [await follow(tx, hand, next)])
    },
  }
}
