import { z } from 'zod'
import type { Caller } from '../callers/index.ts'
import type { SeatTalk } from './conversations.ts'
import type { SeatView } from './seat.ts'

/** What a seat's page and this room say to each other. The page knows it as ToSeatPage and SeatOrder of the contract. */
const order = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['ready', 'away', 'hold', 'resume', 'cancel']) }),
  z.strictObject({ kind: z.literal('to-seat'), seat: z.string().max(32) }),
  z.strictObject({ kind: z.literal('outside'), number: z.string().max(16) }),
])
export type SeatOrder = z.output<typeof order>

/** Somebody whom a caller can be handed over to, as configured. */
export type OutsideNumber = { readonly number: string; readonly name: string }

/** An earlier call of the same number. */
export type PastCall = {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly invitedAtMs: number
  readonly durationMs?: number
  readonly seat?: string
}

export type TalkShown = {
  readonly id: string
  readonly number: string
  readonly reason: string
  readonly phase: SeatTalk['phase']
  readonly invitedAtMs: number
  readonly caller?: Caller & { readonly past: readonly PastCall[] }
  readonly captions?: string
}

export type ToScreen =
  | {
      readonly kind: 'desk'
      readonly seat: SeatView
      readonly waiting: number
      readonly others: readonly Pick<SeatView, 'name' | 'display' | 'state'>[]
      readonly numbers: readonly OutsideNumber[]
      readonly nowMs: number
    }
  | { readonly kind: 'talk'; readonly talk?: TalkShown }
  | { readonly kind: 'refused'; readonly order: SeatOrder['kind']; readonly code: string }
  | { readonly kind: 'beat' }

/** Undefined for what is no order. */
export function readOrder(message: string | Uint8Array): SeatOrder | undefined {
  if (typeof message !== 'string') return undefined
  try {
    return order.safeParse(JSON.parse(message)).data
  } catch {
    return undefined
  }
}
