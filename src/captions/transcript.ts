import { writable } from '../foundation/index.ts'
import type { CaptionLine } from './api.ts'
import { type Change, rewriting } from './line.ts'

export type NewLine = Omit<CaptionLine, 'id'>
export type LineChange = Partial<Omit<CaptionLine, 'id' | 'who' | 'kind'>>

/** How a transcript was shown: characters that appeared, and those that were taken back again. */
export type Shown = { readonly lines: number; readonly shown: number; readonly rewritten: number }

/** What is said in one call, as a numbered list of changes that only grows at its end. */
export type Transcript = {
  /** Begins a line, and gives its id. */
  add(line: NewLine): CaptionLine['id']
  /** Lets a line read differently; nothing happens when it reads so already. */
  change(id: CaptionLine['id'], change: LineChange): void
  line(id: CaptionLine['id']): CaptionLine | undefined
  lines(): readonly CaptionLine[]
  /** Number of the last change; 0 before the first. */
  readonly last: number
  /**
   * What a reader lacks who has taken in the changes up to `n`: the latest change of each line that changed since, in
   * order. No line is missing, none comes twice.
   */
  after(n: number): readonly Change[]
  readonly figures: Shown
}

/** @param onChange told of each change, once, in order. */
export function createTranscript(onChange: (change: Change) => void = () => undefined): Transcript {
  /** The latest change of each line, the line changed last at the end. */
  const latest = new Map<CaptionLine['id'], Change>()
  let last = 0
  let lines = 0
  let shown = 0
  let rewritten = 0

  const put = (line: CaptionLine, before: string) => {
    const { shown: fresh, taken } = rewriting(before, line.text)
    shown += fresh
    // A person who mends a word, or takes back what they typed, does not make captions flicker.
    if (line.kind === 'speech' && !line.fixes) rewritten += taken
    const change = { n: ++last, line }
    latest.delete(line.id)
    latest.set(line.id, change)
    onChange(change)
  }

  return {
    add(line) {
      const id = ++lines
      put({ ...line, id, text: writable(line.text) }, '')
      return id
    },
    change(id, asked) {
      const line = latest.get(id)?.line
      // Whatever wrote it, a line can be kept: a text that was cut, or came in halves, may end in half a character.
      const change = asked.text === undefined ? asked : { ...asked, text: writable(asked.text) }
      if (!line || isSame(line, change)) return
      put({ ...line, ...change }, line.text)
    },
    line: id => latest.get(id)?.line,
    lines: () => [...latest.values()].map(({ line }) => line).sort((one, two) => one.id - two.id),
    get last() {
      return last
    },
    after(n) {
      const changes = [...latest.values()]
      // Most who ask lack little: what changed last stands at the end.
      const first = changes.findLastIndex(change => change.n <= n) + 1
      return changes.slice(first)
    },
    get figures() {
      return { lines, shown, rewritten }
    },
  }
}

const isSame = (line: CaptionLine, change: LineChange) =>
  Object.entries(change).every(([name, value]) => line[name as keyof LineChange] === value)
