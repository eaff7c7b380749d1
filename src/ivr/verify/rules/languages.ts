import type { Flow, Node, Prompt } from '../../flow.ts'
import { verbNamed } from '../../verbs.ts'
import type { Rule } from '../rule.ts'

/** The script of a language's texts, where it can be checked. */
const script: Readonly<Record<string, RegExp>> = { 'zh-CN': /\p{Script=Han}/u, en: /^[^\p{Script=Han}]+$/u }

const promptsOf = (flow: Flow): readonly { readonly prompt: Prompt; readonly node?: Node }[] => [
  ...(flow.missed ? [{ prompt: flow.missed }] : []),
  ...[...flow.nodes.values()].flatMap(node => {
    const verb = verbNamed(node.verb)
    const all = [...(verb?.prompts(node.options) ?? []), ...(verb?.texts?.(node.options) ?? [])]
    return all.map(({ prompt }) => ({ prompt, node }))
  }),
]

export const everyLanguageIsSpoken: Rule = {
  name: 'every-language-is-spoken',
  says: 'No prompt is missing in a language.',
  *check({ set, visits }) {
    for (const flow of set.flows.values())
      for (const { prompt, node } of promptsOf(flow))
        for (const language of set.languages.keys()) {
          const text = prompt[language] ?? ''
          if (text.trim() !== '' && (script[language]?.test(text) ?? true)) continue
          const visit = visits.find(({ state }) => state.flow === flow.name && state.node === node?.name)
          const place = node?.place ?? flow.place
          yield { flow: flow.name, place, visit, found: `"${text}"`, expected: `words in ${language}` }
        }
  },
}
