import type { Fault } from '../foundation/index.ts'
import type { RuleSubjectName } from './api.ts'

/** Rules of one subject as this room knows them: a text that can be read, and rooms that read what holds. */
export type RuleSubject = {
  readonly name: RuleSubjectName
  /** The file in which it began, as people know it. */
  readonly file: string
  /** What the file says, in one form. */
  readonly text: string
  readonly needsSecond: boolean
  /** Whether one person may have a version hold again on which two agreed. */
  readonly backAlone: boolean
  /** The same in one form, all that it leaves unsaid included. @throws FaultList with the place of each fault */
  read(text: string): string
  /** What keeps it from following what was decided before, were it to hold from then on. */
  guard(next: string, before: string, fromMs: number): Promise<readonly Fault[]>
  /** From now on it holds on this node. */
  hold(text: string): void
}

type Described<Value> = {
  readonly name: RuleSubjectName
  readonly file: string
  readonly first: Value
  /** Whether whoever publishes must be another than who wrote. */
  readonly needsSecond?: boolean
  /** Whether one person may have a version hold again on which two agreed. */
  readonly backAlone?: boolean
  /** @param name of the file in places of faults */
  read(text: string, name: string): Value
  write(value: Value): object
  guard?(next: Value, before: Value, fromMs: number): readonly Fault[] | Promise<readonly Fault[]>
  hold(value: Value): void
}

export function ruleSubject<Value>(described: Described<Value>): RuleSubject {
  const { name, file, first, needsSecond = false, backAlone = false } = described
  const read = (text: string) => described.read(text, `${name}.json`)
  const write = (value: Value) => `${JSON.stringify(described.write(value), null, 2)}\n`
  return {
    name,
    file,
    text: write(first),
    needsSecond,
    backAlone,
    read: text => write(read(text)),
    guard: async (next, before, fromMs) => (await described.guard?.(read(next), read(before), fromMs)) ?? [],
    hold: text => described.hold(read(text)),
  }
}
