import type { Fault } from '../foundation/index.ts'
import type { RuleSubjectName } from './api.ts'

/** A subject's rules as this room handles them: a text, and functions to read it and put it in force. */
export type RuleSubject = {
  readonly name: RuleSubjectName
  /** The file from which it started, by the name that people know. */
  readonly file: string
  /** The file's text in normalized form. */
  readonly text: string
  readonly needsSecond: boolean
  /** Whether one person may have a version hold again on which two agreed. */
  readonly backAlone: boolean
  /** Normalizes a text, with defaults filled in. @throws FaultList with the place of each fault */
  read(text: string): string
  /** The faults that keep the next rules from replacing the previous ones from that time on. */
  guard(next: string, before: string, fromMs: number): Promise<readonly Fault[]>
  /** Puts the rules in force on this node. */
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
  /** @param name of the file, used in the places of faults */
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
