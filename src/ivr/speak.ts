import { readDigits, readingOf, type Utterance, type VoiceLanguage } from '../speech/index.ts'
import { defaultLanguage, type FlowSet, type Prompt } from './flow.ts'
import type { Effect, Values } from './turn.ts'
import type { Scene } from './verb.ts'

/** The value that holds the number which callbacks ring. */
export const numberValue = 'caller'
/** What stands for that number in words that are made before anybody calls. */
const yourNumber: Readonly<Record<VoiceLanguage, string>> = {
  'zh-CN': '您的号码',
  yue: '您嘅号码',
  en: 'your number',
}

/** Such as a telephone number or an order's: nobody understands it as an amount. */
const isLongNumber = /^\d{5,}$/
/** What is written down of it. */
const masked = '••••'

export const placeholder = /\{([a-z][a-z0-9-]*)\}/g

/** A prompt in the caller's language, with what was collected filled in. Nothing is made for one without gaps. */
export function utter(
  { set, flow, state }: Scene,
  prompt: Prompt,
  language: VoiceLanguage = state.language,
): Utterance {
  const spoken = flow.utterances.get(prompt)
  const utterance = spoken?.get(language) ?? spoken?.get(defaultLanguage)
  if (!utterance) throw new Error(`a prompt that flow ${flow.name} does not have`)
  return utterance.once ? fill(set, utterance, state.values) : utterance
}

/** The same, to be kept as sound: it holds nothing of the caller's, and many hear it. */
export function keep(scene: Scene, prompt: Prompt): Utterance {
  const { once: _, ...kept } = utter(scene, prompt)
  return kept
}

/** Says prompts one after the other. */
export function say(scene: Scene, ...prompts: readonly Prompt[]): Effect {
  return { kind: 'say', utterances: prompts.map(prompt => utter(scene, prompt)) }
}

/** A value that is not always there: a sentence that holds it is left out without it. */
export const estimateGap = 'wait'

/** By when a callback that is promised is made: a sentence that holds it is left out where nobody can tell. */
export const dueGap = 'due'

/** Stands in a sentence that is said where what callers say is turned into text; it is left out elsewhere. */
export const transcribedGap = 'transcribed'

/** Stands in a sentence that is said where conversations are recorded; it is left out elsewhere. */
export const recordedGap = 'recorded'

export const tellsRecorded = (text: string): boolean => text.includes(`{${recordedGap}}`)

/** Gaps that stand for nothing that is said: their sentence is said where something is so. */
export const noticeGaps = [transcribedGap, recordedGap] as const

/** Ends with a mark, in English one before a space: a number may hold a dot. */
const sentence = /.+?(?:[。！？!?]+|\.(?=\s|$)|$)\s*/gsu

/** Without the sentences that hold the estimate. */
export const withoutEstimate = (text: string): string => without(text, estimateGap)

function without(text: string, name: string): string {
  const gap = `{${name}}`
  if (!text.includes(gap)) return text
  const kept = (text.match(sentence) ?? []).filter(one => !one.includes(gap))
  return kept.join('').trim()
}

/** A text to be read, in the caller's language; a gap that nobody fills here stays. */
export function write({ state }: Scene, prompt: Prompt): string {
  const words = prompt[state.language] ?? prompt[defaultLanguage] ?? ''
  return words.replaceAll(placeholder, (gap, name: string) => state.values[name] ?? gap)
}

/** An utterance with its gaps filled in, numbers as its language reads them. */
export function fill(set: FlowSet, utterance: Utterance, values: Values): Utterance {
  const reading = set.languages.get(utterance.language) ?? readingOf(utterance.language)
  const told = [estimateGap, dueGap, ...noticeGaps].reduce(
    (text, gap) => (values[gap] ? text : without(text, gap)),
    utterance.text,
  )
  const words = noticeGaps.reduce((text, gap) => text.replaceAll(`{${gap}}`, ''), told)
  const said = (long: (number: string) => string) =>
    words.replaceAll(placeholder, (_, name: string) => {
      const value = values[name] ?? ''
      return isLongNumber.test(value) ? long(value) : value
    })
  const text = said(number => readDigits(number, reading))
  const { once, ...kept } = utterance
  const instead = values[dueGap] ? withoutDue(set, utterance) : undefined
  return once && tellsOfOne(utterance)
    ? { ...utterance, text, written: said(() => masked), instead }
    : { ...kept, text, instead }
}

/** A promise in words that can be made before anybody calls: it names no time, and no number. Undefined for what is none. */
export function withoutDue(set: FlowSet, utterance: Utterance): Utterance | undefined {
  if (!utterance.text.includes(`{${dueGap}}`)) return undefined
  const number = yourNumber[utterance.language] ?? `{${numberValue}}`
  const plain = { ...utterance, text: utterance.text.replaceAll(`{${numberValue}}`, number) }
  return tellsOfOne(plain) ? undefined : fill(set, plain, {})
}

/** A place in the queue, how long it takes, by when we ring, that calls are turned into text, or recorded: the same words for whoever hears them. */
const sharedGaps: ReadonlySet<string> = new Set(['place', estimateGap, dueGap, ...noticeGaps])

/** Whatever else stands in a gap is one caller's own. */
export const tellsOfOne = ({ text }: Utterance) =>
  [...text.matchAll(placeholder)].some(([, name = '']) => !sharedGaps.has(name))
