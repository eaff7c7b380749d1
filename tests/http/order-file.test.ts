/** A list of orders as a file for a spreadsheet. */
import { expect, it } from 'vitest'
import { type Cell, xlsxOf } from '../../src/foundation/index.ts'
import { orderFile } from '../../src/http/orders/export.ts'
import { readXlsx } from '../../src/knowledge/sheets/xlsx.ts'
import type { OrderSummary } from '../../src/orders/api.ts'
import { shippedRules } from '../orders/rules-house.ts'

const rules = await shippedRules()
const order: OrderSummary = {
  number: '2601050000127',
  stage: 'waiting',
  light: 'red',
  cycle: 1,
  unit: 'heating',
  category: 'heating',
  type: 'complaint',
  kind: '01030101',
  kindName: '供暖·不热',
  district: '朝阳区',
  urgency: 'livelihood',
  elder: true,
  confidential: false,
  street: '望京街道',
  matter: '=HYPERLINK("http://x")，他说：\n"不热" & <冷> _x0041_',
  place: '3号楼',
  rangAtMs: Date.UTC(2026, 0, 5, 2),
  changedAtMs: Date.UTC(2026, 0, 5, 2),
  dueAtMs: Date.UTC(2026, 0, 6, 2),
}
const said = { language: 'zh-CN', timeZone: 'Asia/Shanghai', rules } as const

async function* pages(): AsyncGenerator<readonly OrderSummary[]> {
  yield [order]
  yield [{ ...order, number: '2601050000135', kindName: undefined, stage: 'closed', dueAtMs: undefined }]
}
async function bytesOf(file: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of file) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

it('names unit, kind and times in words, whichever file it is, and keeps what looks like a formula a text', async () => {
  const csv = (await bytesOf(orderFile('csv', pages(), said))).toString()
  expect(csv).toContain('\uFEFF工单号,状态,预警灯,诉求类型,事项,')
  expect(csv).toContain('2601050000127,待签收,红灯,投诉,供暖·不热,')
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")，他说：\n""不热"" & <冷> _x0041_"`)
  expect(csv).toContain(`${rules.units.get('heating')?.name},2026-01-05 10:00,2026-01-06 10:00,`)
  const [head, first, second, ...more] = readXlsx(
    await bytesOf(orderFile('xlsx', pages(), said)),
    'orders.xlsx',
  )
  expect(head?.slice(0, 3)).toEqual(['工单号', '状态', '预警灯'])
  expect(first?.[7]?.replaceAll('_x005F_', '_')).toBe(order.matter)
  expect([first?.[0], first?.[11], first?.[15]]).toEqual([
    order.number,
    rules.units.get('heating')?.name,
    '1',
  ])
  expect([second?.[2], second?.[4], second?.[13]]).toEqual(['', rules.categories.get('heating')?.name, ''])
  expect(more).toEqual([])
})

it('holds no telephone’s number, also where a citizen’s words did', async () => {
  async function* spoken(): AsyncGenerator<readonly OrderSummary[]> {
    yield [{ ...order, matter: '请打138-0013-8001', place: '3号楼，+86 139 1111 2222' }]
  }
  const csv = (await bytesOf(orderFile('csv', spoken(), said))).toString()
  expect(csv).toContain('请打138****8001')
  expect(csv).toContain('3号楼，139****2222')
})

it('holds no more of a hundred thousand rows than some of them', async () => {
  let ahead = 0
  async function* rows(): AsyncGenerator<readonly (readonly Cell[])[]> {
    for (let at = 0; at < 200; at++) {
      ahead++
      yield Array.from({ length: 500 }, (_, row) => [at * 500 + row, '诉求内容', '望京街道'])
    }
  }
  let most = 0
  let size = 0
  for await (const part of xlsxOf(
    '工单',
    [
      ['a', 10],
      ['b', 10],
      ['c', 10],
    ],
    rows(),
  )) {
    most = Math.max(most, part.length)
    size += part.length
    if (size < 10_000) expect(ahead, 'what was read before anything was written').toBeLessThan(20)
  }
  expect(ahead).toBe(200)
  expect(most).toBeLessThan(200_000)
})
