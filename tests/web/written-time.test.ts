/** Times on pages are the city's; the zone stands behind them, and only on a device whose clock shows another time. */
import { expect, it } from 'vitest'
import { writtenTime, zoneBehind } from '../../src/web/written-time.ts'

const atMs = Date.parse('2026-12-01T18:30:00Z')
const city = 'Asia/Shanghai'

it('says no zone where device and city agree', () => {
  expect(writtenTime(atMs, 'day', 'zh-CN', { city, device: 'Asia/Singapore' })).toBe('12月2日 02:30')
})

it('says it behind the time elsewhere, and once for hours under a head', () => {
  const zones = { city, device: 'America/New_York' }
  expect(writtenTime(atMs, 'day', 'zh-CN', zones)).toBe('12月2日 02:30 (GMT+8)')
  expect(writtenTime(atMs, 'date', 'zh-CN', zones)).toBe('2026/12/2 02:30 (GMT+8)')
  expect(writtenTime(atMs, 'hour', 'zh-CN', zones)).toBe('02:30')
  expect(zoneBehind(atMs, zones)).toBe(' (GMT+8)')
})
