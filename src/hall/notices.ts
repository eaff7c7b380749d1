import type { Captions } from '../captions/index.ts'
import type { ThirdNews, ThirdWays } from '../desk/index.ts'
import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import { type PromptBook, partsByLanguage, type SpokenNotice } from '../speech/index.ts'
import {
  type AmdEar,
  type Call,
  type Journal,
  listenForAnswer,
  type SilenceRules,
} from '../telephony/index.ts'

/** Knows each call's language, by reading the journal. */
export function createSpokenLanguages(): Journal & { of(call: Call['id']): string } {
  const languages = new Map<Call['id'], string>()
  return {
    write(call, fact) {
      if (fact.kind === 'flow' && fact.language !== undefined) languages.set(call, fact.language)
      else if (fact.kind === 'ended') languages.delete(call)
    },
    of: call => languages.get(call) ?? 'zh-CN',
  }
}

type NoticeDependencies = {
  readonly prompts: Pick<PromptBook, 'notice'>
  readonly captions: Pick<Captions, 'plays'>
  readonly languages: ReturnType<typeof createSpokenLanguages>
  readonly journal: Journal
}

/** Short notices that the service itself speaks to a caller, over whatever they hear, in their flow's language. */
export type Notices = {
  /** The sound to be played by the asker; it is captioned and journalled as said. Never rejects. */
  sound(call: Call, name: SpokenNotice): Promise<Sound>
  /** @returns how long the notice takes to say, in ms */
  say(call: Call, name: SpokenNotice): Promise<number>
}

export function createNotices({ prompts, captions, languages, journal }: NoticeDependencies): Notices {
  const sound = async (call: Call, name: SpokenNotice) => {
    const said = await prompts.notice(name, languages.of(call.id))
    // The interrupted prompt goes on afterwards; in the captions, the notice is a line of its own.
    captions.plays(call, [said], Promise.resolve('finished'))
    journal.write(call.id, { kind: 'prompt', text: said.text ?? '', durationMs: said.durationMs })
    return said
  }
  return {
    sound,
    async say(call, name) {
      const said = await sound(call, name)
      call.announce([said])
      return said.durationMs
    },
  }
}

type Seats = {
  seats(): readonly { readonly name: string; readonly caller?: Call['id'] }[]
  at(seat: string): { hasThird(call: Call['id']): boolean } | undefined
}

/**
 * Asks silent callers whether they are still there. Callers talking with a seat or on hold there are left in peace,
 * and so is the seat.
 */
export const silenceRules = (
  notices: Pick<Notices, 'sound'>,
  desk: Seats,
  seats: SilenceRules['seats'],
): SilenceRules => ({
  seats,
  stillThere: async call => [await notices.sound(call, 'still-there')],
  isTalking: call =>
    desk
      .seats()
      .some(({ name, caller }) =>
        call.direction === 'out' && call.called === name
          ? caller !== undefined
          : caller === call.id || desk.at(name)?.hasThird(call.id) === true,
      ),
})

type ThirdDependencies = Omit<NoticeDependencies, 'prompts'> & {
  readonly prompts: Pick<PromptBook, 'sound' | 'notice'>
  readonly notices: Pick<Notices, 'sound'>
  /** Calls that are recorded; when absent, none is. */
  readonly recorded?: { of(call: Call['id']): { readonly is: string } | undefined }
  readonly ear?: AmdEar
  readonly clock: Clock
  readonly log: Log
}

const syllablesPerMinute = 200

/** What callers are told about the third, over whatever they hear. */
const said: Readonly<Record<'zh-CN' | 'en', Readonly<Record<ThirdNews, (name: string) => string>>>> = {
  'zh-CN': {
    'asked-in': name => `我请${name}一起接听，请不要挂机。`,
    joined: name => `${name}已接入，请讲。`,
    left: name => `${name}已退出，您和坐席继续通话。`,
  },
  en: {
    'asked-in': name => `I am asking ${name} to join us. Please stay on the line.`,
    joined: name => `${name} is with us now. Please go ahead.`,
    left: name => `${name} has left. You are still with the agent.`,
  },
}

/**
 * Asking a third into a call: detects whether a person answers, gives the third the recording notice, and keeps the
 * caller told.
 */
export function thirdWays({ prompts, notices, captions, languages, ...parts }: ThirdDependencies): ThirdWays {
  const { journal, recorded, clock, log, ear } = parts
  const voice: ThirdWays['voice'] = text =>
    Promise.all(partsByLanguage(text).map(part => prompts.sound({ ...part, syllablesPerMinute, once: true })))
  return {
    voice,
    async prove(leg, isSpokenTo, onDoubt) {
      const listening = listenForAnswer(leg, { clock, ear, journal })
      listening.doubt.addEventListener('abort', onDoubt, { once: true })
      if (isSpokenTo) {
        const first = await listening.first
        if (first === 'machine') throw machineAnswered()
        return
      }
      const found = new Promise<true>(resolve => {
        if (listening.machine.aborted) resolve(true)
        listening.machine.addEventListener('abort', () => resolve(true), { once: true })
      })
      await Promise.race([found, leg.ended])
      // The agent judges long greetings: a unit's switchboard begins like an answering machine.
      if (listening.machine.aborted && listening.sign() !== 'greeting') throw machineAnswered()
    },
    welcome(call, leg) {
      const state = recorded?.of(call.id)
      if (!state || state.is === 'failed') return
      prompts.notice('recorded', 'zh-CN').then(
        sound => leg.announce([sound]),
        (error: unknown) => log.warn({ call: call.id, reason: reasonOf(error) }, 'a third was not told'),
      )
    },
    tell(call, news, name) {
      const language = languages.of(call.id).startsWith('en') ? 'en' : 'zh-CN'
      const text = said[language][news](name)
      const say = async () => {
        const sound = await prompts.sound({ text, language, syllablesPerMinute, once: true })
        captions.plays(call, [sound], Promise.resolve('finished'))
        journal.write(call.id, { kind: 'prompt', text, durationMs: sound.durationMs })
        call.announce([sound])
      }
      say().catch((error: unknown) => {
        log.warn({ call: call.id, reason: reasonOf(error) }, 'a caller was not told of who is asked in')
      })
    },
    sorry: async call => [await notices.sound(call, 'bad-line')],
  }
}

const machineAnswered = () =>
  new Fault({
    code: 'machine-answered',
    place: 'the number dialled',
    found: 'a machine that answered',
    expected: 'a person',
  })
