import { describe, expect, it } from 'vitest'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { type Failure, proveFlows, readFlows, verify } from '../../src/ivr/index.ts'
import { shipped, shippedSources } from './shipped.ts'
import { changed } from './verify-flow.ts'

const rule = 'what-is-needed-is-collected'
const sources = shippedSources()
const path = 'ivr-flows/survey.yaml'
const survey = sources.find(one => one.path === path)?.text ?? ''
/** Alone: it goes on in no other flow, and the proof of one takes a tenth of the time. */
const withSurvey = (text: string) => readFlows([{ path, text }])
const withOthers = (text: string) => readFlows(sources.map(one => (one.path === path ? { path, text } : one)))
const unmet = (text: string, read = withSurvey): readonly Failure[] =>
  verify(read(text), {}, flowNeeds)
    .flows.flatMap(({ failures }) => failures)
    .filter(failure => failure.rule === rule)
const told = (text: string) => unmet(text).map(({ place, found, expected }) => ({ place, found, expected }))
/** `file:line:column` of a state. */
const placeOf = (state: string) => `${path}:${survey.split('\n').indexOf(`  ${state}:`) + 1}:3`
/** Every place in which a name stands, as whoever renames it would do it. */
const renamed = (from: string, to: string) =>
  survey
    .replaceAll(`name: ${from}`, `name: ${to}`)
    .replaceAll(`values: { ${from}:`, `values: { ${to}:`)
    .replaceAll(`{${from}-words}`, `{${to}-words}`)

/** Surveys ring people, whose numbers they have, and want nothing to be collected. */
const nothingNeeded = { survey: { answers: {} } }

it('proves the shipped survey, which collects all that is asked for', () => {
  expect(proveFlows(shipped, {}, flowNeeds)).toEqual([])
})

describe('a survey that calls its answers otherwise is refused, where and why:', () => {
  it.each([
    ['contacted', 'contacted', 'reached', 'yes, no', 'yes, no'],
    ['solved', 'solved', 'answer', 'yes, partly, no', 'yes, partly, no'],
    ['rating', 'satisfied', 'stars', '1, 2, 3, 4, 5', '1, 2, 3, 4, 5'],
  ])('%s', (name, state, other, found, values) => {
    const text = renamed(name, other)
    expect(proveFlows(withSurvey(text), {}, nothingNeeded)).toEqual([])
    expect(told(text)).toContainEqual({
      place: placeOf(state),
      found: `"${other}" with ${found}`,
      expected: `a state that collects "${name}" with ${values}`,
    })
  })

  it('a value', () => {
    const text = survey.replaceAll('2: partly', '2: half')
    expect(told(text)).toEqual(
      ['solved', 'solved-again'].map(state => ({
        place: placeOf(state),
        found: '"solved" with yes, half, no',
        expected: 'a state that collects "solved" with yes, partly, no',
      })),
    )
  })

  it('a value that is missing, in one of two states that ask', () => {
    const again = survey.indexOf('  contacted-again:')
    const text = survey.slice(0, again) + changed(survey.slice(again), [', 2: "no" }', ' }'])
    expect(told(text).map(({ place, found }) => ({ place, found }))).toContainEqual({
      place: placeOf('contacted-again'),
      found: '"contacted" with yes',
    })
  })

  it('that they want no more calls', () => {
    expect(told(changed(survey, ['keeps: opt-out', 'keeps: no-more']))).toContainEqual({
      place: placeOf('opt-out'),
      found: '"no-more" with yes',
      expected: 'a state that collects "opt-out" with yes',
    })
  })

  it('the recording of why', () => {
    expect(told(changed(survey, ['name: reason', 'name: why']))).toEqual([
      {
        place: placeOf('reason'),
        found: 'a recording "why", which nobody listens to',
        expected: 'one of reason, demand',
      },
    ])
  })
})

describe('a call may not end as if all were answered', () => {
  it('past a question', () => {
    const [failure] = unmet(
      survey.replaceAll('1: satisfied, 2: satisfied, 3: satisfied', '1: reason, 2: reason, 3: reason'),
    )
    expect(failure).toMatchObject({ place: placeOf('thanks'), found: 'an end at "thanks" without "rating"' })
    expect(failure?.path.at(-1)).toMatchObject({ kind: 'hears' })
  })

  it('with a text that is not the link to answer by', () => {
    const [failure] = unmet(changed(survey, ['template: survey-link', 'template: news']))
    expect(failure).toMatchObject({
      place: placeOf('link-sent'),
      found: 'an end at "link-sent" without "contacted" and "solved" and "rating"',
    })
  })

  it('and does so freely once they asked for a person, or were sent the link', () => {
    expect(unmet(survey)).toEqual([])
  })

  it('in the flow that it went on in', () => {
    const text = survey.replaceAll('3: satisfied', '3: on')
    const on = text.replace('\nstates:\n', '\nstates:\n  on:\n    goto: { flow: after-hours }\n')
    expect(unmet(on, withOthers).map(({ place }) => place)).toContainEqual(
      expect.stringMatching(/^ivr-flows\/after-hours/),
    )
  })
})
