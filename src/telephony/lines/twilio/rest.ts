import { Fault } from '../../../foundation/index.ts'

/** A call that Twilio is told to make. Numbers in E.164. */
export type CallOrder = {
  readonly to: string
  readonly from: string
  /** What happens once it is answered. */
  readonly twiml: string
  /** Told of every state of the call. */
  readonly statusUrl: string
  /** Told who answered, a person or a machine; without it nobody listens for that. */
  readonly machineUrl?: string
  readonly ringMs: number
}

/** A call as Twilio keeps it. */
export type PlacedCall = { readonly sid: string; readonly status: string; readonly madeAtMs: number }

/** Calls in Twilio's REST API. Each throws a Fault with a `RestFailure` as its code. */
export type TwilioRest = {
  /** @returns its sid */
  create(order: CallOrder): Promise<string>
  fetch(sid: string): Promise<PlacedCall>
  /** Calls between two numbers, newest first. */
  find(numbers: Pick<CallOrder, 'to' | 'from'>): Promise<readonly PlacedCall[]>
  /** Hangs up, in whatever state the call is; nothing to do for one that is over. */
  end(sid: string): Promise<void>
}

/**
 * What became of a request that failed: nothing yet, and it may be asked again (`rest-later`); nobody knows
 * (`rest-unknown`); nothing, nor will it (`rest-refused`); nothing, as we are not let in (`rest-barred`).
 */
export type RestFailure = 'rest-later' | 'rest-unknown' | 'rest-refused' | 'rest-barred'

/** Failures of a connection that never came up: no request has left. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

/** @param status of HTTP, absent when none came. @param code Twilio's own of an error, or the system's. */
export function restFault(status: number | undefined, code: unknown): Fault {
  const said = status === undefined ? `no reply (${code})` : `status ${status}, error ${code ?? 'not named'}`
  return new Fault({
    code: failureOf(status, code),
    place: 'Twilio',
    found: said,
    expected: 'a request that is taken',
  })
}

function failureOf(status: number | undefined, code: unknown): RestFailure {
  if (status === undefined) return unsent.includes(String(code)) ? 'rest-later' : 'rest-unknown'
  if (status === 429) return 'rest-later'
  if (status === 401 || status === 403) return 'rest-barred'
  return status >= 500 || status === 408 ? 'rest-unknown' : 'rest-refused'
}

export const mayAskAgain = (error: unknown): boolean =>
  error instanceof Fault && (error.code === 'rest-later' || error.code === 'rest-unknown')
