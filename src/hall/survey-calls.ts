import type { CallCaptions, Captions } from '../captions/index.ts'
import { type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { FlowDoors } from '../ivr/index.ts'
import type { AttemptEnd, OneAnswer, PersonWish, Ring, SurveyLink } from '../surveys/index.ts'
import { type Call, type Ear, type Line, listenForAnswer } from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'
import type { Reception } from './incoming-calls.ts'

type House = {
  readonly reception: Pick<Reception, 'lead'>
  /** Why somebody is not content is turned into text as they say it. */
  readonly captions: Pick<Captions, 'of' | 'turnOn'>
  readonly way: () => Pick<Line, 'dial'>
  readonly texts: TextSender
  readonly callerId: string
  readonly ringMs: number
  /** The address of the page that a link opens. */
  readonly pageOf: (link: SurveyLink) => string
  readonly clock: Clock
  readonly log: Log
  /** How sound is told from silence; words are, on a line that has no sound. */
  readonly ear?: Ear
}

/** How an attempt ended that nobody answered, by what the line says. */
const ends: Readonly<Record<string, AttemptEnd>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  rejected: 'no-answer',
  unreachable: 'unreachable',
  'line-down': 'not-rung',
  'no-trunk': 'not-rung',
  'media-full': 'not-rung',
}

/** Recognizers are behind by a second or two; who has hung up waits for nobody, and a survey not for long. */
const heardOutMs = 5_000

/** When a call is owed, it is rung; when a person answers, the survey leads them, and a machine hears nothing of it. */
export function createRing(house: House): Ring {
  const { reception, way, callerId, ringMs, clock, log } = house

  return async ({ id, attempt, redial, number }, told, signal) => {
    const job = `${id}-${attempt}${redial ? '-busy' : ''}`
    const options = { from: { number: callerId }, ringMs, job, signal }
    let call: Call
    try {
      call = await way().dial({ kind: 'number', number }, options)
    } catch (error) {
      return { how: ends[reasonOf(error)] ?? 'unknown' }
    }
    const leave = () => void call.hangup('shutting-down')
    signal.addEventListener('abort', leave, { once: true })
    void call.ended.then(() => signal.removeEventListener('abort', leave))
    const listening = listenForAnswer(call, { clock, ear: house.ear })
    const first = await listening.first
    // A key that was pressed meanwhile is a person's, whatever was heard.
    if (call.keys.size > 0) listening.proved()
    else if (first === 'machine') {
      await call.hangup('done')
      return { how: 'machine' }
    }
    listening.machine.addEventListener('abort', () => void call.hangup('done'), { once: true })
    const notes: Notes = {
      pressed: false,
      linked: false,
      person: undefined,
      spoke: undefined,
      standing: Promise.resolve(),
    }
    await reception.lead(call, 'survey', doors => noting(doors, call, house, told, notes, listening.proved))
    await notes.standing
    listening.stop()
    const words = notes.spoke && (await wordsIn(notes.spoke, clock))
    log.debug({ survey: id, attempt }, 'a survey call is over')
    const { linked, person } = notes
    const silent = listening.machine.aborted && first !== 'machine' ? 'machine' : 'hung-up'
    const how: AttemptEnd = notes.pressed ? 'talked' : silent
    return { how, linked, person, words: words || undefined }
  }
}

type Notes = {
  pressed: boolean
  linked: boolean
  person: PersonWish | undefined
  /** When they said why, in ms since the INVITE. */
  spoke: { readonly captions: CallCaptions; readonly fromMs: number; untilMs: number } | undefined
  /** Until their place in line has come to its end. */
  standing: Promise<unknown>
}

/** The doors of a flow, with a look at what goes through them. */
function noting(
  doors: FlowDoors,
  call: Call,
  { captions, texts, pageOf, clock }: Pick<House, 'captions' | 'texts' | 'pageOf' | 'clock'>,
  told: Parameters<Ring>[1],
  notes: Notes,
  proved: () => void,
): FlowDoors {
  return {
    ...doors,
    isTypedAhead: false,
    journal: {
      write(id, fact) {
        if (fact.kind === 'key') {
          notes.pressed = true
          proved()
        }
        doors.journal.write(id, fact)
      },
    },
    collected(of, name, value) {
      doors.collected(of, name, value)
      const answer = answerOf(name, value)
      if (answer) void told.answer(answer)
      if (name === 'opt-out') void told.optOut()
    },
    async queue(of, options) {
      const askedMs = clock.monotonicMs()
      let heardMs: number | undefined
      const onPlace = (place: number) => {
        // 0: somebody has answered; another place after that: they were lost again.
        heardMs = place === 0 ? clock.monotonicMs() : undefined
        options.onPlace(place)
      }
      const standing = doors.queue(of, { ...options, onPlace })
      notes.standing = standing.catch(() => undefined)
      const end = await standing
      notes.person = {
        // Who hangs up on a person was served, too.
        served: end === 'served' || heardMs !== undefined,
        waitedMs: end === 'full' || end === 'failed' ? undefined : (heardMs ?? clock.monotonicMs()) - askedMs,
      }
      return end
    },
    async record(of, name, values, signal) {
      if (name !== 'reason') return doors.record(of, name, values, signal)
      void told.answer({ name, value: call.id })
      captions.turnOn(call.id)
      const sinceInviteMs = () => clock.now() - call.invitedAtMs
      const shown = captions.of(call.id)
      const spoke = shown && { captions: shown, fromMs: sinceInviteMs(), untilMs: Number.POSITIVE_INFINITY }
      notes.spoke = spoke
      await doors.record(of, name, values, signal).finally(() => {
        if (spoke) spoke.untilMs = sinceInviteMs()
      })
    },
    actions: {
      ...doors.actions,
      async text(of, values, signal) {
        if (values.template !== 'survey-link') return doors.actions.text?.(of, values, signal) ?? {}
        const link = await told.link()
        if (!link)
          throw new Fault({
            code: 'link-missing',
            place: 'action',
            found: 'a survey that is settled',
            expected: 'one that is open',
          })
        const text = (values.text ?? '').replaceAll('{link}', pageOf(link))
        await texts.send({ id: link.id, to: link.to, text }, signal)
        notes.linked = true
        return {}
      },
    },
  }
}

/** What a flow keeps, as an answer; undefined for what is none. */
function answerOf(name: string, value: string): OneAnswer | undefined {
  if (name === 'contacted' && (value === 'yes' || value === 'no')) return { name, value }
  if (name === 'solved' && (value === 'yes' || value === 'partly' || value === 'no')) return { name, value }
  const rating = [1, 2, 3, 4, 5] as const
  const given = rating.find(one => String(one) === value)
  return name === 'rating' && given !== undefined ? { name, value: given } : undefined
}

/** What a citizen said in that time, once it is all there. */
async function wordsIn(
  { captions, fromMs, untilMs }: NonNullable<Notes['spoke']>,
  clock: Clock,
): Promise<string> {
  const late = () =>
    new Fault({ code: 'words-late', place: captions.call.id, found: 'no end', expected: 'the last words' })
  await withDeadline(clock, heardOutMs, captions.heardOut(), late).catch(() => undefined)
  const said = captions.transcript
    .lines()
    .filter(({ who, kind, startMs }) => who === 'citizen' && kind === 'speech' && startMs <= untilMs)
  return said
    .filter(({ endMs, text }) => endMs >= fromMs && text !== '')
    .map(({ text }) => text)
    .join(' ')
}
