/** The dispatch catalogue as a table: there and back in CSV and XLSX, and refused by row and column. */
import { describe, expect, it } from 'vitest'
import type { DispatchRow } from '../../src/catalogue/index.ts'
import { csvOf, excelMark, FaultList, xlsxOf } from '../../src/foundation/index.ts'
import { catalogueFaultInChinese } from '../../src/http/words/catalogue-faults.ts'
import { movesBetween } from '../../src/orders/dispatching/month.ts'
import { dispatchCells, dispatchHead, readDispatchTable } from '../../src/orders/dispatching/sheet.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import { shippedRules } from './rules-house.ts'

const rules = await shippedRules()
const catalogue = await shippedCatalogue()
const places = new Map([['朝阳区', ['望京街道', '三里屯街道']]])
const today = '2026-01-05'
const ground = { rules, catalogue, places }
const head = dispatchHead('zh-CN')
const csv = (rows: readonly (readonly string[])[], top: readonly string[] = head.map(([name]) => name)) =>
  new TextEncoder().encode(excelMark + csvOf([top, ...rows]))
const read = (bytes: Uint8Array, name = '目录.csv') =>
  readDispatchTable({ name, bytes }, rules.dispatch.automatic, ground, today)
const all = ['', '', '', '', '市场监督管理局', '', '', '', '']
const refused = (bytes: Uint8Array): readonly string[] => {
  try {
    read(bytes)
  } catch (error) {
    if (!(error instanceof FaultList)) throw error
    for (const { found, expected } of error.faults)
      expect(catalogueFaultInChinese(found) + catalogueFaultInChinese(expected)).toMatch(/\p{Script=Han}|"/u)
    return error.faults.map(({ place, found }) => `${place} ${found}`)
  }
  return []
}

describe('the table of the dispatch catalogue', () => {
  it.each(['zh-CN', 'en'] as const)(
    'comes back as it went, in CSV and XLSX, with its head in %s',
    async language => {
      const cells = dispatchCells(rules.dispatch.rows, ground, language)
      const top = dispatchHead(language)
      const asCsv = new TextEncoder().encode(excelMark + csvOf([top.map(([name]) => name), ...cells]))
      const parts: Uint8Array[] = []
      for await (const part of xlsxOf(
        'dispatch',
        top,
        (async function* () {
          yield cells
        })(),
      ))
        parts.push(part)
      const rows = rules.dispatch.rows.map(row => ({ ...row, from: row.from, until: row.until }))
      expect(read(asCsv).rows).toEqual(rows)
      expect(read(Buffer.concat(parts), '目录.xlsx').rows).toEqual(rows)
    },
  )

  it('reads days as people and spreadsheets write them', () => {
    const days = (from: string, until: string) =>
      read(csv([all.with(7, from).with(8, until), all.with(7, '2027-01-01')])).rows[0]
    expect(days('', '2026/12/31')).toMatchObject({ from: undefined, until: '2026-12-31' })
    expect(days('2026年1月5日', '46387')).toMatchObject({ from: '2026-01-05', until: '2026-12-31' })
  })

  it('is refused where a column is missing, strange or twice', () => {
    expect(
      refused(csv([all], ['事项代码', '区', '街道', '主办', '协办单位', '抄送', '起', '止', '起'])),
    ).toEqual([
      '目录.csv:1:D column "主办"',
      '目录.csv:1:I column "起" again',
      '目录.csv:1 no column "主办单位"',
    ])
  })

  it('is refused by row and column where a unit, a code, a place or a day is none; a formula is a text', () => {
    expect(
      refused(
        csv([
          all,
          ['9', '', '', '', '=HYPERLINK("x")', '月亮局、公安局', '', '2026-02-30', ''],
          ['01', '', '', '望京街道', '', '', '', '', ''],
        ]),
      ),
    ).toEqual([
      '目录.csv:3:A "9"',
      '目录.csv:3:H "2026-02-30"',
      '目录.csv:3:E "=HYPERLINK("x")"',
      '目录.csv:3:F "月亮局"',
      '目录.csv:4:C nothing',
      '目录.csv:4:E nothing',
    ])
    expect(refused(csv([all, ['99', '', '朝阳区', '海淀街道', '公安局', '', '', '', '']]))).toEqual([
      '目录.csv:3:A "99"',
      '目录.csv:3:D "海淀街道"',
    ])
  })

  it('is refused with two owners for one street and kind, and with a gap', () => {
    const street = ['0202', '', '朝阳区', '望京街道', '公安局', '', '', '', '']
    expect(refused(csv([all, street, street.with(4, '司法局')]))).toEqual([
      '目录.csv:4:E 0202 朝阳区 望京街道 again',
    ])
    expect(refused(csv([street]))[0]).toMatch(
      /^目录\.csv nobody for \d{8} .+ in 朝阳区望京街道 on 2026-01-05$/,
    )
  })
})

it('is tried on orders: what would go elsewhere, from whom to whom, the most first', () => {
  const next = read(csv([all, ['0202', '', '朝阳区', '望京街道', '公安局', '', '', '', '']]))
  const of = (kind: string, street: string, count: number) => ({ kind, district: '朝阳区', street, count })
  const kind = [...catalogue.kinds.keys()].find(code => code.startsWith('0202')) ?? ''
  const market = [...catalogue.kinds.keys()].find(code => code.startsWith('0601')) ?? ''
  const moves = movesBetween(
    [of(kind, '望京街道', 3), of(market, '望京街道', 9), of(kind, '三里屯街道', 5)],
    next,
    { catalogue, rules },
    today,
  )
  expect(moves.map(({ count, from, to }) => [count, rules.units.get(from ?? '')?.name, to])).toEqual([
    [5, '朝阳区三里屯街道', 'market'],
    [3, '朝阳区望京街道', 'police'],
  ])
  const same: readonly DispatchRow[] = rules.dispatch.rows
  expect(
    movesBetween([of(kind, '望京街道', 3)], { ...next, rows: same }, { catalogue, rules }, today),
  ).toEqual([])
})
