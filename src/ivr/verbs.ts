import type { Verb } from './verb.ts'
import { ask } from './verbs/ask.ts'
import { branch } from './verbs/branch.ts'
import { captions } from './verbs/captions.ts'
import { choose } from './verbs/choose.ts'
import { goto } from './verbs/goto.ts'
import { hangup } from './verbs/hangup.ts'
import { incidents } from './verbs/incidents.ts'
import { menu } from './verbs/menu.ts'
import { message } from './verbs/message.ts'
import { queue } from './verbs/queue.ts'
import { rate } from './verbs/rate.ts'
import { say } from './verbs/say.ts'
import { status } from './verbs/status.ts'
import { text } from './verbs/text.ts'
import { transfer } from './verbs/transfer.ts'

/** All verbs of the flow language. */
export const verbs: readonly Verb[] = [
  say,
  menu,
  ask,
  choose,
  branch,
  incidents,
  queue,
  message,
  status,
  rate,
  text,
  captions,
  transfer,
  goto,
  hangup,
]

const byName: ReadonlyMap<string, Verb> = new Map(verbs.map(verb => [verb.name, verb]))

export function verbNamed(name: string): Verb | undefined {
  return byName.get(name)
}
