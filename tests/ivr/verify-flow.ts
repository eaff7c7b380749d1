import { type Failure, type FlowSet, readFlows, type Verdict, verify } from '../../src/ivr/index.ts'

/** Flows that keep every rule, to be broken one line at a time. */
export const sound = `
flow: sound
audience: general
syllablesPerMinute: 200
patience: 5s
start: hello
person: line
states:
  hello:
    menu:
      prompt: { zh-CN: 找人请按0，查询请按1，结束请按9。, en: "For a person, press 0." }
      keys: { 1: number, 9: bye }
      silence: line
  number:
    ask:
      name: order
      prompt: { zh-CN: 请输入工单号。, en: Key in your order. }
      digits: { min: 2, max: 4 }
      next: state
  state:
    status:
      order: order
      prompts: { open: { zh-CN: 正在办理。, en: It is being handled. } }
      unknown: line
      next: thanks
  thanks:
    hangup: { because: done, prompt: { zh-CN: 再见。, en: Goodbye. } }
  bye:
    hangup: { because: chosen }
  line:
    queue:
      reason: sound
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: "第{place}位。", en: "You are number {place}." }
      every: 20s
      full: word
      failed: word
  word:
    message:
      name: demand
      prompt: { zh-CN: 请讲。, en: Please speak. }
      atMost: 60s
      readback: { zh-CN: 记下了。, en: We have it. }
      next: thanks
      else: sorry
  sorry:
    hangup: { because: failed, prompt: { zh-CN: 没有录上。, en: It was not recorded. } }
`

export const setOf = (text: string): FlowSet => readFlows([{ path: 'sound.yaml', text }])

/** The flow with some of its text replaced, each part once. */
export function changed(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`no "${from}" to change`)
    return now.replace(from, to)
  }, text)
}

export const failuresOf = (verdict: Verdict): readonly Failure[] =>
  verdict.flows.flatMap(({ failures }) => failures)

export const brokenRules = (text: string): readonly string[] => [
  ...new Set(failuresOf(verify(setOf(text))).map(({ rule }) => rule)),
]
