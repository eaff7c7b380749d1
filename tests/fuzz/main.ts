/**
 * `npm run fuzz`: a million mutated messages, or as many as `--count` says, by `--seed`, which is told at the end. Leaves
 * with 1 where anything crashed, hung or was left.
 */
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } })
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const count = Number(values.count ?? 1_000_000)
console.log(`${count} messages by seed ${seed}`)
const result = await fuzz(seed, count, line => console.log(line))
console.log(JSON.stringify(result, null, 2))
const { crashes, errors, stuck, slow, callsLeft, logged } = result
const isGood =
  crashes.length + Object.keys(errors).length + stuck + slow.length + callsLeft + logged.length === 0
console.log(
  isGood ? `all held, seed ${seed}` : `something did not hold: again by --seed ${seed} --count ${count}`,
)
process.exit(isGood ? 0 : 1)
