import { readDigits, readingOf, type Utterance, type VoiceLanguage } from '../speech/index.ts'
import { defaultLanguage, type FlowSet, type Prompt } from './flow.ts'
import type { Effect, Values } from './turn.ts'
import type { Scene } from './verb.ts'

/** The value that holds the number to ring for a callback. */
export const numberValue = 'caller'
/** Stands for that number in speech that is rendered before anybody calls. */
const yourNumber: Readonly<Record<VoiceLanguage, string>> = {
  'zh-CN': '您的号码',
  yue: '您嘅号码',
  en: 'your number',
}

/** Long numbers, such as a phone or order number, are read digit by digit. */
const isLongNumber = /^\d{5,}$/
/** What is logged in place of a caller's value. */
const masked = '••••'

export const placeholder = /\{([a-z][a-z0-9-]*)\}/g

/** A prompt in the caller's language with the collected values filled in. One without placeholders is returned as it is. */
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

/** The same for a prompt without any caller's values, whose sound may be cached because many callers hear it. */
export function keep(scene: Scene, prompt: Prompt): Utterance {
  const { once: _, ...kept } = utter(scene, prompt)
  return kept
}

/** Says prompts one after the other. */
export function say(scene: Scene, ...prompts: readonly Prompt[]): Effect {
  return { kind: 'say', utterances: prompts.map(prompt => utter(scene, prompt)) }
}

/** The estimated wait, which is not always known. A sentence with this placeholder is left out when it is not. */
export const estimateGap = 'wait'

/** The time by which a promised callback is made. A sentence with this placeholder is left out when it is unknown. */
export const dueGap = 'due'

/** Marks a sentence that is said only where conversations are transcribed. */
export const transcribedGap = 'transcribed'

/** Marks a sentence that is said only where conversations are recorded. */
export const recordedGap = 'recorded'

export const tellsRecorded = (text: string): boolean => text.includes(`{${recordedGap}}`)

/** Placeholders that stand for no words, but decide whether their sentence is said. */
export const noticeGaps = [transcribedGap, recordedGap] as const

/** A sentence. A full stop ends one only before a space, because numbers may contain a dot. */
const sentence = /.+?(?:[。！？!?]+|\.(?=\s|$)|$)\s*/gsu

/** The text without the sentences that hold the estimated wait. */
export const withoutEstimate = (text: string): string => without(text, estimateGap)

function without(text: string, name: string): string {
  const gap = `{${name}}`
  if (!text.includes(gap)) return text
  const kept = (text.match(sentence) ?? []).filter(one => !one.includes(gap))
  return kept.join('').trim()
}

/** A text for reading in the caller's language. Placeholders that are not filled in here stay. */
export function write({ state }: Scene, prompt: Prompt): string {
  const words = prompt[state.language] ?? prompt[defaultLanguage] ?? ''
  return words.replaceAll(placeholder, (gap, name: string) => state.values[name] ?? gap)
}

/** Fills in an utterance's placeholders; numbers are read as its language does. */
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

/** A promise as it can be rendered before anybody calls: without a time or a number. Undefined for other prompts. */
export function withoutDue(set: FlowSet, utterance: Utterance): Utterance | undefined {
  if (!utterance.text.includes(`{${dueGap}}`)) return undefined
  const number = yourNumber[utterance.language] ?? `{${numberValue}}`
  const plain = { ...utterance, text: utterance.text.replaceAll(`{${numberValue}}`, number) }
  return tellsOfOne(plain) ? undefined : fill(set, plain, {})
}

/** Placeholders whose values are the same for many callers: place, wait, callback time and notices. */
const sharedGaps: ReadonlySet<string> = new Set(['place', estimateGap, dueGap, ...noticeGaps])

/** Whether an utterance holds a placeholder for one caller's own value. */
export const tellsOfOne = ({ text }: Utterance) =>
  [...text.matchAll(placeholder)].some(([, name = '']) => !sharedGaps.has(name))
