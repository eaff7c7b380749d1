import type { CaptionLine, Speaker } from './api.ts'

/**
 * A transcript on a screen that only goes on at its end, as a telephone with real-time text has: one line is written at
 * a time and taken back by backspaces while it is not settled; the others wait for their turn.
 */
export type TextScreen = {
  /** @returns what to send, in T.140, now that a line reads so. */
  show(line: CaptionLine): string
}

/** T.140: takes back the last character; ends a line. */
const backspace = '\b'
const lineSeparator = '\u2028'

const names: Readonly<Record<Speaker, string>> = {
  seat: '话务员：',
  citizen: '来电人：',
  third: '第三方：',
  system: '热线：',
}

/** @param own whose phone it is: what they say and type themselves they know. */
export function createTextScreen(own: Speaker): TextScreen {
  let current: { readonly id: CaptionLine['id']; shown: string } | undefined
  const waiting = new Map<CaptionLine['id'], CaptionLine>()
  /** How lines read that were said to the end. */
  const said = new Map<CaptionLine['id'], string>()

  const write = (line: CaptionLine): string => {
    const before = current?.shown ?? ''
    const after = line.text === '' ? '' : bodyOf(line)
    if (line.settled) {
      current = undefined
      said.set(line.id, line.text)
      const end = after === '' ? '' : lineSeparator
      return change(before, after) + end + writeNext()
    }
    current = { id: line.id, shown: after }
    return change(before, after)
  }

  const writeNext = (): string => {
    const [next] = waiting.values()
    if (!next) return ''
    waiting.delete(next.id)
    return write(next)
  }

  return {
    show(line) {
      if (line.who === own || line.kind === 'key') return ''
      const was = said.get(line.id)
      if (was === line.text) return ''
      if (was !== undefined) {
        // The screen cannot go back to it: it is said again.
        const corrected = { ...line, id: -line.id, text: `更正 ${line.text}` }
        said.set(line.id, line.text)
        if (current) waiting.set(corrected.id, corrected)
        return current ? '' : write(corrected)
      }
      if (current && current.id !== line.id) {
        waiting.set(line.id, line)
        return ''
      }
      if (!current && line.text === '' && !line.settled) return ''
      return write(line)
    },
  }
}

const bodyOf = ({ kind, who, text }: CaptionLine) => (kind === 'event' ? text : names[who] + text)

/** Backspaces to where two texts part, and what comes after. */
function change(before: string, after: string): string {
  const was = [...before]
  const is = [...after]
  let same = 0
  while (same < was.length && was[same] === is[same]) same++
  return backspace.repeat(was.length - same) + is.slice(same).join('')
}

/** Lines as they are typed on such a phone. */
export type TextKeyboard = {
  /** What came, in T.140. @returns each line that reads differently now, and whether it is done. */
  take(text: string): readonly { readonly line: number; readonly text: string; readonly done: boolean }[]
}

/** Longer than anyone types without a new line; a transcript's own limit lies above. */
const mostInALine = 400

export function createTextKeyboard(): TextKeyboard {
  let line = 0
  let typed: string[] = []
  let isAfterReturn = false
  return {
    take(text) {
      const changed = new Map<number, { line: number; text: string; done: boolean }>()
      const note = (done: boolean) => changed.set(line, { line, text: typed.join(''), done })
      const finish = () => {
        if (typed.length > 0) note(true)
        line++
        typed = []
      }
      for (const character of text) {
        const isFeed = character === '\n' && isAfterReturn
        isAfterReturn = character === '\r'
        if (isFeed) continue
        if (/[\r\n\u2028\u2029]/.test(character)) finish()
        else if (character === backspace) {
          typed.pop()
          note(false)
        } else {
          typed.push(character)
          note(false)
          if (typed.length >= mostInALine) finish()
        }
      }
      return [...changed.values()]
    },
  }
}
