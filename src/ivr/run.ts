import { type Cancel, reasonOf } from '../foundation/index.ts'
import type { Utterance } from '../speech/index.ts'
import { type Call, placeOf, spokenNumber } from '../telephony/index.ts'
import type { Action, FlowDoors, QueueNews } from './doors.ts'
import { dueWords } from './due.ts'
import type { FlowEnd, QueueOutcome } from './events.ts'
import type { FlowSet } from './flow.ts'
import { createFreshAnswers } from './fresh-answers.ts'
import { noticesOf } from './notices.ts'
import { beginning, step } from './step.ts'
import { createTeller } from './teller.ts'
import type { Effect, Input, Values } from './turn.ts'
import { isOfValue } from './value-keys.ts'
import { wordsInTime } from './words-in-time.ts'

/**
 * Leads a call through a flow until it is over or a person has it. The first prompt is prepared before an incoming call is
 * answered, so that the caller hears it at once.
 * @throws whatever failed. Everything is stopped then, but the call is still up: the caller must be helped in another way
 */
export async function runFlow(call: Call, set: FlowSet, flow: string, doors: FlowDoors): Promise<FlowEnd> {
  const { calendar, home, clock, journal, log } = doors
  const { elder, language } = await doors.caller(call)
  const isRecorded = doors.records?.(call) ?? false
  const notices = noticesOf(set)
  const tellsRecorded = ({ prompt }: Utterance) => prompt !== undefined && notices.has(prompt)
  const isForElders = (name: string) => set.flows.get(name)?.audience === 'elder'

  return new Promise((resolve, reject) => {
    const answers = doors.isTypedAhead === false ? createFreshAnswers() : undefined
    let state = beginning(flow)
    let connected = false
    let answered = call.direction === 'out'
    let speech = new AbortController()
    let task = new AbortController()
    let recording = new AbortController()
    let line = new AbortController()
    let stopWaiting: Cancel = () => undefined
    /** The time by which we ring the caller. */
    let dueAtMs: number | undefined
    /** The same time in words, and the time that the caller has actually heard. */
    let dueSaid: string | undefined
    let heardDueMs: number | undefined
    const finished = new AbortController()
    const inbox: Input[] = []
    let isStepping = false
    /** Whether the caller's last act was to press a key or to speak. */
    let isAsking = false
    const note = createTeller(call, log, doors.tell)

    // From the key to what it starts nothing is awaited.
    function tell(input: Input) {
      inbox.push(input)
      if (isStepping || finished.signal.aborted) return
      isStepping = true
      try {
        for (let next = inbox.shift(); next; next = inbox.shift()) {
          const { state: after, effects } = step(set, state, next)
          state = after
          isAsking = next.kind === 'key' || next.kind === 'utterance'
          for (const effect of effects) perform(effect)
        }
        if (state.doing === 'over') finish(resolve)
      } catch (error) {
        finish(() => reject(error))
      } finally {
        isStepping = false
      }
    }

    function finish(settle: (end: FlowEnd) => void) {
      finished.abort()
      const end = connected ? 'connected' : 'ended'
      note({ kind: 'ended', how: end })
      // The row was written before the words were said: correct it to what the caller heard.
      if (heardDueMs !== dueAtMs) journal.write(call.id, { kind: 'told-time', dueAtMs: heardDueMs })
      stopAll()
      // A caller who was handed over is no longer in our queue.
      if (!connected) line.abort()
      call.signal.removeEventListener('abort', onCallEnd)
      settle(end)
    }

    function stopAll() {
      speech.abort()
      task.abort()
      recording.abort()
      stopWaiting()
    }

    function perform(effect: Effect) {
      switch (effect.kind) {
        case 'say':
          return void say(effect, newSpeech())
        case 'music':
          return playMusic(newSpeech())
        case 'stop':
          return stopAll()
        case 'wait':
          stopWaiting()
          stopWaiting = clock.after(effect.ms, () => tell({ kind: 'silence' }))
          return
        case 'look': {
          const facts = {
            elder,
            moment: calendar(clock.now()),
            waiting: doors.waiting(),
            incidents: doors.incidents?.(state.language),
          }
          return tell({ kind: 'facts', facts })
        }
        case 'queue':
          line = new AbortController()
          return void stand(effect, line.signal)
        case 'leaveQueue':
          note({ kind: 'unqueued', end: 'left' })
          return line.abort()
        case 'record': {
          recording = new AbortController()
          const { signal } = recording
          return void act('record', () => record(effect, signal))
        }
        case 'endRecord':
          return recording.abort()
        case 'action':
          return void act(effect.name, signal => take(effect, signal))
        case 'promise':
          return void owe(effect)
        case 'transfer':
          return void transfer(effect.number)
        case 'collected':
          return note({ kind: 'collected', name: effect.name, value: effect.value })
        case 'journal':
          return journal.write(call.id, effect.fact)
        case 'hangup':
          return void call.hangup('done')
      }
    }

    function newSpeech(): AbortSignal {
      speech.abort()
      stopWaiting()
      speech = new AbortController()
      return speech.signal
    }

    async function answer() {
      if (answered) return
      await call.answer()
      answered = true
    }

    async function say({ utterances, passes }: Extract<Effect, { kind: 'say' }>, signal: AbortSignal) {
      answers?.asked()
      let isPlaying = false
      try {
        const ready = await Promise.all(
          utterances.map(one => wordsInTime(one, doors, signal, error => failed('prompt', error))),
        )
        const sounds = ready.map(({ sound }) => sound)
        if (!answered) await answer()
        if (signal.aborted) return
        const playing = call.play(sounds, { whole: !passes, signal })
        answers?.began(clock.monotonicMs())
        isPlaying = true
        if (ready.some(({ said }) => holdsDue(said))) heardDueMs = dueAtMs
        note({ kind: 'playing', sounds, playing })
        for (const [index, { durationMs }] of sounds.entries())
          journal.write(call.id, { kind: 'prompt', text: writtenOf(ready[index]?.said), durationMs })
        const end = await playing
        if (end === 'finished' && isRecorded && utterances.some(tellsRecorded))
          note({ kind: 'told-recorded' })
        if (end === 'finished' && !signal.aborted) tell({ kind: 'promptDone' })
      } catch (error) {
        if (signal.aborted) return
        answers?.began(clock.monotonicMs())
        // If it broke off while playing, `playing` reports that.
        if (!isPlaying) note({ kind: 'unspoken', utterances })
        failed('prompt', error)
        tell({ kind: 'promptFailed' })
      }
    }

    const holdsDue = ({ text }: Utterance) => dueSaid !== undefined && text.includes(dueSaid)

    function playMusic(signal: AbortSignal) {
      if (!doors.music) return
      const playing = call.play([doors.music], { loop: true, signal })
      playing.catch(error => failed('music', error))
      note({ kind: 'playing', sounds: [doors.music], playing })
    }

    async function stand(
      { reason, priority, skills }: Extract<Effect, { kind: 'queue' }>,
      signal: AbortSignal,
    ) {
      const onPlace = (place: number, news?: QueueNews) => {
        if (signal.aborted) return
        note({ kind: 'place', place })
        const lacks = (news?.lacking.length ?? 0) > 0
        tell({ kind: 'place', place, waitMinutes: news?.waitMinutes, lacks })
      }
      note({ kind: 'queued', reason, unasked: isAsking ? undefined : true })
      try {
        if (!answered) await answer()
        const end = await doors.queue(call, {
          reason,
          priority,
          isClaimed: isForElders(state.flow) && !elder && !isForElders(flow),
          skills,
          onPlace,
          signal,
        })
        if (signal.aborted) return
        connected = end === 'served'
        note({ kind: 'unqueued', end })
        tell({ kind: lineInputs[end] })
      } catch (error) {
        if (signal.aborted) return
        note({ kind: 'unqueued', end: 'failed' })
        failed('queue', error)
        tell({ kind: 'queueFailed' })
      }
    }

    async function act(name: string, perform: (signal: AbortSignal) => Promise<Values>) {
      task = new AbortController()
      const { signal } = task
      try {
        if (!answered) await answer()
        const result = await perform(signal)
        if (!signal.aborted) tell({ kind: 'actionDone', result })
      } catch (error) {
        if (signal.aborted) return
        failed(name, error)
        tell({ kind: 'actionFailed' })
      }
    }

    async function record({ name, values }: Extract<Effect, { kind: 'record' }>, signal: AbortSignal) {
      let isKept = false
      note({ kind: 'recording', name })
      try {
        await doors.record(call, name, values, signal)
        isKept = true
      } finally {
        note({ kind: 'recorded', name, isKept })
      }
      return {}
    }

    async function take({ name, values }: Extract<Effect, { kind: 'action' }>, signal: AbortSignal) {
      const result = await actionNamed(name)(call, values, signal)
      const { template } = values
      if (name === 'text' && template) note({ kind: 'texted', template })
      return result
    }

    async function owe({ number, message }: Extract<Effect, { kind: 'promise' }>) {
      task = new AbortController()
      const { signal } = task
      try {
        const told = await doors.promise(call, { number, message, dueAtMs })
        if (signal.aborted) return
        dueAtMs = told.dueAtMs
        dueSaid = dueIn(state.language)
        tell({ kind: 'promised', due: dueSaid })
      } catch (error) {
        if (signal.aborted) return
        failed('promise', error)
        tell({ kind: 'actionFailed' })
      }
    }

    const dueIn = (language: string) =>
      dueAtMs === undefined ? undefined : dueWords(language, { nowMs: clock.now(), dueAtMs }, calendar)

    async function transfer(number: string) {
      task = new AbortController()
      const { signal } = task
      try {
        if (!answered) await answer()
        await doors.transfer(call, number, signal)
        if (signal.aborted) return
        connected = true
        // The two are talking: ending the flow must not end the call.
        task = new AbortController()
        tell({ kind: 'served' })
      } catch (error) {
        if (signal.aborted) return
        failed('transfer', error)
        tell({ kind: 'actionFailed' })
      }
    }

    function actionNamed(name: string): Action {
      const action = doors.actions[name]
      if (!action) throw new Error(`no action ${name}`)
      return action
    }

    function failed(what: string, error: unknown) {
      journal.write(call.id, { kind: 'failure', what, reason: reasonOf(error) })
      log.warn({ call: call.id, what, reason: reasonOf(error) }, 'something failed in a flow')
    }

    async function hearKeys() {
      while (!finished.signal.aborted) {
        const press = await call.keys.take(finished.signal)
        if (!press) return
        const pressed = { kind: 'key', key: press.key, isOnlyHere: answers !== undefined } as const
        const written = isOfValue(set, state, pressed) ? '•' : press.key
        journal.write(call.id, { kind: 'key', key: written, source: press.source })
        note({ kind: 'key', key: press.key })
        if (answers?.takes(press) ?? true) tell(pressed)
      }
    }

    const onCallEnd = () => tell({ kind: 'hangup' })
    call.signal.addEventListener('abort', onCallEnd, { once: true })
    // Treat what is not a phone number, such as a PBX's name for an extension, as withheld: nobody can ring it.
    const caller = placeOf(call.caller, home) ? spokenNumber(call.caller, home) : ''
    tell({ kind: 'started', facts: { caller, language, isTranscribed: doors.transcribes, isRecorded } })
    if (call.signal.aborted) onCallEnd()
    hearKeys().catch(error => {
      if (!finished.signal.aborted) finish(() => reject(error))
    })
  })
}

const writtenOf = (utterance: Utterance | undefined) => utterance?.written ?? utterance?.text ?? ''

const lineInputs = {
  served: 'served',
  full: 'full',
  failed: 'queueFailed',
  abandoned: 'hangup',
} as const satisfies Record<QueueOutcome, Input['kind']>
