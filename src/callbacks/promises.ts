import type { Desk } from '../desk/index.ts'
import type { Log } from '../foundation/index.ts'
import {
  type Call,
  type Home,
  type Journal,
  normaliseNumber,
  type StoredJournal,
} from '../telephony/index.ts'
import type { Callbacks } from './callbacks.ts'
import { fault } from './faults.ts'

type PromiseDependencies = {
  readonly callbacks: Pick<Callbacks, 'dueNow'>
  readonly desk: Pick<Desk, 'figures'>
  readonly journal: Journal
  /** Tells whether what was written to the journal is safely stored. */
  readonly kept: Pick<StoredJournal, 'safe' | 'dropped'>
  readonly home: Home
  readonly log: Log
}

/**
 * Owes a callback before it is promised in words. Resolves once that is safe in the database or on disk, with the
 * time by which they will have been rung, if that can be told.
 * @param dueAtMs the time told earlier in this call, which holds
 * @throws Fault `promise-unsafe`
 */
export async function promiseCallback(
  { callbacks, desk, journal, kept, home, log }: PromiseDependencies,
  call: Call,
  {
    number,
    message,
    dueAtMs: toldAtMs,
  }: { readonly number: string; readonly message?: string; readonly dueAtMs?: number },
): Promise<{ readonly dueAtMs?: number }> {
  const rung = normaliseNumber(number, home)
  const isOurs = call.isProved !== false && rung === normaliseNumber(call.caller, home)
  const nowAtMs = await callbacks.dueNow({ number: rung, isOurs, isBusy: desk.figures().waiting > 0 })
  const dueAtMs = toldAtMs === undefined ? nowAtMs : Math.min(toldAtMs, nowAtMs ?? toldAtMs)
  const dropped = kept.dropped()
  journal.write(call.id, { kind: 'promised', number, message, dueAtMs })
  const where = kept.dropped() === dropped ? await kept.safe(call.id) : undefined
  if (where === 'disk') log.warn({ call: call.id }, 'a promise is kept on the disk: its row comes later')
  if (where) return { dueAtMs }
  throw fault(
    'promise-unsafe',
    'callback',
    'neither the database nor the disk takes it',
    'one of them, so that nobody is told what is then forgotten',
  )
}
