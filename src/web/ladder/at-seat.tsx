import './ladder.css'
import { Taking } from './taking.tsx'
import { useLadder } from './use-ladder.ts'
import { stepWords, timeOf, words } from './words.ts'

/** What the seat reads of a caller with whom steps were taken, and the next one, which an agent writes down. */
export function LadderAtSeat({
  number,
  call,
}: {
  readonly number: string
  readonly call: string | undefined
}) {
  const { ladder } = useLadder(number)
  if (!ladder) return null
  const { steps, next, restrictedUntilMs } = ladder
  const last = steps.findLast(({ state }) => state !== 'refused' && state !== 'lifted')
  return (
    <div className="caller-ladder">
      {last && (
        <p className="mark">
          {words.onLadder(stepWords[last.step])}
          {restrictedUntilMs !== undefined && ` · ${words.restricted(timeOf(restrictedUntilMs))}`}
        </p>
      )}
      {next !== undefined && next !== 'restrict' && (
        <details>
          <summary>
            {words.ladder} · {stepWords[next]}
          </summary>
          <Taking key={`${number} ${next}`} number={number} step={next} call={call} />
        </details>
      )}
    </div>
  )
}
