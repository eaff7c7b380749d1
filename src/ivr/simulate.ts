import { type City, createCalendar, exampleCity } from '../city/index.ts'
import type { Key } from '../media/index.ts'
import { syllablesIn, type Utterance, type VoiceLanguage } from '../speech/index.ts'
import { dueWords } from './due.ts'
import type { FlowSet } from './flow.ts'
import { beginning, step } from './step.ts'
import type { ToldIncident } from './told.ts'
import type { Effect, FlowState, Input, Values } from './turn.ts'

/** The conditions of a simulated call. */
export type World = {
  /** The city that is called. */
  readonly city: City
  /** Wall time of the call, ms since 1970. */
  readonly atMs: number
  /** The caller's number; '' when withheld. */
  readonly caller: string
  readonly elder: boolean
  readonly language: VoiceLanguage
  /** Known incidents, the newest first. */
  readonly incidents?: readonly ToldIncident[]
  /** The number of callers ahead of this one in the queue. */
  readonly waiting: number
  /** The announced wait in minutes; absent when there is no estimate. */
  readonly wait?: number
  /** The longest time from the promise of a callback until it is made; absent if unknown. */
  readonly dueMs?: number
  /** Whether no agent who is signed in has the wanted skill. */
  readonly lacks?: boolean
  /** `answers`: a person answers after `answersAfterMs`, or never if that is absent. */
  readonly queue: 'answers' | 'full' | 'fails'
  readonly answersAfterMs?: number
  /** The result of each action; actions not named here fail. */
  readonly actions: Readonly<Record<string, Values>>
  /** What fails in this world. */
  readonly fails: readonly ('prompt' | 'record' | 'promise' | 'transfer')[]
}

export const ordinaryWorld: World = {
  city: exampleCity,
  atMs: Date.UTC(2026, 2, 11, 2),
  caller: '13800138000',
  elder: false,
  language: 'zh-CN',
  waiting: 0,
  queue: 'answers',
  actions: { status: { status: 'handling' }, text: {} },
  fails: [],
}

/** An event of a conversation, in a simulation or on a real line. */
export type SimulatedEvent = { readonly atMs: number } & (
  | { readonly kind: 'heard'; readonly text: string }
  | { readonly kind: 'pressed'; readonly key: Key }
  | { readonly kind: 'spoke' }
  | { readonly kind: 'queue'; readonly reason: string; readonly priority: number }
  | { readonly kind: 'left' }
  | { readonly kind: 'served' }
  | { readonly kind: 'transfer'; readonly number: string }
  | { readonly kind: 'action'; readonly name: string; readonly values: Values }
  | { readonly kind: 'recording'; readonly name: string; readonly values: Values }
  | { readonly kind: 'collected'; readonly name: string; readonly value: string }
  | { readonly kind: 'ended'; readonly by: 'us' | 'them' }
)
export type WithoutTime<H> = H extends unknown ? Omit<H, 'atMs'> : never

/** A simulated call with its own time, which passes only through `advance`. */
export type Simulation = {
  readonly happenings: readonly SimulatedEvent[]
  /** Time since the call began. */
  nowMs(): number
  state(): FlowState
  /** Whether something is being said now. */
  isSaying(): boolean
  /** When the next thing happens by itself; undefined if nothing will. */
  nextMs(): number | undefined
  advance(ms: number): void
  press(key: Key): void
  speak(): void
  hangup(): void
}

/** Assumed durations of an action, of a call to an outside number, and from a seat's answer to the bridge. */
export const timesOf = { actionMs: 300, transferMs: 5000, connectingMs: 500 }

const mostSteps = 2000

/** Something in progress that can be ended; one of each kind at a time. */
type Course = 'speech' | 'patience' | 'task' | 'queue'
type Due = { readonly atMs: number; readonly course: Course; readonly act: () => void }

export function simulate(
  set: FlowSet,
  flow: string,
  world: World = ordinaryWorld,
  /** Called once for each utterance, when it begins. */
  durationMs: (utterance: Utterance) => number = estimatedMs,
): Simulation {
  const calendar = createCalendar(world.city)
  const happenings: SimulatedEvent[] = []
  let nowMs = 0
  let state = beginning(flow)
  let dues: readonly Due[] = []
  let steps = 0
  let dueAtMs: number | undefined

  const dueIn = (language: VoiceLanguage) => {
    const atMs = world.atMs + nowMs
    if (world.dueMs !== undefined) dueAtMs ??= atMs + world.dueMs
    return dueAtMs === undefined ? undefined : dueWords(language, { nowMs: atMs, dueAtMs }, calendar)
  }
  const note = (happening: WithoutTime<SimulatedEvent>) => happenings.push({ ...happening, atMs: nowMs })
  const end = (...courses: readonly Course[]) => {
    dues = dues.filter(due => !courses.includes(due.course))
  }
  const later = (course: Course, delayMs: number, act: () => void) => {
    dues = [...dues, { atMs: nowMs + delayMs, course, act }].sort((one, other) => one.atMs - other.atMs)
  }
  const tell = (input: Input) => {
    // A flow that loops without any input would never let time pass.
    if (++steps > mostSteps) return end('speech', 'patience', 'task', 'queue')
    const next = step(set, state, input)
    state = next.state
    for (const effect of next.effects) perform(effect)
    if (state.doing === 'over') dues = []
  }
  const say = (utterances: readonly Utterance[]) => {
    const [first, ...rest] = utterances
    if (!first) return tell({ kind: 'promptDone' })
    // Speech that is replaced at the same instant is not heard.
    later('speech', 0, () => {
      note({ kind: 'heard', text: first.text })
      later('speech', durationMs(first), () => say(rest))
    })
  }
  const stand = () => {
    if (world.queue === 'full') return later('queue', 0, () => tell({ kind: 'full' }))
    if (world.queue === 'fails') return later('queue', 0, () => tell({ kind: 'queueFailed' }))
    const { wait: waitMinutes, lacks } = world
    later('queue', 0, () => tell({ kind: 'place', place: world.waiting + 1, waitMinutes, lacks }))
    if (world.answersAfterMs === undefined) return
    later('queue', world.answersAfterMs, () => tell({ kind: 'place', place: 0 }))
    later('queue', world.answersAfterMs + timesOf.connectingMs, () => {
      note({ kind: 'served' })
      tell({ kind: 'served' })
    })
  }
  const keep = () =>
    tell(world.fails.includes('record') ? { kind: 'actionFailed' } : { kind: 'actionDone', result: {} })

  function perform(effect: Effect) {
    switch (effect.kind) {
      case 'say':
        end('speech', 'patience')
        if (world.fails.includes('prompt')) return later('speech', 0, () => tell({ kind: 'promptFailed' }))
        return say(effect.utterances)
      case 'music':
        return end('speech', 'patience')
      case 'stop':
        return end('speech', 'patience', 'task')
      case 'wait':
        end('patience')
        return later('patience', effect.ms, () => tell({ kind: 'silence' }))
      case 'look': {
        const moment = calendar(world.atMs + nowMs)
        const { elder, waiting, incidents } = world
        const facts = { elder, moment, waiting, incidents }
        return later('task', 0, () => tell({ kind: 'facts', facts }))
      }
      case 'queue':
        note({ kind: 'queue', reason: effect.reason, priority: effect.priority })
        return stand()
      case 'leaveQueue':
        note({ kind: 'left' })
        return end('queue')
      case 'record':
        note({ kind: 'recording', name: effect.name, values: effect.values })
        return
      case 'endRecord':
        return later('task', 0, keep)
      case 'action': {
        note({ kind: 'action', name: effect.name, values: effect.values })
        const result = world.actions[effect.name]
        const answer: Input = result ? { kind: 'actionDone', result } : { kind: 'actionFailed' }
        return later('task', timesOf.actionMs, () => tell(answer))
      }
      case 'promise':
        // Not noted itself: the words that follow show it.
        return later('task', 0, () =>
          tell(
            world.fails.includes('promise')
              ? { kind: 'actionFailed' }
              : { kind: 'promised', due: dueIn(state.language) },
          ),
        )
      case 'transfer':
        note({ kind: 'transfer', number: effect.number })
        return later('task', timesOf.transferMs, () => {
          if (world.fails.includes('transfer')) return tell({ kind: 'actionFailed' })
          note({ kind: 'served' })
          tell({ kind: 'served' })
        })
      case 'collected':
        return note({ kind: 'collected', name: effect.name, value: effect.value })
      case 'hangup':
        return note({ kind: 'ended', by: 'us' })
    }
  }

  function advance(ms: number) {
    const untilMs = nowMs + ms
    for (let due = dues[0]; due && due.atMs <= untilMs; due = dues[0]) {
      dues = dues.slice(1)
      nowMs = due.atMs
      due.act()
    }
    nowMs = untilMs
  }

  const { caller, language } = world
  tell({ kind: 'started', facts: { caller, language } })
  advance(0)
  return {
    happenings,
    nowMs: () => nowMs,
    state: () => state,
    isSaying: () => dues.some(due => due.course === 'speech'),
    nextMs: () => dues[0]?.atMs,
    advance,
    press(key) {
      if (state.doing === 'over') return
      note({ kind: 'pressed', key })
      tell({ kind: 'key', key })
      advance(0)
    },
    speak() {
      if (state.doing === 'over') return
      note({ kind: 'spoke' })
      tell({ kind: 'utterance' })
      advance(0)
    },
    hangup() {
      if (state.doing === 'over') return
      note({ kind: 'ended', by: 'them' })
      tell({ kind: 'hangup' })
    },
  }
}

/** Estimates an utterance's duration from its syllables. */
export function estimatedMs({ text, syllablesPerMinute }: Utterance): number {
  return (syllablesIn(text) * 60_000) / syllablesPerMinute
}
