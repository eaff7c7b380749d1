import { mostAgents, type Prediction } from './erlang.ts'
import { checkNumber, planFault } from './faults.ts'

/**
 * The fewest agents with whom at least `target` of all calls are answered in time, by bisection: one more is never worse.
 * @param levelWith the share that is answered in time with so many agents
 * @throws Fault `plan-invalid` where no number of agents would do
 */
export function leastAgents(levelWith: (agents: number) => Prediction, target: number): number {
  checkNumber('target', target, { from: 0, to: 0.9999 })
  const does = (agents: number) => levelWith(agents).level >= target
  if (does(0)) return 0
  let tooFew = 0
  let enough = 1
  while (!does(enough)) {
    if (enough === mostAgents)
      throw planFault('calls', 'more than can be staffed', `${mostAgents} agents at most`)
    tooFew = enough
    enough = Math.min(mostAgents, enough * 2)
  }
  while (enough - tooFew > 1) {
    const between = Math.floor((tooFew + enough) / 2)
    if (does(between)) enough = between
    else tooFew = between
  }
  return enough
}

/**
 * How many have to be on the roster for so many to be at their seats.
 * @param shrinkage share of paid time for breaks, training and illness; near 0.3 in call centres
 */
export function rosteredFor(agents: number, shrinkage: number): number {
  checkNumber('shrinkage', shrinkage, { from: 0, to: 0.9 })
  // Rounded first: 7 / (1 − 0.3) is a hair over 10 in binary.
  return Math.ceil(Number((agents / (1 - shrinkage)).toFixed(9)))
}
