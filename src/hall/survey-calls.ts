import { type CallCaptions, type Captions, saidIn } from '../captions/index.ts'
import type { City } from '../city/index.ts'
import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { FlowEvent } from '../ivr/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import {
  type Answered,
  type AttemptEnd,
  answerOf,
  type CallNotes,
  type Claimed,
  noNotes,
  noted,
  openSurveys,
  type RingEnd,
  type SurveyRules,
  type Surveys,
  surveyFlow,
  surveyWords,
  type Told,
} from '../surveys/index.ts'
import {
  type AmdEar,
  type AmdListening,
  type Call,
  isAnnouncement,
  type Journal,
  type Line,
  listenForAnswer,
} from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'
import type { FlowLeader } from './parts.ts'

type SurveyCallParts = {
  readonly city: City
  readonly settings: Pick<Settings, 'CALLER_ID'>
  readonly rules: SurveyRules
  /** Key for signing links; when absent, links hold for this process only. */
  readonly linkKey?: Uint8Array
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly ledger: Ledger
  readonly reception: FlowLeader
  readonly way: Pick<Line, 'dial'>
  /** Turns a dissatisfied citizen's reason into text as they speak. */
  readonly captions: Pick<Captions, 'of' | 'turnOn'>
  readonly texts: TextSender
  readonly publicUrl: () => string
  /** Where answers are kept while the database is away; in memory only when absent. */
  readonly spillFolder?: string
  readonly clock: Clock
  readonly log: Log
  /** Receives a citizen's answer, in the same transaction. */
  answered(queries: Queries, answer: Answered): Promise<void>
  /** Receives a citizen's wish for no more calls. */
  optedOut?(queries: Queries, number: string): Promise<void>
  /** Settings for telling sound from silence, or, on a line without sound, words. */
  readonly ear?: AmdEar
  /** Journal in which it is noted who answered. */
  readonly journal?: Journal
}

/** Rings owed survey calls when they fall due, and passes the answers on. */
export async function openSurveyCalls(parts: SurveyCallParts): Promise<Surveys> {
  return openSurveys({
    ...parts,
    send: parts.texts.send,
    ring: (owed, told, signal) => ringThrough(parts, parts.rules.ringSeconds * 1000, owed, told, signal),
  })
}

/** One survey call, from the first ring to its outcome. */
async function ringThrough(
  parts: SurveyCallParts,
  ringMs: number,
  owed: Claimed,
  told: Told,
  signal: AbortSignal,
): Promise<RingEnd> {
  const call = await ring(parts, ringMs, owed, signal, told.draining)
  if ('how' in call) return call
  const listening = listenForAnswer(call, { clock: parts.clock, ear: parts.ear, journal: parts.journal })
  if (await isMachine(call, listening)) return { how: endOf(listening) }
  const { notes, reason } = await leadThrough(parts, call, owed.order, told, listening)
  listening.stop()
  const { fromMs = 0, untilMs = Number.POSITIVE_INFINITY } = notes.reason ?? {}
  const words = (reason && (await saidIn(reason, { fromMs, untilMs }, parts))) || undefined
  parts.log.debug({ survey: owed.id, attempt: owed.attempt }, 'a survey call is over')
  const silent = isAnnounced(call, parts) ? 'unreachable' : endOf(listening)
  return { how: notes.isPressed ? 'talked' : silent, linked: notes.isLinked, person: notes.person, words }
}

/** The outcome, from what was heard, of an attempt in which no key was pressed. */
function endOf(listening: AmdListening): AttemptEnd {
  const sign = listening.sign()
  if (sign === undefined) return 'hung-up'
  return sign === 'sit' ? 'unreachable' : 'machine'
}

/** A network's announcement comes soon after the network answers. */
const announcedWithinMs = 20_000

/** Whether a recognizer on this call heard a network announce that the citizen cannot be reached. */
function isAnnounced(call: Call, { captions, journal }: SurveyCallParts): boolean {
  const lines = captions.of(call.id)?.transcript.lines() ?? []
  const said = lines.filter(
    ({ who, kind, startMs }) => who === 'citizen' && kind === 'speech' && startMs <= announcedWithinMs,
  )
  if (!isAnnouncement(said.map(({ text }) => text).join(' '))) return false
  journal?.write(call.id, { kind: 'answered-by', who: 'machine', why: 'announcement' })
  return true
}

/** The outcome of an unanswered attempt, by the line's fault code. */
const ends: Readonly<Record<string, AttemptEnd>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  rejected: 'no-answer',
  unreachable: 'unreachable',
  'trunk-failed': 'unreachable',
  'reach-refused': 'unreachable',
  'reach-too-often': 'not-rung',
  'line-down': 'not-rung',
  'no-trunk': 'not-rung',
  'media-full': 'not-rung',
}

/** Rings. @returns the call once answered; it is hung up when the service closes */
async function ring(
  { way, settings }: SurveyCallParts,
  ringMs: number,
  { id, attempt, redial, number }: Claimed,
  signal: AbortSignal,
  draining: AbortSignal,
): Promise<Call | RingEnd> {
  const job = `${id}-${attempt}${redial ? '-busy' : ''}`
  const leaving = AbortSignal.any([signal, draining])
  const from = { number: settings.CALLER_ID }
  const options = { from, ringMs, job, flow: surveyFlow, signal: leaving }
  try {
    const call = await way.dial({ kind: 'number', number }, options)
    const leave = () => void call.hangup('shutting-down')
    signal.addEventListener('abort', leave, { once: true })
    void call.ended.then(() => signal.removeEventListener('abort', leave))
    return call
  } catch (error) {
    // An attempt that we gave up ourselves does not count.
    return { how: leaving.aborted ? 'not-rung' : (ends[reasonOf(error)] ?? 'unknown') }
  }
}

/** Tells a person from a machine. A machine is hung up on at once or, if it shows itself later, then. */
async function isMachine(call: Call, listening: AmdListening): Promise<boolean> {
  const first = await listening.first
  // A key pressed meanwhile proves a person, whatever was heard.
  const isPressed = call.keys.size > 0
  if (isPressed) listening.proved()
  if (first === 'machine' && !isPressed) {
    await call.hangup('done')
    return true
  }
  listening.machine.addEventListener('abort', () => void call.hangup('done'), { once: true })
  return false
}

type Led = {
  readonly notes: CallNotes
  /** The captions that hold their reason, once they were asked for it; readable after the call, too. */
  readonly reason: CallCaptions | undefined
}

/** Leads the citizen through the flow and keeps each answer as it comes. */
async function leadThrough(
  { reception, captions, publicUrl, clock }: SurveyCallParts,
  call: Call,
  order: string,
  told: Told,
  listening: AmdListening,
): Promise<Led> {
  let notes = noNotes
  let reason: CallCaptions | undefined
  const answers: { readonly name: string; readonly value: string }[] = []
  const on = (event: FlowEvent) => {
    notes = noted(notes, event, clock.now() - call.invitedAtMs)
    if (event.kind === 'key') listening.proved()
    if (event.kind === 'collected') {
      keep(told, event)
      if (answerOf(event.name, event.value)) answers.push({ name: event.name, value: event.value })
    }
    if (event.kind === 'recording' && event.name === surveyWords.reason) {
      void told.answer({ name: 'reason', value: call.id })
      captions.turnOn(call.id)
      reason = captions.of(call.id)
    }
  }
  const link = async () => {
    const made = await told.link()
    return made && { id: made.id, to: made.to, url: `${publicUrl()}/s/${made.token}` }
  }
  const links = { [surveyWords.link]: link }
  await reception.lead(call, surveyFlow, {
    on,
    links,
    isTypedAhead: false,
    about: () => ({ kind: 'survey', order, answers: [...answers] }),
  })
  return { notes, reason }
}

function keep(told: Told, { name, value }: Extract<FlowEvent, { kind: 'collected' }>): void {
  const answer = answerOf(name, value)
  if (answer) void told.answer(answer)
  if (name === surveyWords.optOut) void told.optOut()
}
