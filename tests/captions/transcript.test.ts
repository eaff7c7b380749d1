import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaptionLine } from '../../src/captions/api.ts'
import { type Change, fixLine, linesOf, rewriting } from '../../src/captions/line.ts'
import { createTextKeyboard } from '../../src/captions/text-screen.ts'
import { createTranscript } from '../../src/captions/transcript.ts'
import { createTyping } from '../../src/captions/typing.ts'

const speech = { who: 'citizen', kind: 'speech', settled: false, startMs: 0, endMs: 0 } as const

/** What may happen to a transcript: a new line, or another text for one of them. */
const deeds = fc.array(
  fc.oneof(
    fc.record({ add: fc.string({ maxLength: 8 }) }),
    fc.record({ line: fc.integer({ min: 1, max: 12 }), text: fc.string({ maxLength: 8 }) }),
  ),
  { maxLength: 60 },
)

it('gives a reader who was away from any point on exactly the lines of one who was always there', () => {
  fc.assert(
    fc.property(deeds, fc.nat(60), (all, cut) => {
      const changes: Change[] = []
      const transcript = createTranscript(change => changes.push(change))
      for (const deed of all)
        if ('add' in deed) transcript.add({ ...speech, text: deed.add })
        else transcript.change(deed.line, { text: deed.text })

      expect(changes.map(({ n }) => n)).toEqual(changes.map((_, index) => index + 1))
      expect(linesOf(changes)).toEqual(transcript.lines())
      const seen = changes.slice(0, cut)
      const missed = transcript.after(seen.length)
      expect(linesOf([...seen, ...missed])).toEqual(transcript.lines())
      // Nothing comes that the reader has, and nothing comes twice.
      expect(missed.every(({ n }) => n > seen.length)).toBe(true)
      expect(new Set(missed.map(({ line }) => line.id)).size).toBe(missed.length)
    }),
  )
})

it('counts what recognizers rewrite, and not what a person mends or takes back', () => {
  const transcript = createTranscript()
  const heard = transcript.add({ ...speech, text: '我家漏水' })
  transcript.change(heard, { text: '我家楼上漏水' })
  expect(transcript.figures).toMatchObject({ shown: 8, rewritten: 2 })
  transcript.change(heard, { text: '我家楼下漏水', fixes: [{ from: 3, to: 4, was: '上' }] })
  const typed = transcript.add({ ...speech, kind: 'typed', text: '不对对' })
  transcript.change(typed, { text: '不对' })
  expect(transcript.figures.rewritten).toBe(2)
  expect(rewriting('一二三', '一三')).toEqual({ shown: 1, taken: 2 })
})

const line: CaptionLine = { id: 1, ...speech, settled: true, text: '他没说不行，他说行' }

it('marks a word that a person puts right, and finds the marks again after the next', () => {
  const once = fixLine(line, '没说', '说')
  const twice = once && fixLine(once, '行', '可以', once.text.lastIndexOf('行'))
  const thrice = twice && fixLine(twice, '他', '她')
  expect(thrice?.text).toBe('她说不行，他说可以')
  expect(thrice?.fixes?.map(({ from, to, was }) => [thrice.text.slice(from, to), was])).toEqual([
    ['她', '他'],
    ['说', '没说'],
    ['可以', '行'],
  ])
})

it('refuses a fix of words that do not stand there', () => {
  expect(fixLine(line, '没有', '有')).toBeUndefined()
  expect(fixLine(line, '他', '她', 3)).toBeUndefined()
  expect(fixLine(line, '', '她')).toBeUndefined()
})

describe('a line that nothing could write down', () => {
  const lineOf = (act: (typing: ReturnType<typeof createTyping>) => void) => {
    const transcript = createTranscript()
    act(createTyping(transcript, () => 0))
    const [line] = transcript.lines()
    expect(JSON.stringify(transcript.lines())).not.toMatch(/\\ud[89a-f]|\\u0000/i)
    return line?.text
  }

  it('is cleaned where it was typed to the middle of a character, or with a zero byte', () => {
    expect(lineOf(typing => typing.type('citizen', 'a', '我家\ud83d', true))).toBe('我家')
    expect(lineOf(typing => typing.type('citizen', 'a', '\ude00我\0家', true))).toBe('我家')
  })

  it('is cut between characters where it is longer than a line: a letter and 250 emoji', () => {
    const text = lineOf(typing => typing.type('citizen', 'a', `a${'😀'.repeat(250)}`, true))
    expect(text).toBe(`a${'😀'.repeat(249)}`)
    const [typed] = createTextKeyboard().take(`a${'😀'.repeat(250)}\r`)
    expect(lineOf(typing => typing.type('citizen', 'b', typed?.text ?? '', true))).toBe(
      `a${'😀'.repeat(249)}`,
    )
  })

  it('is cleaned whoever writes it: a recognizer, a prompt, a person who mends a word', () => {
    const transcript = createTranscript()
    const heard = transcript.add({ ...speech, text: '水\ud83d' })
    transcript.change(heard, { text: '漏水\ud83d' })
    expect(transcript.line(heard)?.text).toBe('漏水')
    const fix = (found: string, becomes: string) =>
      lineOf(typing => {
        const id = typing.type('citizen', 'a', '笑😀了', true) ?? 0
        expect(() => typing.fix(id, found, becomes)).toThrow(expect.objectContaining({ code: 'fix-unfit' }))
      })
    expect(fix('\ud83d', '哭')).toBe('笑😀了')
    expect(fix('\ude00了', '')).toBe('笑😀了')
  })
})
