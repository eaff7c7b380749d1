import type { Captions } from '../captions/index.ts'
import { type City, createCalendar } from '../city/index.ts'
import type { Desk } from '../desk/index.ts'
import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import { type FlowDoors, type Flows, flowFor, runFlow } from '../ivr/index.ts'
import type { Sound } from '../media/index.ts'
import type { Settings } from '../settings/index.ts'
import type { PromptBook } from '../speech/index.ts'
import {
  type Call,
  type CallHandlers,
  type Journal,
  type Line,
  localForms,
  pressesSeven,
  provedCaller,
  type Shares,
} from '../telephony/index.ts'
import type { FlowLeader, FlowUser } from './parts.ts'

type ReceptionParts = {
  readonly settings: Settings
  readonly flows: Pick<Flows, 'current'>
  readonly prompts: PromptBook
  readonly desk: Desk
  /** Whether callers may queue on this node; if another node has the desk, they leave a message instead. */
  readonly holdsDesk?: () => boolean
  /** Played to callers who wait. */
  readonly music: Sound
  readonly captions: Pick<Captions, 'begin' | 'plays' | 'cannotSay'>
  /** What a flow's verbs do outside the flow, for one user of the flow. */
  readonly doors: (use: FlowUser) => FlowDoors
  /** Notified when a caller has been told that the call is recorded. */
  readonly recordings?: { told(call: Call): void }
  /** Dials people outside. */
  readonly way: Pick<Line, 'dial'>
  /** Whether lines are scarce. */
  readonly shares?: Pick<Shares, 'isScarce'>
  readonly city: City
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  /** Prints for the operator the numbers whose flow does not exist. */
  readonly print?: (text: string) => void
}

/** What happens to calls: incoming ones go through the flow of the number they rang, others through a named flow. */
export type Reception = CallHandlers &
  FlowLeader & {
    /**
     * All callers in a flow, or being rescued from a broken one; those who are talking with a seat by now count,
     * too.
     */
    callers(): Iterable<Call>
    /**
     * Rings an outside number and leads whoever answers through a flow. @throws Fault `flow-unknown`, or as
     * `Line.dial`
     */
    dial(order: { readonly number: string; readonly flow: string }): Promise<Call>
  }

/** How long a caller whose flow broke queues for a person before they hear what to do instead. */
const rescueWaitMs = 60_000

export function openReception(parts: ReceptionParts): Reception {
  const { settings, city, music, flows, prompts, desk, captions, clock, log, journal, way } = parts
  const calendar = createCalendar(city)
  const from = { number: settings.CALLER_ID }
  const entrances = {
    hotline: settings.HOTLINE_NUMBERS,
    elder: settings.ELDER_NUMBERS,
    others: settings.FLOW_NUMBERS,
  }
  // Calls to that number are still accepted: they queue for a person.
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

  const run = (call: Call, flow: string, use: FlowUser = {}) => {
    captions.begin(call)
    const set = flows.current(call.id)
    const number = set.number === undefined ? {} : { number: set.number }
    journal.write(call.id, { kind: 'version', digest: set.version.slice(0, 12), ...number })
    const doors = parts.doors(use)
    const leading = runFlow(call, set, flow, {
      ...doors,
      isTypedAhead: use.isTypedAhead,
      tell(_, event) {
        if (event.kind === 'playing') captions.plays(call, event.sounds, event.playing)
        if (event.kind === 'unspoken')
          captions.cannotSay(
            call,
            event.utterances.map(({ text }) => text),
          )
        if (event.kind === 'told-recorded') parts.recordings?.told(call)
        if (event.kind === 'collected') log.debug({ call: call.id, name: event.name }, 'an answer was given')
        doors.tell?.(call, event)
        use.on?.(event)
      },
    })
    return during(call, leading)
  }

  /** The rescue without a flow: music and the queue for a person, then the message that ships with the product. */
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

  /** While lines are scarce, a caller with an unproved number must press a key before taking up anybody's time. */
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
      // A caller who rings in while a seat is ringing them back goes straight to that seat.
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
