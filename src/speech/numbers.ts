import { forLanguage } from './language.ts'
import type { VoiceLanguage } from './synthesizer.ts'

/** How a language reads out numbers. */
export type Reading = {
  /** The digits zero to nine as they are said one by one. */
  readonly digits: readonly string[]
  /** What stands between two digits, and between two groups, where the voice pauses. */
  readonly joiner: string
  readonly pause: string
}

const chinese: Reading = {
  // 幺 for 1, as is usual on the telephone, where 一 and 七 sound alike.
  digits: [...'零幺二三四五六七八九'],
  joiner: '',
  pause: '，',
}

const english: Reading = {
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  joiner: ' ',
  pause: ', ',
}

const readings: Readonly<Record<VoiceLanguage, Reading>> = { 'zh-CN': chinese, en: english }

/** How a language reads numbers. Languages that we do not know are read as Chinese. */
export const readingOf = (language: VoiceLanguage): Reading => forLanguage(readings, language) ?? chinese

/**
 * Reads a number for dictation: character by character in groups of three or four, the shorter group first, as phone
 * numbers are written (138 0013 8000). Letters are named; all other characters are left out.
 */
export function readDigits(number: string, { digits, joiner, pause }: Reading): string {
  const said = [...number.toUpperCase().matchAll(/[A-Z]|\d/g)].map(([sign]) => digits[Number(sign)] ?? sign)
  return groups(said)
    .map(group => group.join(joiner))
    .join(pause)
}

function groups(signs: readonly string[]): string[][] {
  const most = 4
  const count = Math.ceil(signs.length / most)
  const least = Math.floor(signs.length / count)
  const shorter = count - (signs.length % count)
  return Array.from({ length: count }, (_, group) => {
    const start = group * least + Math.max(0, group - shorter)
    return signs.slice(start, start + least + (group < shorter ? 0 : 1))
  })
}
