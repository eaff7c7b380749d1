import type { Utterance } from './synthesizer.ts'

/**
 * The default rate of cloud voices, in syllables a minute. This is an assumption: it is neither published nor measured. A
 * city that measures its voice can adjust the flow's rate.
 */
const naturalSyllablesPerMinute = 240

/**
 * An utterance in SSML 1.0 (https://www.w3.org/TR/speech-synthesis/), with a rate relative to the voice's own.
 * @param voice a voice's name, such as zh-CN-XiaoxiaoNeural
 */
export function toSsml({ text, language, syllablesPerMinute }: Utterance, voice: string): string {
  const percent = Math.round((syllablesPerMinute / naturalSyllablesPerMinute - 1) * 100)
  const rate = `${percent < 0 ? '' : '+'}${percent}%`
  return [
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="${escaped(language)}">`,
    `<voice name="${escaped(voice)}"><prosody rate="${rate}">${escaped(text)}</prosody></voice></speak>`,
  ].join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
/** Characters that XML 1.0 forbids (section 2.2), lone surrogates included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

const escaped = (text: string) =>
  text.replace(notInXml, '').replace(/[&<>"']/g, sign => entities[sign] ?? sign)
