import { createHash } from 'node:crypto'
import { Fault, FaultList } from '../foundation/index.ts'
import { checkFlow } from './check.ts'
import type { Flow, FlowSet } from './flow.ts'
import { flowFile, formerFlowWords } from './grammar.ts'
import { isLanguageFile } from './language-file.ts'
import { readLanguages } from './languages.ts'
import { readYaml } from './yaml-file.ts'

/** A flow file's path and text. */
export type FlowSource = { readonly path: string; readonly text: string }

/**
 * Reads and checks flows that take effect together, and the language files beside them.
 * @throws FaultList with every fault in all of the files, each located as `file:line:column`
 */
export function readFlows(sources: readonly FlowSource[]): FlowSet {
  const files = sources
    .filter(({ path }) => !isLanguageFile(path))
    .map(({ path, text }) => readYaml(path, text, flowFile, formerFlowWords))
  const named = files.flatMap(file => (file.content ? [file.content.flow] : []))
  const languages = readLanguages(
    sources.filter(({ path }) => isLanguageFile(path)),
    files.every(file => file.content) ? named : undefined,
  )
  const checked = files.flatMap(({ content, place }) =>
    content ? [checkFlow(content, place, named, languages.translations)] : [],
  )
  const flows = new Map<string, Flow>()
  const faults = [...files, languages, ...checked].flatMap(one => one.faults)
  for (const { flow } of checked) {
    if (flows.has(flow.name))
      faults.push(
        new Fault({
          code: 'flow-twice',
          place: flow.place,
          found: `a second flow named "${flow.name}"`,
          expected: 'each name once',
        }),
      )
    flows.set(flow.name, flow)
  }
  if (faults.length > 0) throw new FaultList(faults)
  const hints = files.flatMap(file => file.hints)
  return { version: digestOf(sources), flows, languages: languages.readings, hints }
}

/** SHA-256 in hex of the files' texts, ordered by path. */
export function digestOf(sources: readonly FlowSource[]): string {
  const hash = createHash('sha256')
  for (const { text } of [...sources].sort((one, other) => (one.path < other.path ? -1 : 1)))
    hash.update(text).update('\0')
  return hash.digest('hex')
}
