import { expect, it } from 'vitest'
import type { CaptionLine } from '../../src/captions/api.ts'
import { fixLine } from '../../src/captions/line.ts'
import { createTextKeyboard, createTextScreen } from '../../src/captions/text-screen.ts'

const line = (id: number, text: string, rest: Partial<CaptionLine> = {}): CaptionLine => ({
  id,
  who: 'seat',
  kind: 'speech',
  text,
  settled: false,
  startMs: 0,
  endMs: 0,
  ...rest,
})
/** What such a phone shows: a backspace takes back a character. */
const screenOf = (sent: string) => {
  const shown: string[] = []
  for (const character of sent) character === '\b' ? shown.pop() : shown.push(character)
  return shown.join('').split('\u2028')
}

it('writes a line as it grows, takes back what was misheard, and ends it', () => {
  const screen = createTextScreen('citizen')
  const sent = [
    screen.show(line(1, '您')),
    screen.show(line(1, '您住在')),
    screen.show(line(1, '您祝在')),
    screen.show(line(1, '您住在哪里', { settled: true })),
  ]
  expect(sent).toEqual(['话务员：您', '住在', '\b\b祝在', '\b\b住在哪里\u2028'])
  expect(screenOf(sent.join(''))).toEqual(['话务员：您住在哪里', ''])
})

it('lets a line that came between wait until the one before is said', () => {
  const screen = createTextScreen('citizen')
  const sent = [
    screen.show(line(1, '您好', { who: 'system', kind: 'prompt' })),
    screen.show(line(2, '喂')),
    screen.show(line(2, '喂，您好')),
    screen.show(line(1, '您好，12345', { who: 'system', kind: 'prompt', settled: true })),
    screen.show(line(2, '喂，您好。', { settled: true })),
    screen.show(line(3, '已接通 1 号话务员', { who: 'system', kind: 'event', settled: true })),
  ]
  expect(screenOf(sent.join(''))).toEqual([
    '热线：您好，12345',
    '话务员：喂，您好。',
    '已接通 1 号话务员',
    '',
  ])
})

it('shows nobody their own words, nor keys, and takes back a line that was no speech at all', () => {
  const screen = createTextScreen('citizen')
  expect(screen.show(line(1, '我家', { who: 'citizen' }))).toBe('')
  expect(screen.show(line(2, '按键 1', { who: 'citizen', kind: 'key', settled: true }))).toBe('')
  const sent = screen.show(line(3, '嗯')) + screen.show(line(3, '', { settled: true }))
  expect(screenOf(sent)).toEqual([''])
})

it('says again what was put right after it was said', () => {
  const screen = createTextScreen('citizen')
  const wrong = line(1, '明天部门来修', { settled: true })
  const right = fixLine(wrong, '部门', '不能') ?? wrong
  const sent = screen.show(wrong) + screen.show(right) + screen.show(right)
  expect(screenOf(sent)).toEqual(['话务员：明天部门来修', '话务员：更正 明天不能来修', ''])
})

it('reads what is typed: letters, backspaces, lines that end one way or the other', () => {
  const keyboard = createTextKeyboard()
  expect(keyboard.take('我不')).toEqual([{ line: 0, text: '我不', done: false }])
  expect(keyboard.take('\b要\r')).toEqual([{ line: 0, text: '我要', done: true }])
  expect(keyboard.take('\n投\ufffd诉\u2028')).toEqual([{ line: 1, text: '投\ufffd诉', done: true }])
  expect(keyboard.take('\r\n\r\n')).toEqual([])
  expect(keyboard.take('\b\b')).toMatchObject([{ text: '', done: false }])
  const long = keyboard.take('长'.repeat(1000))
  expect(long.map(({ text, done }) => [text.length, done])).toEqual([
    [400, true],
    [400, true],
    [200, false],
  ])
})
