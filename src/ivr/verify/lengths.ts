import type { PromptBook, Utterance, VoiceLanguage } from '../../speech/index.ts'
import type { Flow, FlowSet } from '../flow.ts'
import { estimatedMs } from '../simulate.ts'
import { fill } from '../speak.ts'
import type { Values } from '../turn.ts'
import { verbNamed } from '../verbs.ts'

/** Gives an utterance's duration in seconds. */
export type Durations = (utterance: Utterance) => number

/** Seconds of sound by language and prompt name, as plain JSON. */
export type Lengths = Readonly<Record<string, number>>

const keyOf = ({ language, prompt }: Utterance) => `${language} ${prompt}`

/** Measured durations, or estimates by syllables where there is no measurement. */
export const durationsOf =
  (lengths: Lengths): Durations =>
  utterance =>
    lengths[keyOf(utterance)] ?? estimatedMs(utterance) / 1000

/** Whether the duration was measured with a voice or a recording. */
export const isMeasured = (lengths: Lengths, utterance: Utterance) => keyOf(utterance) in lengths

/** Durations as if every utterance were said in this language, for a path that was explored in another. */
export function durationsIn(set: FlowSet, language: VoiceLanguage, durations: Durations): Durations {
  const samples = samplesOf(set).filter(sample => sample.language === language)
  const seconds = new Map(samples.map(sample => [sample.prompt, durations(sample)]))
  return utterance => seconds.get(utterance.prompt) ?? durations(utterance)
}

/** All utterances of a set, with placeholders filled in by typical values. */
export const samplesOf = (set: FlowSet): readonly Utterance[] =>
  [...set.flows.values()].flatMap(flow =>
    [...flow.utterances.values()].flatMap(spoken =>
      [...spoken.values()].map(utterance => sampleOf(set, flow, utterance)),
    ),
  )

function sampleOf(set: FlowSet, flow: Flow, utterance: Utterance): Utterance {
  // It holds no caller's number, so it may be cached.
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

/** Measures utterances in the voice that callers hear. Those that cannot be spoken are left out. */
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
