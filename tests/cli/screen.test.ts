import { expect, it } from 'vitest'
import { printable, table, widthOf } from '../../src/cli/screen.ts'

it.each([
  ['s1', 2],
  ['一号坐席', 8],
  ['ＡＢ', 4],
  ['한글', 4],
  ['𠮷', 2],
  ['é', 1],
  ['e\u0301', 1],
  ['', 0],
])('counts the columns of %s as %i', (text, columns) => {
  expect(widthOf(text)).toBe(columns)
})

it('lines columns up whatever script their cells are in', () => {
  const text = table(
    ['坐席', '显示名', '状态'],
    [
      ['s1', '一号坐席', '示闲'],
      ['seat-22', 'Li', '通话中'],
    ],
  )
  expect(text.split('\n')).toEqual([
    '坐席     显示名    状态',
    's1       一号坐席  示闲',
    'seat-22  Li        通话中',
  ])
  const starts = text.split('\n').map(line => widthOf(line.slice(0, line.search(/状态|示闲|通话中/))))
  expect(new Set(starts).size).toBe(1)
})

it('lets no name from a phone move the cursor or turn the writing round', () => {
  expect(printable('Li\u001b[2J\u202e\u0007 Wei\nnext')).toBe('Li\ufffd[2J\ufffd\ufffd Wei\nnext')
})
