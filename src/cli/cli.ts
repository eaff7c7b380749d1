import type { Command } from 'commander'
import { Fault, type FaultCode, FaultList } from '../foundation/index.ts'
import type { TimelineLanguage } from '../telephony/index.ts'
import type { Client } from './client.ts'
import type { Messages } from './messages/zh-CN.ts'

/** The world around one command: where it reads and writes, and in which language. */
export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>
  write(text: string): void
  complain(text: string): void
  readInput(): Promise<string>
  /** Characters as they are typed, until the signal aborts or the input ends. */
  typed(signal: AbortSignal): AsyncIterable<string>
  /**
   * One line that nobody sees being typed, twice where there is a second question; the next of standard input where that is
   * no terminal.
   */
  readSecret(question: string, again?: string): Promise<string>
}

/** What a command has at hand. */
export type Cli = {
  readonly env: Terminal['env']
  readonly language: TimelineLanguage
  readonly words: Messages
  /** The running hotline. */
  readonly hotline: Client
  /** Prints the value for programs when --json was given, else the text for people. */
  answer(value: unknown, text: string): void
  print(line: string): void
  /** Says on standard error what went wrong. */
  explain(error: unknown): void
  complain(line: string): void
  readInput(): Promise<string>
  typed: Terminal['typed']
  readSecret: Terminal['readSecret']
  /** Leaves with this code once the command is over. */
  exitWith(code: number): void
}

/** One group of commands: a file in `commands/`, a line in `run.ts`. */
export type AddCommands = (program: Command, cli: Cli) => void

/** All went well; refused or failed; wrong arguments or settings; nobody to ask. */
export const exit = { done: 0, refused: 1, wrong: 2, silent: 3 } as const

const exitCodes: Readonly<Partial<Record<FaultCode, number>>> = {
  'server-silent': exit.silent,
  'request-invalid': exit.wrong,
  'setting-invalid': exit.wrong,
  'setting-conflict': exit.wrong,
  'city-invalid': exit.wrong,
}

export const faultsOf = (error: unknown): readonly Fault[] =>
  error instanceof FaultList ? error.faults : error instanceof Fault ? [error] : []

export function exitCodeOf(error: unknown): number {
  const code = faultsOf(error)[0]?.code
  return (code && exitCodes[code]) ?? exit.refused
}
