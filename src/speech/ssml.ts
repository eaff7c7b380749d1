import type { Utterance } from './synthesizer.ts'

/**
 * How fast voices of the cloud speak when left alone, in syllables a minute. DESIGN: not published, and not measured
 * with an account; a city that measures its voice sets the flow's rate by it.
 */
const naturalSyllablesPerMinute = 240

/**
 * An utterance in SSML 1.0 (https://www.w3.org/TR/speech-synthesis/), its rate relative to the voice's own.
 * @param voice a voice's name, such as zh-CN-XiaoxiaoNeural.
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
/** Not characters by XML 1.0, section 2.2; half a surrogate pair is one of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

const escaped = (text: string) =>
  text.replace(notInXml, '').replace(/[&<>"']/g, sign => entities[sign] ?? sign)
