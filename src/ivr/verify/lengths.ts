import type { PromptBook, Utterance, VoiceLanguage } from '../../speech/index.ts'
import type { Flow, FlowSet } from '../flow.ts'
import { estimatedMs } from '../simulate.ts'
import { fill } from '../speak.ts'
import type { Values } from '../turn.ts'
import { verbNamed } from '../verbs.ts'

/** How long an utterance takes, in seconds. */
export type Durations = (utterance: Utterance) => number

/** Seconds of sound, by language and the prompt's name: plain, so that it can be kept and sent. */
export type Lengths = Readonly<Record<string, number>>

const keyOf = ({ language, prompt }: Utterance) => `${language} ${prompt}`

/** What was measured; by their syllables those that were not. */
export const durationsOf =
  (lengths: Lengths): Durations =>
  utterance =>
    lengths[keyOf(utterance)] ?? estimatedMs(utterance) / 1000

/** Whether a voice, or a recording, has said how long it takes. */
export const isMeasured = (lengths: Lengths, utterance: Utterance) => keyOf(utterance) in lengths

/** The same when each is said in this language: for a way through a flow that was walked in another. */
export function durationsIn(set: FlowSet, language: VoiceLanguage, durations: Durations): Durations {
  const samples = samplesOf(set).filter(sample => sample.language === language)
  const seconds = new Map(samples.map(sample => [sample.prompt, durations(sample)]))
  return utterance => seconds.get(utterance.prompt) ?? durations(utterance)
}

/** All that a set can say, gaps filled in with what is likely to stand there. */
export const samplesOf = (set: FlowSet): readonly Utterance[] =>
  [...set.flows.values()].flatMap(flow =>
    [...flow.utterances.values()].flatMap(spoken =>
      [...spoken.values()].map(utterance => sampleOf(set, flow, utterance)),
    ),
  )

function sampleOf(set: FlowSet, flow: Flow, utterance: Utterance): Utterance {
  // Nobody's number stands in it: it may be kept.
  const { once, ...kept } = utterance
  return once ? fill(set, kept, sampleValues(flow, utterance.language)) : utterance
}

function sampleValues({ nodes }: Flow, language: VoiceLanguage): Values {
  const collected = [...nodes.values()].map(node => verbNamed(node.verb)?.collects?.(node.options, language))
  return Object.assign({}, ...collected, {
    caller: '13800138000',
    place: '12',
    wait: '12',
    transcribed: 'yes',
    recorded: 'yes',
  })
}

/** How long each takes in the voice that callers hear; what no voice says is left out. */
export async function measure(
  prompts: Pick<PromptBook, 'prepare' | 'sound'>,
  utterances: readonly Utterance[],
  onProgress?: (done: number, total: number) => void,
): Promise<Lengths> {
  await prompts.prepare(utterances, onProgress)
  const lengths: Record<string, number> = {}
  for (const utterance of utterances) {
    const sound = await prompts.sound(utterance).catch(() => undefined)
    const key = keyOf(utterance)
    if (sound) lengths[key] = Math.max(lengths[key] ?? 0, sound.durationMs / 1000)
  }
  return lengths
}
