import { type Callers, type Contact, vouchFor } from '../callers/index.ts'
import { type CallRecords, type Home, normaliseNumber } from '../telephony/index.ts'
import type { NewOrderRequest } from './api.ts'
import type { NewOrder } from './command.ts'
import { fault } from './faults.ts'

export type DemandDependencies = {
  readonly callers: Pick<Callers, 'find'>
  readonly calls: Pick<CallRecords, 'find' | 'hasRung'>
  readonly isVerified: (number: string) => Promise<boolean>
  /** Where numbers are at home that do not say where they are. */
  readonly city: Home
}

/**
 * What a seat asks for, as the order that it becomes: what a call and its number say of themselves is not asked of the
 * seat.
 * @throws Fault `call-unknown`, `number-missing`
 */
export async function demandOf(
  { contact: wished, anyway: _, by: __, draft: ___, ...asked }: NewOrderRequest,
  dependencies: DemandDependencies,
): Promise<NewOrder> {
  const { callers, calls, city } = dependencies
  const call = asked.call === undefined ? undefined : await callIn(asked.call, calls)
  const caller = call?.caller ?? writtenNumber(asked.caller ?? '', city)
  const known = await callers.find(call?.proved === false ? '' : caller)
  return {
    language: known.language,
    elder: known.elder,
    ...asked,
    caller,
    contact: await contactOf(wished, caller, dependencies),
    rangAtMs: call?.invitedAt.getTime(),
  }
}

/** People write a number down as they key it; calls, wishes not to be rung and orders are under its E.164 form. */
export const writtenNumber = (number: string, city: Home) => normaliseNumber(number, city)

/** @throws Fault `call-unknown` */
export async function callIn(id: string, calls: Pick<CallRecords, 'find'>) {
  const found = await calls.find(id)
  if (found?.call.direction === 'in') return found.call
  throw fault('call-unknown', 'call', `"${id}"`, 'the id of a call that came in')
}

async function contactOf(
  wished: NewOrderRequest['contact'],
  caller: string,
  { calls, isVerified, city }: DemandDependencies,
): Promise<Contact> {
  if (wished?.mode === 'none' || (wished === undefined && caller === '')) return { mode: 'none' }
  const number = wished?.number === undefined ? caller : writtenNumber(wished.number, city)
  const mode = wished?.mode ?? 'voice'
  if (number === '') throw fault('number-missing', 'body.contact.number', 'nothing', 'a number, or mode none')
  return mode === 'voice' ? vouchFor(number, { hasRung: calls.hasRung, isVerified }) : { mode, number }
}
