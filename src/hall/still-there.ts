import type { Captions } from '../captions/index.ts'
import type { PromptBook } from '../speech/index.ts'
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

type SilenceDependencies = {
  readonly prompts: Pick<PromptBook, 'stillThere'>
  readonly captions: Pick<Captions, 'plays'>
  readonly languages: ReturnType<typeof createSpokenLanguages>
  readonly seats: () => readonly { readonly name: string; readonly caller?: Call['id'] }[]
  readonly journal: Journal
}

/**
 * When a caller falls silent, they are asked whether they are still there, in the language that their flow speaks; who
 * talks with a seat, or is on hold there, is left in peace, and so is the seat.
 */
export const silenceRules = ({
  prompts,
  captions,
  languages,
  seats,
  journal,
}: SilenceDependencies): SilenceRules => ({
  async stillThere(call) {
    const sound = await prompts.stillThere(languages.of(call.id))
    // What was being said goes on after it: to who reads along, it is a line of its own.
    captions.plays(call, [sound], Promise.resolve('finished'))
    journal.write(call.id, { kind: 'prompt', text: sound.text ?? '', durationMs: sound.durationMs })
    return [sound]
  },
  isTalking: call =>
    seats().some(({ name, caller }) =>
      call.direction === 'out' && call.called === name ? caller !== undefined : caller === call.id,
    ),
})
