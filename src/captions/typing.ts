import { Fault, isWritable, writable } from '../foundation/index.ts'
import type { CaptionLine, Speaker } from './api.ts'
import type { CaptionFaultCode } from './faults.ts'
import { fixLine } from './line.ts'
import type { Transcript } from './transcript.ts'
import { keyWords } from './words.ts'

/** Longer than anyone types before a new line. */
export const mostTyped = 500
const mostLines = 2000
/** Keys pressed within this time of each other share a line. */
const oneNumberMs = 4_000

/** What hands put into a transcript: typing, corrections, keys. */
export type Typing = {
  /**
   * The line that `hand` calls by this name reads so by now: every letter is told as the whole line, so that one that
   * was lost on the way is made good by the next.
   * @returns the line's id; undefined when there is nothing to show.
   */
  type(who: Speaker, hand: string, text: string, done: boolean): CaptionLine['id'] | undefined
  /** Puts a word right. @throws Fault `line-unknown`, `fix-unfit` */
  fix(id: CaptionLine['id'], found: string, becomes: string, at?: number): void
  press(key: string): void
}

export function createTyping(transcript: Transcript, nowMs: () => number): Typing {
  const lines = new Map<string, CaptionLine['id']>()
  let pressed: { readonly id: CaptionLine['id']; keys: string; atMs: number } | undefined

  return {
    type(who, hand, given, settled) {
      const text = readable(given)
      const known = lines.get(hand)
      if (known !== undefined) {
        if (!transcript.line(known)?.settled) transcript.change(known, { text, settled, endMs: nowMs() })
        return known
      }
      if (text === '' || lines.size >= mostLines) return undefined
      const atMs = nowMs()
      const id = transcript.add({ who, kind: 'typed', text, settled, startMs: atMs, endMs: atMs })
      lines.set(hand, id)
      return id
    },
    fix(id, found, becomes, at) {
      const line = transcript.line(id)
      const isFixable = line?.settled && (line.kind === 'speech' || line.kind === 'typed')
      if (!line || !isFixable)
        throw fault('line-unknown', `line ${id}`, 'a line of speech or typing that is said to the end')
      const fixed = fixLine(line, found, readable(becomes), at)
      // Half of a character stands in no line, though it can be found in one.
      if (!fixed || !isWritable(found) || !isWritable(fixed.text))
        throw fault('fix-unfit', 'a line that does not read so', 'words that stand in the line')
      const { text, fixes = [] } = fixed
      transcript.change(id, { text, fixes })
    },
    press(key) {
      const atMs = nowMs()
      if (pressed && pressed.id === transcript.lines().at(-1)?.id && atMs - pressed.atMs < oneNumberMs) {
        pressed.keys += key
        pressed.atMs = atMs
        return transcript.change(pressed.id, { ...keyWords(pressed.keys), endMs: atMs })
      }
      const line = { who: 'citizen', kind: 'key', settled: true, startMs: atMs, endMs: atMs } as const
      pressed = { id: transcript.add({ ...line, ...keyWords(key) }), keys: key, atMs }
    },
  }
}

/** Without what could turn the writing round or hide in it; never more than a line takes. */
const readable = (text: string) =>
  writable(text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').slice(0, mostTyped))

const fault = (code: CaptionFaultCode, found: string, expected: string) =>
  new Fault({ code, place: 'captions', found, expected })
