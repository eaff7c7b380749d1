/** What a label's score says of how sure it is: scores over a temperature, as shares of 1. */
export function sharesOf(scores: Iterable<number>, temperature: number): Float64Array {
  const given = Float64Array.from(scores)
  const top = given.reduce((most, score) => Math.max(most, score), -Infinity)
  const shares = given.map(score => Math.exp((score - top) / temperature))
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map(share => share / sum)
}

export type Judged = { readonly scores: Float32Array; readonly label: number }

/** The temperature under which texts that were held out are likeliest (Guo et al., ICML 2017). */
export function temperatureFor(judged: readonly Judged[]): number {
  const loss = (log: number) =>
    judged.reduce(
      (sum, { scores, label }) =>
        sum - Math.log(Math.max(sharesOf(scores, Math.exp(log))[label] ?? 0, 1e-12)),
      0,
    )
  let [low, high] = [Math.log(0.01), Math.log(10)]
  const golden = (Math.sqrt(5) - 1) / 2
  for (let step = 0; step < 40; step++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)]
    if (loss(left) < loss(right)) high = right
    else low = left
  }
  return Math.exp((low + high) / 2)
}

/** How sure an answer has to be so as not to be "I don't know": as sure as the first of the held-out of which half were right. */
export function doubtBelow(answers: readonly { readonly sure: number; readonly right: boolean }[]): number {
  const sorted = answers.toSorted((one, other) => one.sure - other.sure)
  const size = Math.max(20, Math.ceil(sorted.length / 20))
  for (let from = 0; from < sorted.length; from += size) {
    const near = sorted.slice(from, from + size)
    if (near.filter(({ right }) => right).length >= near.length / 2)
      return from === 0 ? 0 : (near[0]?.sure ?? 0)
  }
  return 1
}
