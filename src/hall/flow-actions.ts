import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Callbacks, keepWords, promiseCallback } from '../callbacks/index.ts'
import type { Callers } from '../callers/index.ts'
import type { Captions } from '../captions/index.ts'
import { type City, createCalendar } from '../city/index.ts'
import type { Desk } from '../desk/index.ts'
import { type Clock, Fault, type Log, newId } from '../foundation/index.ts'
import type { Incidents } from '../incidents/index.ts'
import {
  emergencyReason,
  type FlowDoors,
  incidentAffects,
  incidentTold,
  type OrderStatus,
} from '../ivr/index.ts'
import type { Sound } from '../media/index.ts'
import type { Settings } from '../settings/index.ts'
import type { PromptBook } from '../speech/index.ts'
import {
  type AmdEar,
  type Call,
  createVoiceEars,
  type Journal,
  provedCaller,
  type StoredJournal,
  spokenNumber,
} from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'
import { readEmergencies } from '../triage/index.ts'
import type { hallFaults } from './faults.ts'
import type { DialWay, FlowUser, Links } from './parts.ts'

type DoorParts = {
  readonly settings: Settings
  readonly prompts: PromptBook
  /** Played to callers who wait. */
  readonly music: Sound
  readonly callers: Callers
  /** When absent, no incident is known. */
  readonly incidents?: Pick<Incidents, 'toldIn' | 'told' | 'affects'>
  readonly desk: Desk
  /** Whether callers may queue on this node; if another node has the desk, they leave a message instead. */
  readonly holdsDesk?: () => boolean
  /** Dials people outside. */
  readonly way: DialWay
  readonly captions: Pick<Captions, 'turnOn' | 'whenSaid'>
  readonly texts: TextSender
  /** When absent, every look-up fails and the flow takes its failure branch. */
  readonly orderStatus: OrderStatus | undefined
  /** Whether a caller's speech is shown as text to the agent who answers. */
  readonly transcribes: boolean
  /** Whether calls on this line are recorded. */
  readonly records?: FlowDoors['records']
  /**
   * Turns what the caller says from now on into text; undefined without a recognizer. @returns gives the words
   * heard so far
   */
  readonly hearWords?: (call: Call) => (() => Promise<string>) | undefined
  /** Settings for telling sound from silence. */
  readonly ear?: AmdEar
  /** Who is owed a callback, and by when. */
  readonly callbacks: Pick<Callbacks, 'heard' | 'dueNow'>
  /** Base URL of the citizens' pages: https://12345.example. */
  readonly publicUrl: () => string
  readonly city: City
  readonly journal: Journal
  /** Tells whether what was written to the journal is safely stored. */
  readonly kept: Pick<StoredJournal, 'safe' | 'dropped'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Implements what a flow's verbs do outside the flow, for one user of the flow, with their links and the caller's
 * reason.
 */
export function openFlowDoors(parts: DoorParts): (use: FlowUser) => FlowDoors {
  const { prompts, music, callers, incidents, desk, city, journal, clock, log } = parts
  const dialing = dialingOf(parts)
  const messages = messagesOf(parts)
  const actions = flowActions(parts)
  const calendar = createCalendar(city)
  /** Callers who said that a known incident affects them. */
  const affected = new WeakSet<Call>()
  return ({ about, links }) => ({
    prompts,
    music,
    // A caller from a web page has chosen a language there; for a telephone number one may be on record.
    async caller(call) {
      const known = await callers.find(provedCaller(call))
      return { elder: known.elder, language: call.language ?? known.language }
    },
    transcribes: parts.transcribes,
    records: parts.records,
    incidents: language => incidents?.toldIn(language) ?? [],
    waiting: () => desk.figures().waiting,
    queue: queueOf(parts, affected, about),
    ...dialing,
    ...messages,
    actions: actions(links),
    tell(call, event) {
      if (event.kind !== 'collected') return
      if (event.name === incidentAffects) affected.add(call)
      noteIncident(parts, call, event)
    },
    calendar,
    home: city,
    journal,
    clock,
    log,
  })
}

/**
 * The whole effect of a restriction (articles 9 and 37 name none): at most two minutes more in the queue, which by
 * its own rule lets nobody be overtaken for ever. A restricted caller who presses 0 still reaches a person by the
 * same flow, and one who says that it cannot wait is behind nobody.
 */
export const restrictedPoints = 4

/**
 * The way to a person.
 * @param about what the caller's demand is, read when they ask for a person
 */
function queueOf(parts: DoorParts, affected: WeakSet<Call>, about: FlowUser['about']): FlowDoors['queue'] {
  const { desk, journal, holdsDesk, callers } = parts
  // The desk distinguishes leaving the queue from hanging up; to the flow both mean that the caller is gone.
  return async (call, options) => {
    if (holdsDesk?.() === false) {
      journal.write(call.id, { kind: 'left-queue', reason: 'full' })
      return 'full'
    }
    const yields =
      options.reason !== emergencyReason &&
      !affected.has(call) &&
      (await callers.ladder.isRestricted(provedCaller(call)))
        ? { points: restrictedPoints, until: emergencyTold(parts, call) }
        : undefined
    const end = await desk.queue(call, { ...options, yields, about: about?.() })
    return end === 'left' ? 'abandoned' : end
  }
}

/** Aborts once a restricted caller who waits says (with a recognizer) or types that there is an emergency. */
function emergencyTold({ captions }: Pick<DoorParts, 'captions'>, { id }: Call): AbortSignal {
  const told = new AbortController()
  captions.whenSaid(
    id,
    text => readEmergencies(text).length > 0,
    () => told.abort(),
  )
  return told.signal
}

/** Counts callers who were told of an incident, and notes those who say that it affects them. */
function noteIncident(
  { incidents, city }: DoorParts,
  call: Call,
  { name, value: id }: { readonly name: string; readonly value: string },
): void {
  if (name === incidentTold) incidents?.told(id)
  if (name !== incidentAffects) return
  const number = spokenNumber(call.direction === 'in' ? call.caller : call.called, city)
  incidents?.affects(id, { number, call: call.id })
}

/** Dials an outside number and bridges the caller to it. */
function dialingOf({ settings, way }: DoorParts): Pick<FlowDoors, 'transfer'> {
  const from = { number: settings.CALLER_ID }
  return {
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
  }
}

/** Records a caller's message, and promises the callback that goes with it. */
function messagesOf(parts: DoorParts): Pick<FlowDoors, 'record' | 'promise'> {
  const { settings, city, callbacks, desk, journal, kept, clock, log } = parts
  const voiceIn = createVoiceEars(parts.ear)
  const recordingOf = ({ id }: Call, name: string) =>
    join(settings.DATA_DIR, 'recordings', `${id}-${name}.wav`)
  return {
    async record(call, name, _values, signal) {
      const path = recordingOf(call, name)
      // Recordings of voices are private: only this user may read the folder.
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      journal.write(call.id, { kind: 'recording', path })
      const wordsOf = parts.hearWords?.(call)
      const listening = voiceIn(call)
      try {
        await call.record(path, signal)
      } finally {
        journal.write(call.id, { kind: 'recorded', path, hasVoice: listening.stop() })
        if (wordsOf) void keepWords({ callbacks, clock, log }, call.id, path, wordsOf())
      }
    },
    promise: (call, { message, ...owed }) =>
      promiseCallback({ callbacks, desk, journal, kept, home: city, log }, call, {
        ...owed,
        message: message === undefined ? undefined : recordingOf(call, message),
      }),
  }
}

/** The result of an action that gives the flow no values. */
const none: Readonly<Record<string, string>> = {}

type ActionParts = Pick<DoorParts, 'captions' | 'texts' | 'orderStatus' | 'publicUrl'>

/** Actions by name. @returns builds them with the further links of one user of the flow */
export function flowActions(parts: ActionParts): (further?: Links) => FlowDoors['actions'] {
  const { captions, texts, orderStatus: orders } = parts
  const own = linksTo(parts)
  return (further = {}) => ({
    async captions(call) {
      const given = captions.turnOn(call.id)
      return given ? { code: given.code } : none
    },
    async status(_call, { order = '' }, signal) {
      if (!orders) throw refused('orders-missing', 'no order status', 'ORDER_STATUS_FILE')
      const status = await orders.of(order, signal)
      return status === undefined ? none : { status }
    },
    async text(call, { template = '', to = '', text = '' }, signal) {
      // Otherwise anybody who claims a number could make us text it.
      if (call.isProved === false)
        throw refused('proof-missing', 'a caller whose number nobody vouches for', 'a proved one')
      if (!text.includes('{link}')) {
        await texts.send({ id: newId('text'), call: call.id, to, text }, signal)
        return none
      }
      const link = await { ...own, ...further }[template]?.(call)
      if (!link) throw refused('link-missing', `no link for ${template}`, 'one that this house makes')
      const { id = newId('text'), url } = link
      await texts.send({ id, call: call.id, to: link.to ?? to, text: text.replaceAll('{link}', url) }, signal)
      return none
    },
  })
}

/** Links to our own pages, by the template of the text. */
const linksTo = ({ captions, publicUrl }: ActionParts): Links => ({
  async captions({ id }) {
    const given = captions.turnOn(id)
    return given && { url: `${publicUrl()}/c/${given.link}` }
  },
})

const refused = (code: keyof typeof hallFaults, found: string, expected: string) =>
  new Fault({ code, place: 'action', found, expected })
