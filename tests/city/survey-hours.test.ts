/** People are rung by the clock of their city, wherever the machine stands. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { halfDayOf, isPermitted, readSurveyRules } from '../../src/surveys/index.ts'

const urumqi = { ...exampleCity, timeZone: 'Asia/Urumqi', soonSeconds: 20 }

async function rulesIn(text: string) {
  const path = join(await mkdtemp(join(tmpdir(), 'jieting-rules-')), 'rules.json')
  await writeFile(path, text)
  return readSurveyRules(path, urumqi)
}

it('takes the city’s zone, and what the city calls soon', async () => {
  const rules = await readSurveyRules(undefined, urumqi)
  const nineInBeijing = Date.parse('2026-01-05T09:00+08:00')
  expect(isPermitted(nineInBeijing, false, rules)).toBe(false)
  expect(isPermitted(nineInBeijing + 2 * 3_600_000, false, rules)).toBe(true)
  expect(halfDayOf(Date.parse('2026-01-05T01:00+08:00'), rules)).toBe('2026-01-04 pm')
  expect(rules.campaign.personSeconds).toBe(20)
})

it('reads a file that repeats the zone, and refuses one that says another', async () => {
  expect((await rulesIn('{ "timeZone": "Asia/Urumqi", "attempts": 2 }')).attempts).toBe(2)
  await expect(rulesIn('{ "timeZone": "Asia/Shanghai" }')).rejects.toThrow(
    /timeZone: .*Asia\/Urumqi, as the city's file says/,
  )
})
