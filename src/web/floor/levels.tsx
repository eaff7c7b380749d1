import type { FloorDay } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { Table } from '../design/table.tsx'
import { percent, words } from './words.ts'

type Window = FloorDay['levels']['now']

/** Service by any 24 hours in a row, as GB/T 33358-2016 asks: those that end now, and the worst of all. */
export function Levels({ day: { levels, soonMs, target } }: { readonly day: FloorDay }) {
  const { now, worstReached, worstSoon } = levels
  const row = (key: string, name: string, window: Window | undefined, level: 'reached' | 'soon') => {
    if (!window) return { key, cells: [name, words.none, words.none, words.none] }
    const isLow = window.wanted > 0 && window[level] / window.wanted < target
    return {
      key,
      cells: [
        name,
        <span key="share" className="share" data-low={isLow}>
          {percent(window[level], window.wanted)}
          {isLow && ` · ${words.tooLow(percent(target, 1))}`}
        </span>,
        `${window[level]} / ${window.wanted}`,
        `${cityTime(window.fromMs)} – ${cityTime(window.untilMs)}`,
      ],
    }
  }
  const [reached, soon] = [words.reachedShort, words.soonShort(soonMs)]
  return (
    <Table
      caption={words.levels}
      head={words.levelsHead}
      rows={[
        row('now-reached', `${reached}：${words.now24}`, now, 'reached'),
        row('worst-reached', `${reached}：${words.worst24}`, worstReached, 'reached'),
        row('now-soon', `${soon}：${words.now24}`, now, 'soon'),
        row('worst-soon', `${soon}：${words.worst24}`, worstSoon, 'soon'),
      ]}
      none={words.none}
    />
  )
}
