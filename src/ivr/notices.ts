import type { FlowSet } from './flow.ts'
import { tellsRecorded } from './speak.ts'

const known = new WeakMap<FlowSet, ReadonlyMap<string, Notice>>()

/** The prompt that tells callers they are recorded, and the languages in which it fails to say so. */
type Notice = {
  readonly flow: string
  readonly missing: readonly string[]
}

/** The notices of a set of flows, by the prompt's name. */
export function noticesOf(set: FlowSet): ReadonlyMap<string, Notice> {
  const found = known.get(set) ?? new Map(findAll(set))
  known.set(set, found)
  return found
}

function* findAll(set: FlowSet): Iterable<readonly [string, Notice]> {
  for (const flow of set.flows.values())
    for (const spoken of flow.utterances.values()) {
      const all = [...spoken.values()]
      if (!all.some(({ text }) => tellsRecorded(text))) continue
      const missing = all.filter(({ text }) => !tellsRecorded(text)).map(({ language }) => language)
      for (const { prompt } of all) if (prompt !== undefined) yield [prompt, { flow: flow.name, missing }]
    }
}
