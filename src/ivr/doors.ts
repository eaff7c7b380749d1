import type { Calendar, City } from '../city/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { Call, Journal } from '../telephony/index.ts'
import type { FlowEvent, QueueOutcome } from './events.ts'
import type { ToldIncident } from './told.ts'
import type { Values } from './turn.ts'

/** What a caller may be told beside their place. */
export type QueueNews = {
  /** How long they will wait; absent where there is no estimate that helps. */
  readonly waitMinutes?: number
  /** Skills that nobody who is signed in has. */
  readonly lacking: readonly string[]
}

/** What a flow can have done in the house; `main.ts` opens these. */
export type FlowDoors = {
  readonly prompts: { sound(utterance: Utterance, signal?: AbortSignal): Promise<Sound> }
  /** Played over and over to who waits in the queue. */
  readonly music?: Sound
  /** false: a key answers a question only once that is being asked (see fresh-answers.ts); true when absent. */
  readonly isTypedAhead?: boolean
  /** What callers say is turned into text for whoever answers: they are told. */
  readonly transcribes?: boolean
  /** What they say to whoever answers is recorded: they are told. */
  records?(call: Call): boolean
  /** Who rings, within a moment: the greeting waits for it. */
  caller(call: Call): Promise<{ readonly elder: boolean; readonly language?: string }>
  /** What is wrong in the city now, in the words of this language, the newest first; nothing when absent. */
  incidents?(language: string): readonly ToldIncident[]
  /** Callers in the queue now. */
  waiting(): number
  /**
   * A place in the queue for a person. `onPlace` is told each new place from 1, and 0 once a person has answered and is
   * being connected: from then on the flow says nothing. Resolves `served` when the two hear each other.
   */
  queue(
    call: Call,
    options: {
      readonly reason: string
      readonly priority: number
      /** Anybody may ask for that priority by a key: neither the number that rang nor the one that was rung says it. */
      readonly isClaimed: boolean
      /** What whoever answers should be able to do: tags of languages among it. */
      readonly skills: readonly string[]
      readonly onPlace: (place: number, news?: QueueNews) => void
      readonly signal: AbortSignal
    },
  ): Promise<QueueOutcome>
  /** Rings an outside number; resolves when the two hear each other, rejects when nobody answers. */
  transfer(call: Call, number: string, signal: AbortSignal): Promise<void>
  /** Keeps what the caller says until the signal aborts or the call ends; resolves when it is safe. */
  record(call: Call, name: string, values: Values, signal: AbortSignal): Promise<void>
  /**
   * A callback is owed to this number, for the recording of this name where they left one. Resolves once that is safe, in
   * the database or on the disk, with the time by which they will have been rung, where that can be told; rejects when it
   * is in neither.
   * @param owed `dueAtMs`: what they were told in this call before
   */
  promise(
    call: Call,
    owed: { readonly number: string; readonly message?: string; readonly dueAtMs?: number },
  ): Promise<{ readonly dueAtMs?: number }>
  /** What verbs do in the world, by name. */
  readonly actions: Readonly<Record<string, Action>>
  /** Told of everything that happens in the flow, in order. What it throws costs the call nothing. */
  tell?(call: Call, event: FlowEvent): void
  readonly calendar: Calendar
  /** Whose numbers are said as people there say them. */
  readonly home: Pick<City, 'country'>
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
}

export type Action = (call: Call, values: Values, signal: AbortSignal) => Promise<Values>
