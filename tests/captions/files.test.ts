import { expect, it } from 'vitest'
import type { CaptionLine } from '../../src/captions/api.ts'
import { transcriptFile } from '../../src/captions/files.ts'

const line = { who: 'seat', kind: 'speech', settled: true, startMs: 3_723_004, endMs: 3_723_104 } as const
const lines: readonly CaptionLine[] = [
  { ...line, id: 1, text: '' },
  { ...line, id: 2, text: '您家的暖气三天没有热了我们马上派人来看，请您在家等候电话' },
  { ...line, id: 3, who: 'citizen', kind: 'typed', text: '<b>&', fixes: [{ from: 0, to: 1, was: '' }] },
]
const file = (format: 'vtt' | 'srt' | 'html') =>
  transcriptFile(format, 'call_1', new Date(0), lines, 'Asia/Shanghai').body

it('writes WebVTT: speakers as voices, rows of at most 20 characters, time enough to read', () => {
  expect(file('vtt')).toBe(`WEBVTT

2
01:02:03.004 --> 01:02:04.004
<v 话务员>您家的暖气三天没有热了我们马上派人来看，
请您在家等候电话

3
01:02:03.004 --> 01:02:04.004
<v 来电人>&lt;b&gt;&amp;
`)
})

it('writes SubRip, counted from 1', () => {
  expect(file('srt')).toMatch(/^1\n01:02:03,004 --> 01:02:04,004\n话务员：/)
  expect(file('srt')).toContain('\n2\n01:02:03,004 --> 01:02:04,004\n来电人：<b>&\n')
})

it('writes a page in which nothing that was said is markup, and what was fixed says so', () => {
  expect(file('html')).toContain('&lt;b&gt;&amp;')
  expect(file('html')).not.toContain('<b>')
  expect(file('html')).toContain('来电人（打字，已更正）')
})
