import { Fault, oneOf } from '../foundation/index.ts'
import type { Utterance, VoiceLanguage } from '../speech/index.ts'
import type { FlowFaultCode } from './faults.ts'
import type { Flow, Prompt } from './flow.ts'
import { defaultLanguage, ownLanguages } from './flow.ts'
import type { FlowFile } from './grammar.ts'
import { noticeGaps, placeholder } from './speak.ts'
import { checkOutline, type Standing, type Translation, translate } from './translate.ts'
import type { FlowOutline, NamedPrompt, OptionPath } from './verb.ts'
import { verbNamed } from './verbs.ts'

type Checked = { readonly flow: Flow; readonly faults: readonly Fault[] }

/** Values that every conversation has, besides those that the flow collects. */
const alwaysKnown = ['caller', 'place', ...noticeGaps]

/**
 * Builds a flow from a file that fits the grammar, with its prompts in all languages, and finds faults beyond the grammar:
 * names that lead nowhere and prompts that are missing.
 */
export function checkFlow(
  file: FlowFile,
  place: (path: OptionPath) => string,
  flowNames: readonly string[],
  translations: readonly Translation[],
): Checked {
  const own = Object.entries(file.states).flatMap(([name, state]) => standingsOf(name, state, place))
  const stateNames = own.map(({ node }) => node.name)
  const faults: Fault[] = translations.flatMap(one => checkOutline(one, file.flow, stateNames, file.missed))
  const told = translations.filter(({ content }) => content.flows[file.flow])
  const standings = own.map(standing =>
    told.reduce((before, one) => {
      const after = translate(one, file.flow, before)
      faults.push(...after.faults)
      return after.standing
    }, standing),
  )
  const missed = file.missed && {
    ...file.missed,
    ...Object.fromEntries(
      told.map(({ content }) => [content.language, content.flows[file.flow]?.missed ?? '']),
    ),
  }
  const collected = standings.flatMap(({ node, verb }) =>
    Object.keys(verb.collects?.(node.options, defaultLanguage) ?? {}),
  )
  const outline: FlowOutline = {
    numbers: Object.keys(file.numbers),
    collected: [...alwaysKnown, ...collected],
    languages: [...ownLanguages, ...translations.map(({ content }) => content.language)],
  }
  const fault = (code: FlowFaultCode, path: OptionPath, found: string, expected: string) =>
    faults.push(new Fault({ code, place: place(path), found, expected }))
  const mustBeState = (path: OptionPath, name: string) => {
    if (!stateNames.includes(name)) fault('state-unknown', path, `"${name}"`, oneOf(name, stateNames))
  }
  /** @param path of the state's options, from which the place in a language's file is derived */
  const checkGaps = (
    path: OptionPath,
    within: OptionPath,
    prompt: Prompt,
    known: readonly string[] = outline.collected,
  ) => {
    for (const [language, text] of Object.entries(prompt))
      for (const [, gap = ''] of text.matchAll(placeholder)) {
        if (known.includes(gap)) continue
        const other = told.find(({ content }) => content.language === language)
        const where = other
          ? other.place(['flows', file.flow, ...path.slice(0, 2), ...within])
          : place([...path, ...within, language])
        faults.push(
          new Fault({ code: 'value-unknown', place: where, found: `{${gap}}`, expected: oneOf(gap, known) }),
        )
      }
  }

  mustBeState(['start'], file.start)
  mustBeState(['person'], file.person)
  const person = standings.find(({ node }) => node.name === file.person)
  if (person && person.verb.name !== 'queue')
    fault('person-no-queue', ['person'], `"${file.person}", a ${person.verb.name}`, 'a state that is a queue')
  if (missed) checkGaps(['missed'], [], missed)

  for (const { node, verb, path } of standings) {
    for (const edge of verb.edges(node.options)) {
      if ('to' in edge) mustBeState([...path, ...edge.path], edge.to)
      else if (!flowNames.includes(edge.flow))
        fault('flow-unknown', [...path, ...edge.path], `"${edge.flow}"`, oneOf(edge.flow, flowNames))
    }
    for (const { path: within, prompt, knows = [] } of verb.prompts(node.options))
      checkGaps(path, within, prompt, [...outline.collected, ...knows])
    for (const { path: within, prompt } of verb.texts?.(node.options) ?? [])
      checkGaps(path, within, prompt, ['link', ...outline.collected])
    for (const wrong of verb.faults?.(node.options, outline) ?? [])
      fault('option-invalid', [...path, ...wrong.path], wrong.found, wrong.expected)
  }
  return { flow: flowOf(file, missed, standings, place), faults }
}

function standingsOf(
  name: string,
  state: FlowFile['states'][string],
  place: (path: OptionPath) => string,
): readonly Standing[] {
  return Object.entries(state).flatMap(([word, options]) => {
    const verb = verbNamed(word)
    if (!verb || options === undefined) return []
    const node = { name, verb: word, options, place: place(['states', name]) }
    return [{ node, verb, path: ['states', name, word] }]
  })
}

function flowOf(
  file: FlowFile,
  missed: Prompt | undefined,
  standings: readonly Standing[],
  place: (path: OptionPath) => string,
): Flow {
  const prompts = standings.flatMap(({ node, verb }) =>
    verb.prompts(node.options).map(named => [`${file.flow}-${node.name}`, named] as const),
  )
  const utterances = new Map(
    prompts.map(([owner, named]) => [
      named.prompt,
      utterancesOf(promptName(owner, named), named.prompt, file.syllablesPerMinute),
    ]),
  )
  if (missed) utterances.set(missed, utterancesOf(`${file.flow}-missed`, missed, file.syllablesPerMinute))
  return {
    name: file.flow,
    audience: file.audience,
    syllablesPerMinute: file.syllablesPerMinute,
    patienceMs: file.patience,
    start: file.start,
    person: file.person,
    missed,
    numbers: file.numbers,
    nodes: new Map(standings.map(({ node }) => [node.name, node])),
    utterances,
    place: place(['flow']),
  }
}

/** The name of a prompt's recording, such as `hotline-greeting` or `hotline-line-reassure`. */
function promptName(owner: string, { path }: NamedPrompt): string {
  return [owner, ...path.filter(part => part !== 'prompt')].join('-')
}

function utterancesOf(
  name: string,
  prompt: Prompt,
  syllablesPerMinute: number,
): ReadonlyMap<VoiceLanguage, Utterance> {
  return new Map(
    Object.entries(prompt).map(([language, text]) => {
      const utterance: Utterance = { text, language, syllablesPerMinute, prompt: name }
      return [language, text.includes('{') ? { ...utterance, once: true } : utterance]
    }),
  )
}
