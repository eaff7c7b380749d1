import type { Calendar, City } from '../city/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { Call, Journal } from '../telephony/index.ts'
import type { FlowEvent, QueueOutcome } from './events.ts'
import type { ToldIncident } from './told.ts'
import type { Values } from './turn.ts'

/** What a waiting caller may be told besides their place. */
export type QueueNews = {
  /** The estimated wait; absent when there is no helpful estimate. */
  readonly waitMinutes?: number
  /** Wanted skills that no agent who is signed in has. */
  readonly lacking: readonly string[]
}

/** What a flow can ask the product to do. `main.ts` provides it. */
export type FlowDoors = {
  readonly prompts: { sound(utterance: Utterance, signal?: AbortSignal): Promise<Sound> }
  /** Played in a loop to callers in the queue. */
  readonly music?: Sound
  /** Whether keys may be typed ahead. If false, a key answers a question only once its prompt began (see fresh-answers.ts). Default true. */
  readonly isTypedAhead?: boolean
  /** Whether the conversation with an agent is transcribed, which callers are told. */
  readonly transcribes?: boolean
  /** Whether the conversation with an agent is recorded, which callers are told. */
  records?(call: Call): boolean
  /** What is known about the caller. The greeting waits for this, so it must be quick. */
  caller(call: Call): Promise<{ readonly elder: boolean; readonly language?: string }>
  /** Known incidents in the city, in this language, newest first; none when absent. */
  incidents?(language: string): readonly ToldIncident[]
  /** The number of callers in the queue. */
  waiting(): number
  /**
   * Puts the caller in the queue for a person. `onPlace` is called with each new place, starting at 1, and with 0 once a
   * person has answered and is being connected; from then on the flow says nothing. Resolves with `served` when the two
   * hear each other.
   */
  queue(
    call: Call,
    options: {
      readonly reason: string
      readonly priority: number
      /** Whether the priority was only claimed by pressing a key, and follows from neither the caller's nor the called number. */
      readonly isClaimed: boolean
      /** Skills that the agent should have, language tags included. */
      readonly skills: readonly string[]
      readonly onPlace: (place: number, news?: QueueNews) => void
      readonly signal: AbortSignal
    },
  ): Promise<QueueOutcome>
  /** Rings an outside number. Resolves when the two hear each other; rejects when nobody answers. */
  transfer(call: Call, number: string, signal: AbortSignal): Promise<void>
  /** Records the caller until the signal aborts or the call ends. Resolves when the recording is saved. */
  record(call: Call, name: string, values: Values, signal: AbortSignal): Promise<void>
  /**
   * Owes a callback to this number, with the name of the message if the caller left one. Resolves once that is saved, in
   * the database or on disk, with the time by which the caller will be rung, if that can be told. Rejects if it could be
   * saved in neither.
   * @param owed `dueAtMs`: the time that the caller was told earlier in this call
   */
  promise(
    call: Call,
    owed: { readonly number: string; readonly message?: string; readonly dueAtMs?: number },
  ): Promise<{ readonly dueAtMs?: number }>
  /** The actions that verbs can perform outside the flow, by name. */
  readonly actions: Readonly<Record<string, Action>>
  /** Called with every event of the flow, in order. An error that it throws does not affect the call. */
  tell?(call: Call, event: FlowEvent): void
  readonly calendar: Calendar
  /** The country by whose customs numbers are read out. */
  readonly home: Pick<City, 'country'>
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
}

export type Action = (call: Call, values: Values, signal: AbortSignal) => Promise<Values>
