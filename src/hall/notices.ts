import type { Captions } from '../captions/index.ts'
import type { Sound } from '../media/index.ts'
import type { PromptBook, SpokenNotice } from '../speech/index.ts'
import type { Call, Journal, SilenceRules } from '../telephony/index.ts'

/** Reads the journal along, and knows in which language each call is led. */
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

/** What the house itself says to a caller: over whatever they hear, in the language that their flow speaks. */
export type Notices = {
  /** Shown and written down as said; to be said by whoever asks. Never rejects. */
  sound(call: Call, name: SpokenNotice): Promise<Sound>
  say(call: Call, name: SpokenNotice): Promise<void>
}

export function createNotices({ prompts, captions, languages, journal }: NoticeDependencies): Notices {
  const sound = async (call: Call, name: SpokenNotice) => {
    const said = await prompts.notice(name, languages.of(call.id))
    // What was being said goes on after it: to who reads along, it is a line of its own.
    captions.plays(call, [said], Promise.resolve('finished'))
    journal.write(call.id, { kind: 'prompt', text: said.text ?? '', durationMs: said.durationMs })
    return said
  }
  return {
    sound,
    say: async (call, name) => call.interject([await sound(call, name)]),
  }
}

type Seats = () => readonly { readonly name: string; readonly caller?: Call['id'] }[]

/**
 * When a caller falls silent, they are asked whether they are still there; who talks with a seat, or is on hold there, is
 * left in peace, and so is the seat.
 */
export const silenceRules = (notices: Pick<Notices, 'sound'>, seats: Seats): SilenceRules => ({
  stillThere: async call => [await notices.sound(call, 'still-there')],
  isTalking: call =>
    seats().some(({ name, caller }) =>
      call.direction === 'out' && call.called === name ? caller !== undefined : caller === call.id,
    ),
})
