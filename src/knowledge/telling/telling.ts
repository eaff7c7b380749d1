import type { City } from '../../city/index.ts'
import { Fault, newId } from '../../foundation/index.ts'
import type { PlayEnd, Sound } from '../../media/index.ts'
import type { PromptBook } from '../../speech/index.ts'
import { type Call, type CallRecords, type Journal, normaliseNumber } from '../../telephony/index.ts'
import type { TextSender } from '../../texts/index.ts'
import type { KnowledgeUsed } from '../api.ts'
import type { Knowledge } from '../knowledge.ts'
import type { KnowledgeTold } from './api.ts'

/** Brings answers to citizens. */
export type KnowledgeTelling = {
  /**
   * Plays an answer in the hotline's voice to the caller whom a seat is talking to. @throws Fault
   * `knowledge-not-in-talk`, `knowledge-not-current`, `speech-failed`
   */
  readOut(
    id: string,
    to: { readonly version: number; readonly call: string; readonly seat: string },
  ): Promise<KnowledgeTold>
  /** Stops reading. @throws Fault `knowledge-not-in-talk` */
  hush(call: string, seat: string): void
  /**
   * Sends an answer by text message. @throws Fault `knowledge-no-number`, `knowledge-not-current`, `reach-refused`,
   * and as `TextSender`
   */
  text(
    id: string,
    to: { readonly version: number; readonly call?: string; readonly number?: string },
  ): Promise<KnowledgeUsed>
}

type TellingParts = {
  readonly knowledge: Pick<Knowledge, 'use'>
  /** Finds the caller that a seat has. */
  readonly desk: { at(seat: string): { readonly call: Call; readonly phase: string } | undefined }
  readonly prompts: Pick<PromptBook, 'sound'>
  /** Shows what is played to those who read along. */
  readonly captions: { plays(call: Call, sounds: readonly Sound[], playing: Promise<PlayEnd>): void }
  readonly journal: Journal
  readonly calls: Pick<CallRecords, 'find'>
  readonly texts: TextSender
  readonly city: City
}

/** Pace at which an answer is read to somebody who has not seen it. */
const syllablesPerMinute = 200

/** Lets an agent give an answer of the knowledge base, read out by the hotline's voice or sent as a text message. */
export function openTelling(parts: TellingParts): KnowledgeTelling {
  const { knowledge, desk, prompts, captions, journal, calls, texts, city } = parts

  /** The call that the seat is talking in now; a caller on hold or at another seat is refused. */
  const callerOf = (seat: string, call: string): Call => {
    const talk = desk.at(seat)
    if (talk?.call.id === call && talk.phase === 'talking') return talk.call
    throw new Fault({
      code: 'knowledge-not-in-talk',
      place: 'body.call',
      found: talk?.call.id === call ? `a call that is ${talk.phase}` : 'no call of this seat',
      expected: 'the call that this seat talks in now',
    })
  }

  return {
    async readOut(id, { version, call, seat }) {
      const talking = callerOf(seat, call)
      let durationMs = 0
      const told = await knowledge.use(id, version, 'read-out', async words => {
        const paragraphs = words.split('\n')
        const sounds = await Promise.all(
          paragraphs.map(text => prompts.sound({ text, language: 'zh-CN', syllablesPerMinute, once: true })),
        )
        // The call may have ended while the sounds were made.
        callerOf(seat, call)
        captions.plays(talking, sounds, Promise.resolve('finished'))
        for (const [at, text] of paragraphs.entries())
          journal.write(talking.id, { kind: 'prompt', text, durationMs: sounds[at]?.durationMs ?? 0 })
        // Caller and agent stay connected: the agent is not heard meanwhile, but hears the caller.
        talking.interject(sounds)
        durationMs = sounds.reduce((sum, sound) => sum + sound.durationMs, 0)
      })
      return { ...told, durationMs }
    },
    hush(call, seat) {
      callerOf(seat, call).interject([])
    },
    async text(id, { version, call, number }) {
      const to = number === undefined ? await rangFrom(call, calls) : normaliseNumber(number, city)
      if (to === '')
        throw new Fault({
          code: 'knowledge-no-number',
          place: 'body.number',
          found: 'no number, or one that is not proved',
          expected: 'a number that the citizen names',
        })
      const text = newId('text')
      return knowledge.use(id, version, 'sms', words => texts.send({ id: text, call, to, text: words }))
    },
  }
}

/** The number that the caller rang from, when it is proved; the called number of an outgoing call. */
async function rangFrom(id: string | undefined, calls: TellingParts['calls']): Promise<string> {
  const found = id === undefined ? undefined : await calls.find(id)
  if (!found || found.call.proved === false) return ''
  return found.call.direction === 'in' ? found.call.caller : found.call.called
}
