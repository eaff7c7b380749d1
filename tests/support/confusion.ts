/** Who was taken for whom. */
import type { AnsweredBy } from '../../src/telephony/index.ts'
import type { AnsweredCall } from './answered-calls.ts'

export type Confusion = Readonly<Record<AnsweredCall['who'], Readonly<Record<AnsweredBy, number>>>>

export function confusionOf(
  calls: readonly AnsweredCall[],
  decide: (call: AnsweredCall) => AnsweredBy,
): Confusion {
  const rows = { person: { person: 0, machine: 0, unsure: 0 }, machine: { person: 0, machine: 0, unsure: 0 } }
  for (const call of calls) rows[call.who][decide(call)]++
  return rows
}

export const personsTakenForMachines = ({ person }: Confusion) =>
  person.machine / (person.person + person.machine + person.unsure)

export const machinesFound = ({ machine }: Confusion) =>
  machine.machine / (machine.person + machine.machine + machine.unsure)

export function printed(name: string, { person, machine }: Confusion): string {
  const row = (who: string, counts: Confusion['person']) =>
    `  ${who.padEnd(10)}${[counts.person, counts.unsure, counts.machine].map(count => String(count).padStart(9)).join('')}`
  return [
    `${name}: who answered (row), what was decided (column; "unsure" is spoken to)`,
    `  ${''.padEnd(10)}${['person', 'unsure', 'machine'].map(word => word.padStart(9)).join('')}`,
    row('person', person),
    row('machine', machine),
  ].join('\n')
}
