import { expect, it } from 'vitest'
import { csvOf } from '../../src/foundation/index.ts'

it('writes what a spreadsheet reads: lines that end in CR LF, and quotes where a comma, a quote or a line is', () => {
  expect(
    csvOf([
      ['号码', 'b'],
      ['a,b', 'say "hi"'],
      ['two\nlines', 1.5],
      [undefined, 0],
    ]),
  ).toBe('号码,b\r\n"a,b","say ""hi"""\r\n"two\nlines",1.5\r\n,0\r\n')
})

it('makes text of what would be run as a formula, and leaves numbers alone', () => {
  for (const text of ['=1+1', '+8613800138000', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1'])
    expect(csvOf([[text]])).toBe(`'${text}\r\n`)
  expect(csvOf([['\r=1']])).toBe('"\'\r=1"\r\n')
  expect(csvOf([[-1, '138****8001']])).toBe('-1,138****8001\r\n')
})
