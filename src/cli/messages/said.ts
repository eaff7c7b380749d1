import type { Form } from '../../http/words/form.ts'
import { general } from '../../http/words/general-faults.ts'
import { roomForms } from '../../http/words/refusals.ts'
import { ruleForms } from '../../http/words/rule-faults.ts'
import { commands } from './said/commands.ts'
import { flows } from './said/flows.ts'
import { folders } from './said/folders.ts'
import { proofs, wayIn } from './said/proofs.ts'
import { refusals } from './said/refusals.ts'
import { flowFiles } from './said/rules.ts'
import { signIns } from './said/sign-in.ts'
import { databases, files, settings, starting } from './said/starts.ts'

/**
 * What a fault found and expected, in Chinese. Faults carry English, which programs and logs read; what people meet at a
 * start, in flow files and in commands is said here again, by its form. A text of no known form stays as it is: half a
 * fault in English helps more than none.
 *
 * By form, and not by a code with values: of some 530 texts nine in ten are said at one place only, so that codes would be
 * as many names more, twenty rooms would carry them, and a reader of the source would no longer see what is said.
 * `tests/cli/said.test.ts` reads every text out of the source and lets none stay English, in part either.
 */
export function inChinese(text: string): string {
  for (const [form, say] of forms) {
    const found = form.exec(text)
    if (found) return say(...found.slice(1).map(part => part ?? ''))
  }
  return text
}

/** Last of all: many a form has an `or` of its own. */
const eitherOf: Form = [/^(.+?),? or (.+)$/, (one, other) => `${inChinese(one)}，或者${inChinese(other)}`]

/** What the proof found, and how a caller comes to it. */
const onTheWay: Form = [
  /^(.+?) \(((?:hears|presses|waits|speaks|hangs up|the prompt|it is|it fails|a callback|the queue|a person) .*|speaks|hangs up)\)$/s,
  (found, way) => `${inChinese(found)}（${wayIn(way)}）`,
]

const forms: readonly Form[] = [
  onTheWay,
  ...settings,
  ...starting,
  ...databases,
  ...files,
  ...ruleForms,
  ...commands,
  ...flows,
  ...flowFiles,
  ...proofs,
  ...refusals,
  ...roomForms,
  ...folders,
  ...signIns,
  ...general,
  eitherOf,
]
