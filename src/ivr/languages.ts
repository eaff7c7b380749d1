import { Fault, oneOf } from '../foundation/index.ts'
import { type Reading, readingOf, type VoiceLanguage } from '../speech/index.ts'
import { ownLanguages } from './flow.ts'
import { languageFile } from './language-file.ts'

import type { Translation } from './translate.ts'
import { readYaml } from './yaml-file.ts'

type Languages = {
  readonly translations: readonly Translation[]
  /** How each language reads out numbers; the flows' own languages come first. */
  readonly readings: ReadonlyMap<VoiceLanguage, Reading>
  readonly faults: readonly Fault[]
}

/** @param flows names of the flows that may be translated; undefined if not all of them are known */
export function readLanguages(
  sources: readonly { readonly path: string; readonly text: string }[],
  flows: readonly string[] | undefined,
): Languages {
  const files = sources.map(({ path, text }) => readYaml(path, text, languageFile))
  const faults = files.flatMap(file => file.faults)
  const readings = new Map(ownLanguages.map(language => [language, readingOf(language)]))
  const translations: Translation[] = []
  for (const { content, place } of files) {
    if (!content) continue
    const { language, digits, between, pause } = content
    if (readings.has(language))
      faults.push(
        new Fault({
          code: 'language-twice',
          place: place(['language']),
          found: `${language} again`,
          expected: `each language once; ${ownLanguages.join(' and ')} stand in the flows themselves`,
        }),
      )
    for (const flow of Object.keys(content.flows))
      if (flows && !flows.includes(flow))
        faults.push(
          new Fault({
            code: 'flow-unknown',
            place: place(['flows', flow]),
            found: `"${flow}"`,
            expected: oneOf(flow, flows),
          }),
        )
    readings.set(language, { digits, joiner: between, pause })
    translations.push({ content, place })
  }
  return { translations, readings, faults }
}
