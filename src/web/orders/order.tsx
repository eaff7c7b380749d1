import { useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { OrderDetail, OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import type { Signed } from '../sign-in/sign-in.tsx'
import { Acts } from './acts.tsx'
import { answerWords } from './answer.ts'
import { Beside } from './beside.tsx'
import { CheckedAt } from './closing/lacking.tsx'
import { Erasure } from './erasure.tsx'
import { Evidence } from './evidence.tsx'
import { aboutName, categoryName, channelName, groundName, unitName } from './names.ts'
import { RuledBadge } from './ruled-badge.tsx'
import { SiteChecks, Supervised } from './supervised.tsx'
import { Asked, Tasks } from './together.tsx'
import { useOrder } from './use-orders.ts'
import { Verify } from './verify.tsx'
import {
  clockWords,
  eventWords,
  grouped,
  leftWords,
  lengthOf,
  lightWords,
  modeWords,
  stageWords,
  timeOf,
  urgencyWords,
  valueWord,
  words,
} from './words.ts'

/** A light is a word in its colour: colour alone says nothing to who cannot see it. */
export const LightBadge = ({ light }: { readonly light: OrderSummary['light'] }) => (
  <span className={`light ${light}`}>{lightWords[light]}</span>
)

/** One order: what it is, how its time stands, what can be done, and what happened. */
export function OrderView({
  number,
  rules,
  call,
  member,
  whenGone,
}: {
  readonly number: string
  readonly rules: OrderRulesShown
  /** In which a seat looks at it. */
  readonly call: string | undefined
  readonly whenGone: () => void
} & Signed) {
  const { detail, trouble, revealed, act, show, verify } = useOrder(number)
  const [told, tell] = useState('')
  const toldAt = useRef<HTMLParagraphElement>(null)
  /** Who reports progress shows what was done, too. */
  const leads = detail?.may.includes('progress') ?? false
  return (
    <article className="order">
      <header>
        <h2>{grouped(number)}</h2>
        <Button className="button" onPress={() => print()}>
          {words.printOrder}
        </Button>
      </header>
      <Trouble text={trouble} />
      {detail ? (
        <>
          <Facts detail={detail} rules={rules} revealed={revealed} />
          {detail.contact.mode === 'unverified' &&
            member.role !== 'unit' &&
            detail.order.stage !== 'closed' && <Verify verify={verify} />}
          <Evidence
            detail={detail}
            rules={rules}
            leads={leads}
            adds={leads || detail.may.includes('check-site')}
            show={show}
            act={act}
          />
          <Supervised detail={detail} rules={rules} />
          <SiteChecks detail={detail} />
          <section className="card beside-order" aria-label={words.beside}>
            <p role="status" ref={toldAt} tabIndex={-1}>
              {told}
            </p>
            <Beside
              number={number}
              decides={member.role !== 'unit' && member.role !== 'seat'}
              onDone={({ done }) => {
                tell(done)
                // The button that was pressed goes with what it decided about.
                toldAt.current?.focus()
              }}
            />
          </section>
          <Tasks detail={detail} rules={rules} />
          <Asked detail={detail} />
          <Acts detail={detail} rules={rules} call={call} act={act} />
          <Erasure member={member} detail={detail} whenGone={whenGone} />
          <Clocks detail={detail} />
          <History detail={detail} rules={rules} />
        </>
      ) : (
        trouble === '' && <p role="status">{words.loading}</p>
      )}
    </article>
  )
}

function Facts({
  detail,
  rules,
  revealed,
}: {
  readonly detail: OrderDetail
  readonly rules: OrderRulesShown
  /** The whole number, which somebody asked to see. */
  readonly revealed: string | undefined
}) {
  const { order, contact, level, events } = detail
  const number = revealed ?? contact.number ?? ''
  const helpers = helpersIn(events, rules)
  const called = useNames()
  const facts = [
    [words.place, `${order.street} ${order.place}`],
    [words.unit, unitName(rules, order.unit)],
    ...(order.assignee === undefined ? [] : [[words.person, called(order.assignee)] as const]),
    [words.urgency, urgencyWords[order.urgency]],
    [
      words.contact,
      contact.mode === 'unverified'
        ? `${modeWords.voice} ${number} · ${words.unverified}`
        : `${modeWords[contact.mode]} ${number}`,
    ],
    ...(helpers === '' ? [] : [[words.helpers, helpers] as const]),
  ] as const
  return (
    <section className="card" aria-label={aboutName(rules, order)}>
      <p className="standing">
        <LightBadge light={order.light} /> {stageWords[order.stage]}
        {order.dueAtMs !== undefined && <> · {leftWords(order.dueAtMs - Date.now())}</>}
        {order.cycle > 1 && <> · {words.reopened(order.cycle)}</>}
        {level > 0 && <> · {words.level(level)}</>} <RuledBadge order={order} />
        {order.callers !== undefined && <> · {words.callers(order.callers)}</>}
        {order.statesTold !== undefined && <> · {words.statesTold(order.statesTold)}</>}
      </p>
      <h3>{aboutName(rules, order)}</h3>
      <p className="matter">{order.matter}</p>
      {order.confidential && <p className="quiet">{words.confidential}</p>}
      {order.elder && <p className="quiet">{words.elder}</p>}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Whom the lead asks in each unit that helps: the contact that it named last. */
function helpersIn(events: OrderDetail['events'], rules: OrderRulesShown): string {
  const contacts = new Map<string, string>()
  for (const { kind, data } of events)
    if (kind === 'supported')
      contacts.set(String(data.unit), `${unitName(rules, String(data.unit))} ${data.person} ${data.phone}`)
  return [...contacts.values()].join('；')
}

function Clocks({ detail }: { readonly detail: OrderDetail }) {
  return (
    <section className="card" aria-label={words.clocks}>
      <h3>{words.clocks}</h3>
      <dl className="clocks">
        {detail.clocks.map(({ name, dueAtMs, doneAtMs, lateMs }) => (
          <div key={name}>
            <dt>{clockWords[name]}</dt>
            <dd>
              {words.clockHead[1]} {timeOf(dueAtMs)} ·{' '}
              {doneAtMs === undefined ? words.stillRunning : `${words.clockHead[2]} ${timeOf(doneAtMs)}`}
              {lateMs > 0 && (
                <strong>
                  {' '}
                  · {words.clockHead[3]} {lengthOf(lateMs)}
                </strong>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function History({ detail, rules }: { readonly detail: OrderDetail; readonly rules: OrderRulesShown }) {
  const called = useNames()
  return (
    <section className="card" aria-label={words.history}>
      <h3>{words.history}</h3>
      <ol className="history">
        {detail.events.toReversed().map(({ seq, atMs, kind, by, data }) => (
          <li key={seq}>
            <span className="quiet">{timeOf(atMs)}</span> <strong>{eventWords[kind] ?? kind}</strong>{' '}
            <span className="quiet">
              {by.unit === undefined ? '' : `${unitName(rules, by.unit)} `}
              {by.role === 'house' ? '' : (by.called ?? called(by.person))}
              {by.via === undefined ? '' : ` (${called(by.via)})`}
            </span>
            <p>
              {kind === 'answered' ? answerWords(data) : saying(kind, withCalled(kind, data, called), rules)}
            </p>
            {kind === 'closed' && <CheckedAt check={data.check} />}
            {typeof data.article === 'string' && <Cited article={data.article} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Which answer of the knowledge base it was closed with. @param article as know_…@3 */
function Cited({ article }: { readonly article: string }) {
  const [entry = '', version = ''] = article.split('@')
  return (
    <p>
      <a href={`/knowledge#${entry}`}>{words.cited(version)}</a> <span className="quiet">{article}</span>
    </p>
  )
}

/** Whom a unit assigned is a name to sign in by; people read what they are called. */
function withCalled(
  kind: string,
  data: OrderDetail['events'][number]['data'],
  called: (name: string) => string,
) {
  if (kind !== 'assigned') return data
  return { ...data, person: typeof data.person === 'string' ? called(data.person) : words.nobody }
}

/** What an event says that is not said elsewhere on the page. */
function saying(kind: string, data: OrderDetail['events'][number]['data'], rules: OrderRulesShown): string {
  const text = (key: string) => (typeof data[key] === 'string' ? valueWord(data[key]) : '')
  const category = typeof data.category === 'string' ? categoryName(rules, data.category) : ''
  const target = typeof data.target === 'string' ? unitName(rules, data.target) : ''
  const percent = typeof data.percent === 'number' ? `${data.percent}%` : ''
  const evidence = Array.isArray(data.evidence) ? data.evidence.join('；') : ''
  const files = Array.isArray(data.pieces)
    ? data.pieces
        .map(({ name }) => name)
        .filter(Boolean)
        .join('；')
    : ''
  const days = typeof data.days === 'number' && data.days > 0 ? lengthOf(data.days * 86_400_000) : ''
  return [
    ...['level', 'clock', 'outcome', 'result', 'because', 'verdict', 'visitors', 'person', 'phone'].map(text),
    ...[
      typeof data.ground === 'string' ? groundName(rules, data.ground) : '',
      typeof data.channel === 'string' ? channelName(rules, data.channel) : '',
      kind === 'extension-decided' ? words.granted(data.granted === true) : '',
      data.citizenKnows === true ? words.told : '',
      percent,
      kind === 'reclassified' ? category : '',
      target,
      days,
      text('words'),
      text('reason'),
      kind === 'confidential-set' ? words.isConfidential(data.confidential === true) : '',
      kind === 'granted' || kind === 'grant-ended' ? unitName(rules, String(data.unit)) : '',
      evidence,
      files,
    ],
  ]
    .filter(Boolean)
    .join(' · ')
}
