import type { KeyboardEvent } from 'react'
import { Button } from 'react-aria-components'
import type { CheckedClosing } from '../../orders/checking/api.ts'
import { useNames } from '../house/names.ts'
import { Lacks } from '../orders/closing/lacking.tsx'
import { grouped, timeOf, valueWord } from '../orders/words.ts'
import type { useJudging } from './use-closings.ts'
import { told, verdictWords, words } from './words.ts'

/** A closing: what was asked, what the unit wrote, what the rules found, and what this person says. */
export function One({
  one,
  unitName,
  judging,
}: {
  readonly one: CheckedClosing
  readonly unitName: string
  readonly judging: ReturnType<typeof useJudging>
}) {
  const called = useNames()
  const { number, lacks, verdict, judgedBy } = one
  const say = (verdict: 'sound' | 'lacking') => {
    if (!judging.isBusy) judging.judge(one, verdict)
  }
  const onKeyDown = ({ key, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (repeat || ctrlKey || metaKey || altKey) return
    if (key === '1') say('sound')
    if (key === '2') say('lacking')
  }
  return (
    <li>
      <p className="line">
        <strong>
          <a href={`/orders/${number}`}>{grouped(number)}</a> · {unitName} · {valueWord(one.result)}
        </strong>
        <span className="quiet">{timeOf(one.closedAtMs)}</span>
      </p>
      <dl>
        <dt>{words.asked}</dt>
        <dd>{one.matter}</dd>
        <dt>{words.answered}</dt>
        <dd>{one.words}</dd>
      </dl>
      <p className="found" data-lacking={lacks.length > 0}>
        {lacks.length === 0 ? words.nothing : <Lacks lacks={lacks} />}
        {one.told && ` · ${told}`}
      </p>
      {verdict ? (
        <p>
          <strong>{verdictWords[verdict]}</strong>{' '}
          {judgedBy && <span className="quiet">{words.by(called(judgedBy))}</span>}
        </p>
      ) : (
        <fieldset className="acts" aria-label={grouped(number)} onKeyDown={onKeyDown}>
          <Button className="button" aria-keyshortcuts="1" onPress={() => say('sound')}>
            <kbd>1</kbd> {verdictWords.sound}
          </Button>
          <Button className="button" aria-keyshortcuts="2" onPress={() => say('lacking')}>
            <kbd>2</kbd> {verdictWords.lacking}
          </Button>
        </fieldset>
      )}
    </li>
  )
}
