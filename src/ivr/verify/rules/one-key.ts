import { step } from '../../step.ts'
import type { FlowState, Input } from '../../turn.ts'
import { type Course, courseAfter } from '../course.ts'
import { type Exploration, type Visit, whereIs } from '../explore.ts'
import type { Finding, Rule } from '../rule.ts'

const press = (key: '0' | '*'): Input => ({ kind: 'key', key })

type Moment = { readonly state: FlowState; readonly course: Course }

function after({ set }: Exploration, { state, course }: Moment, input: Input): Moment {
  const next = step(set, state, input)
  return { state: next.state, course: courseAfter(course, input, next.effects) }
}

/** Whether the caller is in the queue, being connected to a person, or with one. */
function isPersons({ set }: Exploration, { state, course }: Moment): boolean {
  return state.doing === 'over' || (course.line && whereIs(set, state)?.verb.name === 'queue')
}

function findingAt(
  explored: Exploration,
  visit: Visit,
  further: readonly Input[],
  end: FlowState,
  expected: string,
): readonly Finding[] {
  const node = whereIs(explored.set, visit.state)?.node
  if (!node) return []
  const found = `"${end.node}", ${end.doing}, with nobody on the way`
  return [{ flow: visit.state.flow, place: node.place, visit, further, found, expected }]
}

const live = (explored: Exploration) => explored.visits.filter(visit => visit.state.node !== '')

export const zeroIsAPerson: Rule = {
  name: 'zero-is-a-person',
  says: 'Key 0 leads to a person in one step, from everywhere.',
  *check(explored) {
    for (const visit of live(explored).filter(({ state }) => state.digits === '')) {
      const pressed = after(explored, visit, press('0'))
      if (!isPersons(explored, pressed))
        yield* findingAt(explored, visit, [press('0')], pressed.state, 'key 0 to lead to a person')
    }
  },
}

export const starFreesZero: Rule = {
  name: 'star-frees-zero',
  says: 'Within a number being keyed * clears it, and 0 is a person again.',
  *check(explored) {
    for (const visit of live(explored).filter(({ state }) => state.digits !== '')) {
      const then = [press('*'), press('0')]
      const end = then.reduce<Moment>((moment, input) => after(explored, moment, input), visit)
      if (!isPersons(explored, end))
        yield* findingAt(explored, visit, then, end.state, '* and then 0 to lead to a person')
    }
  },
}

export const pauseFreesZero: Rule = {
  name: 'pause-frees-zero',
  says: 'A pause within a number being keyed ends it, and 0 is a person again.',
  *check(explored) {
    for (const visit of live(explored).filter(({ state }) => state.digits !== '')) {
      const then: readonly Input[] = [{ kind: 'silence' }, press('0')]
      const end = then.reduce<Moment>((moment, input) => after(explored, moment, input), visit)
      if (visit.course.waitMs === undefined || !isPersons(explored, end))
        yield* findingAt(explored, visit, then, end.state, 'a pause and then 0 to lead to a person')
    }
  },
}

export const numbersDoNotBeginWithZero: Rule = {
  name: 'number-begins-with-zero',
  says: 'No number that we ask for begins with 0, which is a person.',
  *check({ set, visits }) {
    for (const flow of set.flows.values())
      for (const node of flow.nodes.values()) {
        const { begins } = node.options as { readonly begins?: string }
        if (node.verb !== 'ask' || !begins?.includes('0')) continue
        const visit = visits.find(({ state }) => state.flow === flow.name && state.node === node.name)
        const found = `a number that may begin with one of ${begins}`
        yield { flow: flow.name, place: node.place, visit, found, expected: 'first digits from 1 to 9' }
      }
  },
}

export const nobodyIsStranded: Rule = {
  name: 'nobody-is-stranded',
  says: 'Whoever waits, something comes next.',
  *check(explored) {
    for (const visit of live(explored)) {
      const { speech, waitMs, task, line } = visit.course
      if (visit.state.doing === 'over' || speech || waitMs !== undefined || task || line) continue
      yield* findingAt(explored, visit, [], visit.state, 'something to come, of itself')
    }
  },
}
