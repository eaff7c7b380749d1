/** Of each subject: what its file says can be written and read again, and what may not be published. */
import { expect, it } from 'vitest'
import { exampleCity, filledIn } from '../../src/city/index.ts'
import { createLive, FaultList } from '../../src/foundation/index.ts'
import { createLiveRules, dispatchSubject, limitsSubject, unitsSubject } from '../../src/orders/index.ts'
import { hoursSubject, type RuleSubject, textsSubject } from '../../src/rulebook/index.ts'
import { ordinaryRules, surveysSubject } from '../../src/surveys/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const shipped = await shippedRules()
const catalogue = await shippedCatalogue()
const open = () => {
  const rules = createLiveRules(shipped)
  const surveys = createLive(ordinaryRules)
  const subjects = {
    hours: hoursSubject(createLive(exampleCity), 'city.json'),
    texts: textsSubject(createLive(exampleCity), 'city.json'),
    units: unitsSubject(rules, 'units.json', async unit => unit === 'gas'),
    limits: limitsSubject(rules, 'profiles.json'),
    dispatch: dispatchSubject(rules, 'dispatch.json', {
      catalogue,
      places: new Map([['朝阳区', ['望京街道']]]),
      dateAt: () => '2026-01-05',
    }),
    surveys: surveysSubject(surveys, 'SURVEY_RULES', exampleCity),
  }
  return { rules: rules.value, surveys: surveys.value, subjects }
}

it.each(['hours', 'texts', 'units', 'limits', 'dispatch', 'surveys'] as const)(
  'reads of %s what it writes',
  name => {
    const { rules, surveys, subjects } = open()
    const subject = subjects[name]
    expect(subject.read(subject.text)).toBe(subject.text)
    subject.hold(subject.text)
    expect([rules.profile, rules.supervision, [...rules.units]]).toEqual([
      shipped.profile,
      shipped.supervision,
      [...shipped.units],
    ])
    expect({ ...surveys }).toEqual(ordinaryRules)
  },
)

const changed = (
  { text }: RuleSubject,
  change: (document: ReturnType<typeof JSON.parse>) => void,
): string => {
  const document = JSON.parse(text)
  change(document)
  return JSON.stringify(document)
}

it('gives whoever keeps the map of units those that hold', () => {
  const { rules, subjects } = open()
  const { units } = rules
  const text = changed(subjects.units, document => {
    document.units[0].line = '96777'
    document.units.push({ id: 'parks', name: '公园管理中心' })
  })
  subjects.units.hold(text)
  expect(units.get('gas')).toMatchObject({ line: '96777', hours: '' })
  expect([units.has('parks'), units.size]).toEqual([true, shipped.units.size + 1])
})

it('refuses two units of one id, and to let a unit go that something names', async () => {
  const { units } = open().subjects
  const twice = changed(units, document => document.units.push({ id: 'gas', name: '另一个' }))
  expect(() => units.read(twice)).toThrow(FaultList)
  const without = (id: string) =>
    units.read(
      changed(units, document => {
        document.units = document.units.filter((unit: { id: string }) => unit.id !== id)
      }),
    )
  expect(await units.guard(without('gas'), units.text, 0)).toMatchObject([
    { found: 'gas (燃气集团), which is gone' },
  ])
  expect(await units.guard(without('water'), units.text, 0)).toEqual([])
})

it('has the urgent limit the shortest of all, in natural time', async () => {
  const { limits } = open().subjects
  const faultsOf = async (urgent: object) => {
    const text = limits.read(changed(limits, document => Object.assign(document.handling, { urgent })))
    return (await limits.guard(text, limits.text, 0)).map(({ found }) => found)
  }
  expect(await faultsOf({ minutes: 90 })).toEqual([])
  expect(await faultsOf({ days: 3 })).toEqual(['longer than livelihood'])
  expect(await faultsOf({ workdays: 1 })).toEqual(['working days'])
})

it('has texts to citizens name what they need, and nothing that nobody knows', () => {
  const { texts } = open().subjects
  const faultsOf = (filed: string) => {
    try {
      texts.read(JSON.stringify({ texts: { filed: { 'zh-CN': filed } } }))
      return []
    } catch (error) {
      if (error instanceof FaultList) return error.faults.map(({ expected }) => expected)
      throw error
    }
  }
  expect(faultsOf('【12345】{matter}已受理，编号{number}[，由{unit}办理]。')).toEqual([])
  expect(faultsOf('已受理。')).toEqual(['a text with {number} in it, outside of brackets'])
  expect(faultsOf('已受理[，编号{number}]。')).toEqual(['a text with {number} in it, outside of brackets'])
  expect(faultsOf('{number}{caller}')).toEqual(['names of {matter}, {number}, {unit}, {due}'])
  expect(faultsOf('{number} {')).toEqual(['braces around names alone'])
  expect(filledIn('[12345] {number}[, by {due}][, {unit}].', { number: '7', due: '', unit: 'gas' })).toBe(
    '[12345] 7, gas.',
  )
})

it('has two persons publish a dispatch catalogue, one go back, and names a gap and what is unknown by its row', async () => {
  const { rules, subjects } = open()
  const { dispatch } = subjects
  expect([dispatch.needsSecond, dispatch.backAlone]).toEqual([true, true])
  const faultsOf = async (change: (document: ReturnType<typeof JSON.parse>) => void) =>
    (await dispatch.guard(dispatch.read(changed(dispatch, change)), dispatch.text, 0)).map(
      ({ place, found }) => `${place} ${found}`,
    )
  expect(await faultsOf(() => undefined)).toEqual([])
  expect(await faultsOf(({ rows }) => rows.splice(0, 1))).toContainEqual(
    expect.stringMatching(/^dispatch\.json gap nobody for 0101\d{4} .+ in 朝阳区望京街道 on 2026-01-05$/),
  )
  expect(
    await faultsOf(({ rows }) => rows.push({ kind: '0101', district: '朝阳区', lead: 'dragons' })),
  ).toEqual(['dispatch.json rows 0101 朝阳区 lead "dragons"'])
  dispatch.hold(
    dispatch.read(changed(dispatch, document => Object.assign(document.rows[0], { lead: 'drainage' }))),
  )
  expect(rules.dispatch.rows[0]?.lead).toBe('drainage')
})
