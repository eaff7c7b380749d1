import { Fault, oneOf, type Place } from '../foundation/index.ts'
import type { FlowFaultCode } from './faults.ts'
import type { Node, Prompt } from './flow.ts'
import type { LanguageFile } from './language-file.ts'
import type { NamedPrompt, OptionPath, Verb } from './verb.ts'
import { valueAt } from './yaml-file.ts'

/** A language file that fits its grammar. */
export type Translation = { readonly content: LanguageFile; place(path: OptionPath): Place }

/** A state with its verb. */
export type Standing = { readonly node: Node; readonly verb: Verb; readonly path: OptionPath }

/** All prompts and texts of a state. */
export const wordsOf = ({ node, verb }: Standing): readonly NamedPrompt[] => [
  ...verb.prompts(node.options),
  ...(verb.texts?.(node.options) ?? []),
]

/** Where a language file gives the key by which callers choose it. */
const keyPath: OptionPath = ['key']

/** Adds one language to a state, and finds what the language file lacks or has too much. */
export function translate(
  { content, place }: Translation,
  flow: string,
  standing: Standing,
): { readonly standing: Standing; readonly faults: readonly Fault[] } {
  const { node, verb } = standing
  const at: OptionPath = ['flows', flow, 'states', node.name]
  const given = valueAt(content, at)
  const faults: Fault[] = []
  const fault = (code: FlowFaultCode, path: OptionPath, found: string, expected: string) =>
    faults.push(new Fault({ code, place: place([...at, ...path]), found, expected }))

  let { options } = node
  for (const { path, prompt } of wordsOf(standing)) {
    const words = valueAt(given, path)
    if (typeof words === 'string') options = withAt(options, path, { ...prompt, [content.language]: words })
    else fault('words-missing', path, `no ${[node.name, ...path].join('.')}`, sense(prompt))
  }
  const key = valueAt(given, keyPath)
  const offered = verb.offer?.(options, content.language, typeof key === 'string' ? key : undefined)
  if (isFault(offered)) fault('option-invalid', offered.path, offered.found, offered.expected)
  else if (offered !== undefined) options = offered

  const known = wordsOf(standing).map(({ path }) => path.join('.'))
  if (verb.offer) known.push(keyPath.join('.'))
  for (const path of leavesOf(given))
    if (!known.includes(path.join('.')))
      fault('words-surplus', path, `"${path.join('.')}"`, oneOf(path.join('.'), known))
  return { standing: { ...standing, node: { ...node, options } }, faults }
}

/** Checks a language file's outline of a flow: the states' names, and the words before a question is repeated. */
export function checkOutline(
  { content, place }: Translation,
  flow: string,
  states: readonly string[],
  missed: Prompt | undefined,
): readonly Fault[] {
  const at: OptionPath = ['flows', flow]
  const given = content.flows[flow]
  const fault = (code: FlowFaultCode, path: OptionPath, found: string, expected: string) =>
    new Fault({ code, place: place([...at, ...path]), found, expected })
  if (!given)
    return [
      fault('words-missing', [], `no words of flow "${flow}"`, `all that it says, in ${content.language}`),
    ]
  return [
    ...(missed && given.missed === undefined
      ? [fault('words-missing', ['missed'], 'no missed', sense(missed))]
      : []),
    ...(!missed && given.missed !== undefined
      ? [fault('words-surplus', ['missed'], '"missed"', 'no such words, as the flow says none')]
      : []),
    ...Object.keys(given.states)
      .filter(name => !states.includes(name))
      .map(name => fault('state-unknown', ['states', name], `"${name}"`, oneOf(name, states))),
  ]
}

/** What the translated words must mean. */
const sense = (prompt: Prompt) => `words for "${prompt.en ?? ''}"`

const isFault = (given: unknown): given is { path: OptionPath; found: string; expected: string } =>
  typeof given === 'object' && given !== null && 'found' in given && 'expected' in given

function withAt(value: unknown, [name, ...rest]: OptionPath, next: unknown): unknown {
  if (name === undefined) return next
  if (Array.isArray(value))
    return value.map((item, index) => (index === name ? withAt(item, rest, next) : item))
  const map = value as Readonly<Record<string, unknown>>
  return { ...map, [name]: withAt(map[name], rest, next) }
}

function leavesOf(value: unknown): readonly OptionPath[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [[]]
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return entries.flatMap(([name, inner]) => leavesOf(inner).map(path => [name, ...path]))
}
