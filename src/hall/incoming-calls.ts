import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Callbacks, keepWords, promiseCallback } from '../callbacks/index.ts'
import type { Callers } from '../callers/index.ts'
import type { Captions } from '../captions/index.ts'
import { type Calendar, type City, createCalendar } from '../city/index.ts'
import type { Desk } from '../desk/index.ts'
import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import type { Incidents } from '../incidents/index.ts'
import { type FlowDoors, type Flows, flowFor, incidentAffects, incidentTold, runFlow } from '../ivr/index.ts'
import type { Sound } from '../media/index.ts'
import type { Settings } from '../settings/index.ts'
import type { PromptBook } from '../speech/index.ts'
import {
  type AmdEar,
  type Call,
  type CallHandlers,
  createVoiceEars,
  type Journal,
  type Line,
  localForms,
  pressesSeven,
  provedCaller,
  type Shares,
  type StoredJournal,
  spokenNumber,
} from '../telephony/index.ts'
import type { FlowLeader, FlowUser, Links } from './parts.ts'

type ReceptionParts = {
  readonly settings: Settings
  readonly flows: Pick<Flows, 'current'>
  readonly prompts: PromptBook
  readonly callers: Callers
  /** None is known when absent. */
  readonly incidents?: Pick<Incidents, 'toldIn' | 'told' | 'affects'>
  readonly desk: Desk
  /** Whether callers may wait here for a person; where another node has the desk they leave a message instead. */
  readonly holdsDesk?: () => boolean
  /** For who waits. */
  readonly music: Sound
  readonly captions: Pick<Captions, 'begin' | 'plays' | 'cannotSay'>
  /** Turns what a caller says from now on into text, where a recognizer is on. @returns gives it, up to when it is asked */
  readonly hearWords?: (call: Call) => (() => Promise<string>) | undefined
  /** Who is owed a callback, and by when. */
  readonly callbacks: Pick<Callbacks, 'heard' | 'dueNow'>
  /** How sound is told from silence. */
  readonly ear?: AmdEar
  /** What verbs of a flow do in the world, by name; with links of its own for whoever uses the flow. */
  readonly actions: (links?: Links) => FlowDoors['actions']
  /** By which people outside are rung. */
  readonly way: Pick<Line, 'dial'>
  /** Whether lines are scarce. */
  readonly shares?: Pick<Shares, 'isScarce'>
  /** What callers say is turned into text for whoever answers. */
  readonly transcribes: boolean
  readonly city: City
  readonly journal: Journal
  /** Tells whether what was written to the journal is safe. */
  readonly kept: Pick<StoredJournal, 'safe' | 'dropped'>
  readonly clock: Clock
  readonly log: Log
  /** Told, for a person, which numbers lead nowhere. */
  readonly print?: (text: string) => void
}

/** What happens to a call: incoming ones are led through the flow of the number they rang, others through one named. */
export type Reception = CallHandlers &
  FlowLeader & {
    /** Everybody who is led through a flow, or out of a broken one, those included who talk with a seat by now. */
    callers(): Iterable<Call>
    /** Rings a number outside and leads whoever answers through a flow. @throws Fault `flow-unknown`, or as `Line.dial` */
    dial(order: { readonly number: string; readonly flow: string }): Promise<Call>
  }

/** How long a caller whose flow broke waits for a person before they are told what to do instead. */
const rescueWaitMs = 60_000

export function openReception(parts: ReceptionParts): Reception {
  const { settings, city, music, flows, prompts, desk, captions, clock, log, journal, way } = parts
  const calendar = createCalendar(city)
  const doors = flowDoors(parts, calendar)
  const from = { number: settings.CALLER_ID }
  const entrances = {
    hotline: settings.HOTLINE_NUMBERS,
    elder: settings.ELDER_NUMBERS,
    others: settings.FLOW_NUMBERS,
  }
  // Callers there are taken all the same: they wait for a person.
  for (const [number, flow] of entrances.others)
    if (!flows.current().flows.has(flow))
      parts.print?.(
        `FLOW_NUMBERS：没有流程 ${flow}，拨打 ${number} 直接排队等人工 / no flow ${flow}: callers of ${number} wait for a person`,
      )

  const callers = new Set<Call>()
  const during = <Done>(call: Call, work: Promise<Done>): Promise<Done> => {
    callers.add(call)
    return work.finally(() => callers.delete(call))
  }

  const noteIncident = (call: Call, name: string, id: string) => {
    if (name === incidentTold) parts.incidents?.told(id)
    if (name !== incidentAffects) return
    const number = spokenNumber(call.direction === 'in' ? call.caller : call.called, city)
    parts.incidents?.affects(id, { number, call: call.id })
  }

  const run = (call: Call, flow: string, { on, links, about, isTypedAhead }: FlowUser = {}) => {
    captions.begin(call)
    const set = flows.current(call.id)
    const number = set.number === undefined ? {} : { number: set.number }
    journal.write(call.id, { kind: 'version', digest: set.version.slice(0, 12), ...number })
    const leading = runFlow(call, set, flow, {
      ...doors,
      isTypedAhead,
      queue: about ? queueDoor(parts, about) : doors.queue,
      actions: links ? parts.actions(links) : doors.actions,
      tell(_, event) {
        if (event.kind === 'playing') captions.plays(call, event.sounds, event.playing)
        if (event.kind === 'unspoken')
          captions.cannotSay(
            call,
            event.utterances.map(({ text }) => text),
          )
        if (event.kind === 'collected') {
          log.debug({ call: call.id, name: event.name }, 'an answer was given')
          noteIncident(call, event.name, event.value)
        }
        on?.(event)
      },
    })
    return during(call, leading)
  }

  /** Without a flow: music and the queue for a person, then the message that ships with the product. */
  const leadOut = async (call: Call, error: unknown) => {
    journal.write(call.id, { kind: 'failure', what: 'flow', reason: reasonOf(error) })
    await call.answer()
    const giveUp = new AbortController()
    const cancel = clock.after(rescueWaitMs, () => giveUp.abort())
    const quiet = new AbortController()
    captions.plays(call, [music], call.play([music], { loop: true, signal: quiet.signal }))
    try {
      const onPlace = (place: number) => {
        if (place === 0) quiet.abort()
      }
      const end =
        parts.holdsDesk?.() === false
          ? 'full'
          : await desk.queue(call, { reason: 'rescue', onPlace, signal: giveUp.signal })
      if (end === 'served' || end === 'abandoned') return
    } catch (cause) {
      log.error({ call: call.id, reason: reasonOf(cause) }, 'no queue for a person')
    } finally {
      cancel()
      quiet.abort()
    }
    const message = [prompts.emergencySound('zh-CN'), prompts.emergencySound('en')]
    const playing = call.play(message, { whole: true })
    captions.plays(call, message, playing)
    await playing
    await call.hangup('done')
  }

  /** While lines are scarce, one whom nobody vouches for presses a key before they have the time of anybody. */
  const isSomebody = async (call: Call) => {
    const question = await Promise.all(
      (['zh-CN', 'en'] as const).map(each => prompts.notice('press-seven', each)),
    )
    captions.begin(call)
    const ask = (signal: AbortSignal) => {
      const playing = call.play(question, { signal })
      captions.plays(call, question, playing)
      for (const { text = '', durationMs } of question)
        journal.write(call.id, { kind: 'prompt', text, durationMs })
      return playing
    }
    return pressesSeven(call, ask, clock)
  }

  const rescue = (call: Call, error: unknown) => during(call, leadOut(call, error))

  return {
    async onCall(call) {
      const times = { openingHours: city.openingHours, calendar }
      const flow = localForms(call.called, city)
        .map(number => flowFor(number, call.invitedAtMs, entrances, times))
        .find(each => each !== undefined)
      if (flow === undefined) return call.hangup('not-found')
      if (parts.shares?.isScarce() && provedCaller(call) === '' && !(await during(call, isSomebody(call))))
        return call.hangup('full')
      // Whoever rings us while a seat rings them is through to that seat.
      if (!(await during(call, desk.meets(call)))) await run(call, flow)
    },
    callers: () => callers,
    onFailure: rescue,
    async dial({ number, flow }) {
      const { flows: known } = flows.current()
      if (!known.has(flow))
        throw new Fault({
          code: 'flow-unknown',
          place: 'flow',
          found: JSON.stringify(flow),
          expected: `one of ${[...known.keys()].join(', ')}`,
        })
      const call = await way.dial({ kind: 'number', number }, { from, ringMs: 45_000 })
      run(call, flow).catch(error => rescue(call, error))
      return call
    },
    async lead(call, flow, use) {
      await run(call, flow, use).catch(error => rescue(call, error))
    },
  }
}

/**
 * The way to a person.
 * @param about what they come about, once they ask for one
 */
function queueDoor(parts: ReceptionParts, about?: FlowUser['about']): FlowDoors['queue'] {
  const { desk, journal } = parts
  // To the desk one who left by themselves is another end than one who hung up; to the flow both are gone.
  return async (call, options) => {
    if (parts.holdsDesk?.() === false) {
      journal.write(call.id, { kind: 'left-line', reason: 'full' })
      return 'full'
    }
    const end = await desk.queue(call, { ...options, about: about?.() })
    return end === 'left' ? 'abandoned' : end
  }
}

function flowDoors(parts: ReceptionParts, calendar: Calendar): FlowDoors {
  const {
    settings,
    prompts,
    music,
    callers,
    incidents,
    desk,
    way,
    actions,
    city,
    journal,
    kept,
    clock,
    log,
  } = parts
  const from = { number: settings.CALLER_ID }
  const voiceIn = createVoiceEars(parts.ear)
  const recordingOf = ({ id }: Call, name: string) =>
    join(settings.DATA_DIR, 'recordings', `${id}-${name}.wav`)
  return {
    prompts,
    music,
    // Whoever rings from a page has chosen a language there; of a number it may be known.
    async caller(call) {
      const known = await callers.find(provedCaller(call))
      return { elder: known.elder, language: call.language ?? known.language }
    },
    transcribes: parts.transcribes,
    incidents: language => incidents?.toldIn(language) ?? [],
    waiting: () => desk.figures().waiting,
    queue: queueDoor(parts),
    async transfer(call, number, signal) {
      const other = await way.dial({ kind: 'number', number }, { from, near: call, ringMs: 45_000, signal })
      try {
        await call.bridge(other)
      } catch (error) {
        await other.hangup()
        throw error
      }
      void Promise.race([call.ended, other.ended]).then(() => Promise.all([call.hangup(), other.hangup()]))
    },
    async record(call, name, _values, signal) {
      const path = recordingOf(call, name)
      // Voices are nobody else's business: the folder is ours alone.
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      journal.write(call.id, { kind: 'recording', path })
      const wordsOf = parts.hearWords?.(call)
      const listening = voiceIn(call)
      try {
        await call.record(path, signal)
      } finally {
        journal.write(call.id, { kind: 'recorded', path, hasVoice: listening.stop() })
        if (wordsOf) void keepWords({ callbacks: parts.callbacks, clock, log }, call.id, path, wordsOf())
      }
    },
    promise: (call, { message, ...owed }) =>
      promiseCallback({ callbacks: parts.callbacks, desk, journal, kept, home: city, log }, call, {
        ...owed,
        message: message === undefined ? undefined : recordingOf(call, message),
      }),
    actions: actions(),
    calendar,
    home: city,
    journal,
    clock,
    log,
  }
}
