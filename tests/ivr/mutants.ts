import { parse, stringify } from 'yaml'
import type { FlowSource } from '../../src/ivr/index.ts'

/** A flow with one thing in it changed. */
export type Mutant = { readonly flow: string; readonly name: string; readonly source: FlowSource }

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }
type Path = readonly (string | number)[]
/** What a value may be changed to; undefined leaves it out. */
type Change = Json | undefined

const targets = ['next', 'else', 'go', 'silence', 'wrong', 'full', 'failed', 'unknown', 'start', 'person']
const optional = [
  ...[
    'silence',
    'wrong',
    'missed',
    'short',
    'readback',
    'check',
    'begins',
    'keeps',
    'priority',
    'else',
    'promise',
    'patience',
    'keys',
  ],
]
/** Inside these stand words to say, which no change of ours can be told by. */
const spoken = ['prompt', 'reassure', 'missed', 'short', 'readback', 'words']
const times = ['patience', 'every', 'atMost']

/** Every edge, guard and default of a flow, changed in each way that this kind of thing can be wrong. */
export function mutantsOf({ path, text }: FlowSource): readonly Mutant[] {
  const file = parse(text) as { readonly [name: string]: Json }
  const states = Object.keys(file.states as object)
  const ends = states.filter(name => isVerb(file, name, 'hangup'))
  const elsewhere = [...new Set([String(file.person), String(file.start), ...ends.slice(0, 1)])]

  return walk(file, []).flatMap(({ at, value }) =>
    changesOf(at, value, elsewhere, states).map(change => ({
      flow: String(file.flow),
      name: `${file.flow} ${at.filter(part => part !== 'states').join('.')}: ${tell(value)} -> ${tell(change)}`,
      source: { path, text: stringify(changedAt(file, at, change), { aliasDuplicateObjects: false }) },
    })),
  )
}

const tell = (value: Change) => (value === undefined ? 'left out' : JSON.stringify(value))

function isVerb(file: { readonly [name: string]: Json }, state: string, verb: string): boolean {
  return verb in ((file.states as { readonly [name: string]: object })[state] ?? {})
}

function changesOf(
  at: Path,
  value: Json,
  elsewhere: readonly string[],
  states: readonly string[],
): readonly Change[] {
  const name = at.at(-1)
  const within = String(at.at(-2))
  if (typeof name === 'number') return within === 'cases' ? [undefined] : []
  const absent: readonly Change[] = optional.includes(String(name)) && at.length > 1 ? [undefined] : []
  if (spoken.includes(String(name))) return name === 'prompt' || name === 'words' ? [] : absent.slice(0, 1)
  if (typeof value === 'object') return within === 'when' ? [undefined] : absent
  const isTarget = targets.includes(String(name)) || (within === 'keys' && states.includes(String(value)))
  if (isTarget) {
    const others = elsewhere.filter(to => to !== value)
    return [...others, ...(within === 'keys' ? [undefined] : absent)]
  }
  return [...scalarChanges(String(name), within, value), ...absent]
}

function scalarChanges(name: string, within: string, value: Json): readonly Change[] {
  if (times.includes(name)) return [scaled(String(value), 2), scaled(String(value), 0.5)]
  if (within === 'when') return guardChanges(name, value)
  if (within === 'as') return ['other', undefined]
  if (within === 'keys') return [value === 'en' ? 'zh-CN' : 'en', undefined]
  if (within === 'numbers') return ['999']
  if (name === 'because') return ['done', 'chosen', 'failed'].filter(other => other !== value)
  if (name === 'audience') return [value === 'elder' ? 'general' : 'elder']
  if (name === 'begins') return ['3']
  if (name === 'syllablesPerMinute') return [Number(value) + 30]
  if (typeof value === 'number') return [value + 1, value - 1]
  if (['name', 'reason', 'template', 'order', 'keeps'].includes(name)) return ['other']
  if (name === 'to') return ['police', 'fire'].filter(other => other !== value).slice(0, 1)
  return name === 'flow' && within === 'goto' ? ['survey'] : []
}

function guardChanges(name: string, value: Json): readonly Change[] {
  if (typeof value === 'boolean') return [!value, undefined]
  if (name === 'days') return ['restday', 'holiday', 'monday', undefined]
  if (name === 'hours') {
    const [from = '', to = ''] = String(value).split('-')
    return [`${minuteLater(from)}-${to}`, `${from}-${minuteLater(to)}`, `${to}-${from}`, undefined]
  }
  return [undefined]
}

const minuteLater = (time: string) => time.replace(/\d$/, last => String((Number(last) + 1) % 10))
const scaled = (time: string, by: number) =>
  time.replace(/^[\d.]+/, figure => String(Number.parseFloat(figure) * by))

function* walkEntries(value: Json): Generator<readonly [string | number, Json]> {
  if (Array.isArray(value)) yield* value.entries()
  else if (typeof value === 'object' && value !== null) yield* Object.entries(value)
}

function walk(value: Json, at: Path): readonly { readonly at: Path; readonly value: Json }[] {
  return [...walkEntries(value)].flatMap(([name, inner]) => {
    const here = { at: [...at, name], value: inner }
    return spoken.includes(String(name)) ? [here] : [here, ...walk(inner, here.at)]
  })
}

function changedAt(value: Json, [name, ...rest]: Path, change: Change): Json {
  const inner = (value as Record<string | number, Json>)[name ?? '']
  const next = rest.length > 0 && inner !== undefined ? changedAt(inner, rest, change) : change
  if (Array.isArray(value))
    return value.flatMap((item, index) => (index === name ? (next === undefined ? [] : [next]) : [item]))
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, item]) =>
      key === String(name) ? (next === undefined ? [] : [[key, next]]) : [[key, item]],
    ),
  )
}
