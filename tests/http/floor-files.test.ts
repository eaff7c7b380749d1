import { expect, it } from 'vitest'
import type { SeatView } from '../../src/desk/api.ts'
import { floorFile } from '../../src/http/floor/files.ts'
import { calledIn, seatCalledIn } from '../../src/http/words/people.ts'
import { emptyDay, emptyFloor } from './floor-house.ts'

const names = [
  { name: 's1', display: '王芳', number: 1023 },
  { name: 'boss', display: '李主任' },
]
const seat: SeatView = {
  name: 's1',
  display: '王芳',
  number: 1023,
  state: 'ready',
  sinceMs: Date.UTC(2026, 0, 6, 2),
  skills: ['en'],
}
const source = {
  now: async () => ({ ...emptyFloor, seats: [seat] }),
  day: async () => emptyDay,
  lost: async () => [],
  acts: async () => [
    { atMs: Date.UTC(2026, 0, 6, 2), by: 'boss', act: 'away', seat: 's1', detail: 'meal' } as const,
  ],
  names: async () => names,
  language: 'zh-CN',
  timeZone: 'Asia/Shanghai',
} as const

const linesOf = async (table: 'seats' | 'acts') =>
  (await floorFile(table, source)).replace(/^\uFEFF/, '').split('\r\n')

it('writes the seats for a spreadsheet with the number that citizens know the agent by', async () => {
  expect((await linesOf('seats')).slice(0, 2)).toEqual([
    '坐席,工号,状态,开始时间,来电人,技能,拒接,未接',
    '王芳,1023,示闲,2026-01-06 10:00:00,,en,0,0',
  ])
})

it('names whoever did something, and the seat that it was done to', async () => {
  expect((await linesOf('acts')).slice(0, 2)).toEqual([
    '时间,操作人,操作,坐席,工号,通话,内容',
    '2026-01-06 10:00:00,李主任,置为示忙,王芳,1023,,就餐',
  ])
})

it.each([
  ['boss', '李主任'],
  ['program:crm', '程序 crm'],
  ['program', '安装令牌'],
  ['jieting', '系统'],
  ['removed', 'removed'],
])('calls %s by a name that people read: %s', (name, called) => {
  expect(calledIn(names, name)['zh-CN']).toBe(called)
})

it('calls a seat by its name and number, and one that is gone by what it was', () => {
  expect(seatCalledIn(names, 's1')).toEqual({ 'zh-CN': '王芳（工号 1023）', en: '王芳 (no. 1023)' })
  expect(seatCalledIn(names, 's9')).toEqual({ 'zh-CN': '坐席 s9', en: 'seat s9' })
})
