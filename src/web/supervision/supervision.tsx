import './supervision.css'
import '../orders/orders.css'
import { useState } from 'react'
import { Button, Radio, RadioGroup } from 'react-aria-components'
import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import type { SupervisionLevel } from '../../orders/supervising/api.ts'
import type { InstructionQuery, SupervisionCounts } from '../../orders/supervising/listing/api.ts'
import { showPage } from '../design/page.tsx'
import { Pages, usePages } from '../design/pages.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { OrderForm } from '../orders/form.tsx'
import { aboutName, unitName } from '../orders/names.ts'
import { instruct } from '../orders/supervising-acts.tsx'
import { useOrderNews, useRules } from '../orders/use-orders.ts'
import { grouped, lightWords, words as orderWords, supervisionLevelWords, timeOf } from '../orders/words.ts'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { One } from './one.tsx'
import { useActOn, useInstructions, useSites, useSupervisionCounts } from './use-supervision.ts'
import { words } from './words.ts'

const levels = ['street', 'district', 'city'] as const satisfies readonly SupervisionLevel[]
const lights = ['red', 'yellow', 'green'] as const satisfies readonly OrderSummary['light'][]
const shows = ['open', 'problems', 'done', 'sites'] as const
type Show = (typeof shows)[number]

/** `/supervision?show=sites` opens at a list, so that others can lead there. */
const showNow = (): Show => {
  const named = new URLSearchParams(location.search).get('show')
  return shows.find(one => one === named) ?? 'open'
}

/** Whoever has not answered, by level and light; what rose by itself; what was answered; and places to look at. */
function SupervisionPage({ member }: Signed) {
  useOrderNews()
  const rules = useRules()
  const counts = useSupervisionCounts()
  const [show, setShow] = useState<Show>(showNow)
  const [asked, setAsked] = useState<Pick<InstructionQuery, 'level' | 'light' | 'unit'>>({})
  if (!rules || !counts) return <p role="status">{words.loading}</p>
  const isUnit = member.role === 'unit'
  const choose = (next: Show) => {
    setShow(next)
    history.replaceState(null, '', next === 'open' ? '/supervision' : `/supervision?show=${next}`)
  }
  return (
    <div className="supervision">
      <Standing
        counts={counts}
        choose={(level, light) => {
          choose('open')
          setAsked(now => ({ ...now, level, light }))
        }}
      />
      {!isUnit && <Issuing />}
      <section className="card" aria-label={words.instructions}>
        <RadioGroup
          className="filters"
          aria-label={words.show}
          orientation="horizontal"
          value={show}
          onChange={value => choose(value as Show)}
        >
          {shows
            .filter(one => !isUnit || one !== 'sites')
            .map(one => (
              <Radio key={one} className="filter" value={one}>
                {words[one]}
                {one === 'problems' && <span className="count">{counts.problems}</span>}
                {one === 'sites' && <span className="count">{counts.sites}</span>}
              </Radio>
            ))}
        </RadioGroup>
        {show === 'sites' ? (
          <Sites rules={rules} />
        ) : (
          <>
            <Asking show={show} asked={asked} ask={setAsked} rules={rules} isUnit={isUnit} />
            <Listed key={JSON.stringify({ show, ...asked })} query={{ show, ...asked }} rules={rules} />
          </>
        )}
      </section>
    </div>
  )
}

/** How many wait, by level and light; each figure opens its list. */
const Standing = ({
  counts,
  choose,
}: {
  readonly counts: SupervisionCounts
  readonly choose: (level: SupervisionLevel, light: OrderSummary['light']) => void
}) => (
  <section className="card" aria-labelledby="standing">
    <h2 id="standing">{words.standing}</h2>
    <p className="quiet">{words.method}</p>
    <Table
      caption={words.standing}
      none={words.none}
      head={[words.level, ...lights.map(light => ({ figures: lightWords[light] }))]}
      rows={levels.map(level => ({
        key: level,
        cells: [
          supervisionLevelWords[level],
          ...lights.map(light => (
            <Button
              key={light}
              className={`button small light-count ${counts.levels[level][light] > 0 ? light : ''}`}
              aria-label={`${supervisionLevelWords[level]} ${lightWords[light]} ${counts.levels[level][light]}`}
              onPress={() => choose(level, light)}
            >
              {counts.levels[level][light]}
            </Button>
          )),
        ],
      }))}
    />
  </section>
)

function Issuing() {
  const actOn = useActOn()
  const [isIssued, setIssued] = useState(false)
  const { fields, of } = instruct(levels)
  return (
    <details className="card">
      <summary>{words.issue}</summary>
      <OrderForm
        fields={[{ name: 'number', label: words.order, kind: 'line', needed: true }, ...fields]}
        submit={words.issue}
        onGiven={async ({ number = '', ...given }) => {
          setIssued(false)
          const refused = await actOn(number.replace(/[\s-]/g, ''), of(given))
          setIssued(refused === undefined)
          return refused
        }}
      />
      <p role="status">{isIssued ? words.issued : ''}</p>
    </details>
  )
}

type Asked = Pick<InstructionQuery, 'level' | 'light' | 'unit'>

const Asking = ({
  show,
  asked,
  ask,
  rules,
  isUnit,
}: {
  readonly show: Show
  readonly asked: Asked
  readonly ask: (asked: Asked) => void
  readonly rules: OrderRulesShown
  readonly isUnit: boolean
}) => (
  <div className="list-acts">
    <label>
      {words.level}{' '}
      <select
        value={asked.level ?? ''}
        onChange={({ target }) => ask({ ...asked, level: levels.find(level => level === target.value) })}
      >
        <option value="">{words.everyLevel}</option>
        {levels.map(level => (
          <option key={level} value={level}>
            {supervisionLevelWords[level]}
          </option>
        ))}
      </select>
    </label>
    {show === 'open' && (
      <label>
        {words.light}{' '}
        <select
          value={asked.light ?? ''}
          onChange={({ target }) => ask({ ...asked, light: lights.find(light => light === target.value) })}
        >
          <option value="">{words.everyLight}</option>
          {lights.map(light => (
            <option key={light} value={light}>
              {lightWords[light]}
            </option>
          ))}
        </select>
      </label>
    )}
    {!isUnit && (
      <label>
        {orderWords.unit}{' '}
        <select
          value={asked.unit ?? ''}
          onChange={({ target }) => ask({ ...asked, unit: target.value || undefined })}
        >
          <option value="">{orderWords.everyUnit}</option>
          {rules.units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    )}
  </div>
)

function Listed({
  query,
  rules,
}: {
  readonly query: Partial<InstructionQuery>
  readonly rules: OrderRulesShown
}) {
  const pages = usePages()
  const light = query.show === 'open' ? query.light : undefined
  const { page, trouble } = useInstructions({ ...query, light, after: pages.begin })
  if (!page) return trouble === '' ? <p role="status">{words.loading}</p> : <Trouble text={trouble} />
  return (
    <>
      <Trouble text={trouble} />
      {page.instructions.length === 0 && <p>{words.none}</p>}
      <ul className="instructions">
        {page.instructions.map(one => (
          <One key={`${one.number} ${one.seq}`} one={one} rules={rules} />
        ))}
      </ul>
      {(pages.at > 1 || page.next !== undefined) && <Pages pages={pages} next={page.next} />}
    </>
  )
}

function Sites({ rules }: { readonly rules: OrderRulesShown }) {
  const found = useSites()
  if (!found) return <p role="status">{words.loading}</p>
  return (
    <Table
      caption={words.sites}
      narrow="cards"
      none={words.none}
      head={words.siteHead}
      rows={found.sites.map(one => ({
        key: `${one.number} ${one.seq}`,
        cells: [
          <a key="number" href={`/orders/${one.number}`}>
            {grouped(one.number)}
          </a>,
          aboutName(rules, one),
          unitName(rules, one.unit),
          timeOf(one.askedAtMs),
          one.dueAtMs === undefined ? '' : timeOf(one.dueAtMs),
        ],
      }))}
    />
  )
}

showPage(
  { 'zh-CN': '督办', en: 'Supervision' },
  <SignedIn>{signed => <SupervisionPage {...signed} />}</SignedIn>,
)
