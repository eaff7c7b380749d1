import { mostAgents, type Prediction } from './erlang.ts'
import { checkNumber, planFault } from './faults.ts'

/**
 * The fewest agents with whom at least `target` of all calls are answered in time, found by bisection, since one more agent
 * never makes it worse. Fewer than `target · load` agents cannot be enough, so the search starts there, which avoids
 * computing very long queues.
 * @param predict the result for a number of agents
 * @param load of the calls in erlangs; without it the search starts at 0
 * @throws Fault `plan-invalid` if no number of agents is enough
 */
export function leastAgents(predict: (agents: number) => Prediction, target: number, load = 0): number {
  checkNumber('target', target, { from: 0, to: 0.9999 })
  const does = (agents: number) => predict(agents).level >= target
  const least = Math.ceil(target * load)
  if (least > mostAgents) throw tooMany()
  if (does(least)) return least
  let tooFew = least
  let enough = least
  for (let step = 1; tooFew === enough; step *= 2) {
    if (enough === mostAgents) throw tooMany()
    enough = Math.min(mostAgents, tooFew + step)
    if (!does(enough)) tooFew = enough
  }
  while (enough - tooFew > 1) {
    const between = Math.floor((tooFew + enough) / 2)
    if (does(between)) enough = between
    else tooFew = between
  }
  return enough
}

const tooMany = () => planFault('calls', 'more than can be staffed', `${mostAgents} agents at most`)

/**
 * The number of people to roster so that this many are at their seats.
 * @param shrinkage share of paid time for breaks, training and illness; about 0.3 in call centres
 */
export function rosteredFor(agents: number, shrinkage: number): number {
  checkNumber('shrinkage', shrinkage, { from: 0, to: 0.9 })
  // Round first: 7 / (1 − 0.3) is slightly more than 10 in binary.
  return Math.ceil(Number((agents / (1 - shrinkage)).toFixed(9)))
}
