import { calledIn } from '../../http/words/orders.ts'
import type { RankedUnit } from '../../supervision/api.ts'
import type { Bulletin, BulletinFigures } from '../../supervision/bulletins/api.ts'
import { cityTime } from '../city.ts'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { say } from '../language.ts'
import { useRules } from '../orders/use-orders.ts'
import { grouped } from '../orders/words.ts'
import {
  answerWords,
  groupSaid,
  monthSaid,
  percentOf,
  pointsOf,
  reasonWords,
  stateWords,
  words,
} from './words.ts'

/** A bulletin as it is read and printed: letterhead, words, figures, and the orders behind them. */
export function Sheet({ bulletin }: { readonly bulletin: Bulletin }) {
  const { city, district, month, state, digest, isIntact, changedAtMs } = bulletin
  const { title, opening, demands, signed } = bulletin.words
  const { ranking, changes, deductions, annex } = bulletin.figures
  const nameOf = namesIn(ranking)
  return (
    <article className="card sheet">
      <p className="letterhead">{words.letterhead(city)}</p>
      <h2>{title}</h2>
      {state !== 'published' && <p className="draft-mark">{stateWords[state]}</p>}
      {!isIntact && <Trouble text={words.spoilt} />}
      <Paragraphs text={opening} />
      <p className="quiet">
        {words.period(monthSaid(month))} · {words.method(ranking.least)}
        {district !== '' && ` ${words.rankedOf}。`}
      </p>
      {ranking.groups.map(group => (
        <section key={`${group.id} ${group.from}`}>
          <h3>{groupSaid(group)}</h3>
          <Ranked name={groupSaid(group)} units={group.units} />
        </section>
      ))}
      <h3>{words.changes}</h3>
      <Changes changes={changes} />
      <h3>{words.deductions}</h3>
      <Table
        caption={words.deductions}
        head={[words.unit, words.order, words.reason, { figures: words.points }]}
        rows={deductions.map(one => ({
          key: one.id,
          cells: [one.name, grouped(one.order), reasonWords[one.reason], `−${one.points}`],
        }))}
        none={words.noDeductions}
        narrow="cards"
      />
      <Paragraphs text={demands} />
      <p className="signed-by">
        {signed}
        <br />
        {cityTime(changedAtMs, 'letter')}
      </p>
      <section className="annex">
        <h3>{words.annex}</h3>
        {annex.length === 0 && <p className="quiet">{words.noAnnex}</p>}
        {annex.map(({ unit, answer, orders, count }) => (
          <p key={`${unit} ${answer}`}>
            <strong>
              {nameOf(unit)} · {answerWords[answer]}
            </strong>{' '}
            <span className="quiet">{words.more(count, orders.length)}</span>{' '}
            {orders.map(order => (
              <a key={order} href={`/orders/${order}`}>
                {grouped(order)}
              </a>
            ))}
          </p>
        ))}
        {digest && (
          <p className="quiet digest">
            {words.digest}: {digest}
          </p>
        )}
      </section>
    </article>
  )
}

const namesIn = ({ groups }: BulletinFigures['ranking']) => {
  const names = new Map(groups.flatMap(({ units }) => units.map(one => [one.unit, one.name] as const)))
  return (unit: string) => names.get(unit) ?? unit
}

const Paragraphs = ({ text }: { readonly text: string }) => (
  <>
    {text
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => (
        <p key={line} className="paragraph">
          {line}
        </p>
      ))}
  </>
)

const rates = ['response', 'solved', 'satisfied'] as const

const Ranked = ({ name, units }: { readonly name: string; readonly units: readonly RankedUnit[] }) => (
  <Table
    caption={name}
    head={[
      words.unit,
      ...[
        words.rank,
        words.composite,
        words.difference,
        ...rates.map(rate => words[rate]),
        words.points,
        words.answeredOf,
      ].map(figures => ({ figures })),
    ]}
    rows={units.map(unit => ({
      key: unit.unit,
      cells: [
        unit.name,
        unit.rank ?? words.noRank,
        percentOf(unit.rates.composite),
        pointsOf(unit.difference),
        ...rates.map(rate => <Rate key={rate} unit={unit} rate={rate} />),
        unit.points === 0 ? '—' : `−${unit.points}`,
        `${unit.tally.answered}/${unit.tally.asked}`,
      ],
    }))}
    narrow="cards"
  />
)

function Rate({ unit, rate }: { readonly unit: RankedUnit; readonly rate: (typeof rates)[number] }) {
  const interval = unit.intervals[rate]
  return (
    <span className="rate">
      {percentOf(unit.rates[rate])}
      {interval && (
        <span className="quiet">
          [{percentOf(interval[0])}, {percentOf(interval[1])}]
        </span>
      )}
    </span>
  )
}

function Changes({ changes }: Pick<BulletinFigures, 'changes'>) {
  const rules = useRules()
  const categoryName = (id: string) => (rules ? say(calledIn(rules, 'category', id)) : id)
  return (
    <Table
      caption={words.changes}
      head={[words.unit, { figures: words.composite }, words.why]}
      rows={changes.map(({ unit, name, difference, mix, kinds }) => ({
        key: unit,
        cells: [
          name,
          pointsOf(difference),
          [
            ...kinds.map(({ category, part }) => `${categoryName(category)} ${pointsOf(part)}`),
            `${words.mix} ${pointsOf(mix)}`,
          ].join('；'),
        ],
      }))}
      none={words.noChanges}
      narrow="cards"
    />
  )
}
