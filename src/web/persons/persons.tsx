import './persons.css'
import type { FormEvent } from 'react'
import { Button } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import type { Member } from '../../http/contract.ts'
import { type Forgetting, type HoldView, isCall, type RetentionView, type Went } from '../../retention/api.ts'
import { cityTime, cityZone } from '../city.ts'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import { say } from '../language.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { type Persons, usePersons } from './use-persons.ts'
import { stateWords, stayedWords, words } from './words.ts'

/** All of one person, what is held, and how long what is kept: for whoever answers for the protection of data. */
function PersonsPage({ member }: { readonly member: Member }) {
  const persons = usePersons()
  const { forgettings, retention, trouble } = persons
  const titles = retention?.titles ?? {}
  return (
    <div className="persons">
      <Trouble text={trouble} />
      <section className="card" aria-label={words.one}>
        <h2>{words.one}</h2>
        <OnePerson {...persons} />
      </section>
      <section className="card" aria-label={words.requests}>
        <h2>{words.requests}</h2>
        {forgettings === undefined && trouble === '' && <p role="status">{words.asking}</p>}
        {forgettings?.length === 0 && <p>{words.noRequests}</p>}
        <ul>
          {forgettings?.map(one => (
            <Request key={one.id} one={one} titles={titles} member={member} decide={persons.decide} />
          ))}
        </ul>
      </section>
      <section className="card" aria-label={words.holds}>
        <h2>{words.holds}</h2>
        {retention?.holds.length === 0 && <p>{words.noHolds}</p>}
        <ul>
          {retention?.holds.map(hold => (
            <Hold key={hold.id} hold={hold} lift={persons.lift} />
          ))}
        </ul>
        <Holding hold={persons.hold} />
      </section>
      {retention && <Periods {...retention} />}
    </div>
  )
}

/** A number as people write it, in groups; whatever else as it is. */
const plain = (name: string, value: string) => (name === 'number' ? value.replace(/[ -]/g, '') : value.trim())

/** What a form holds, by the names of its fields. */
const given = (event: FormEvent<HTMLFormElement>): Readonly<Record<string, string>> => {
  event.preventDefault()
  return Object.fromEntries(
    [...new FormData(event.currentTarget)].map(([name, value]) => [name, plain(name, String(value))]),
  )
}

function OnePerson({ take, forget }: Pick<Persons, 'take' | 'forget'>) {
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget
    const { number = '', because = '' } = given(event)
    const isExport = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'export'
    if (isExport) return void (await take(number))
    if (await forget(number, because)) form.reset()
  }
  return (
    <form onSubmit={event => void submit(event)}>
      <label>
        {words.whom}
        <input name="number" required />
      </label>
      <Button className="button" type="submit" value="export">
        {words.export}
      </Button>
      <label>
        {words.because}
        <input name="because" maxLength={200} />
      </label>
      <Button className="button" type="submit" value="forget">
        {words.forget}
      </Button>
      <p className="quiet">
        {words.two} {words.exportNote}
      </p>
    </form>
  )
}

type RequestProps = {
  readonly one: Forgetting
  readonly titles: Titles
  readonly member: Member
  readonly decide: Persons['decide']
}

function Request({ one, titles, member, decide }: RequestProps) {
  const { state, number, mark, because, askedBy, askedAtMs, decidedBy, decidedAtMs, went } = one
  const called = useNames()
  return (
    <li>
      <strong>{stateWords[state]}</strong>
      <span>{number || (isCall(mark) ? words.call(mark) : words.mark(mark))}</span>
      <span>{because}</span>
      <span className="quiet">{words.askedBy(called(askedBy), cityTime(askedAtMs))}</span>
      {decidedBy !== undefined && decidedAtMs !== undefined && (
        <span className="quiet">{words.decidedBy(called(decidedBy), cityTime(decidedAtMs))}</span>
      )}
      {state === 'asked' &&
        (askedBy === member.name ? <span>{words.mine}</span> : <Deciding decide={decide} />)}
      {went.length > 0 && <WentTable went={went} titles={titles} />}
    </li>
  )
}

/** The list holds no number: whoever decides types it, or the call, and so knows whom it is about. */
function Deciding({ decide }: Pick<RequestProps, 'decide'>) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const { number = '' } = given(event)
    const submitter = (event.nativeEvent as SubmitEvent).submitter
    void decide(number, submitter?.getAttribute('value') === 'agree')
  }
  return (
    <form onSubmit={submit}>
      <label>
        {words.sameNumber}
        <input name="number" required />
      </label>
      <Button className="button" type="submit" value="agree">
        {words.agree}
      </Button>
      <Button className="button" type="submit" value="refuse">
        {words.refuse}
      </Button>
    </form>
  )
}

type Titles = RetentionView['titles']
/** A table or a folder, as people say it. */
const titleOf = (name: string, titles: Titles) => say(titles[name] ?? { 'zh-CN': name, en: name })

function WentTable({ went, titles }: { readonly went: readonly Went[]; readonly titles: Titles }) {
  const said = went.filter(({ count, stayed }) => count > 0 || stayed.length > 0)
  return (
    <details open={said.some(({ stayed }) => stayed.length > 0)}>
      <summary>{words.went}</summary>
      <Table
        caption={words.went}
        head={words.head}
        rows={said.map(({ name, count, stayed }) => ({
          key: name,
          cells: [
            titleOf(name, titles),
            count,
            stayed.map(({ about, because }) => (
              <div key={about}>
                {about} · {stayedWords[because]}
              </div>
            )),
          ],
        }))}
        none={words.nothingWent}
      />
    </details>
  )
}

function Hold({ hold, lift }: { readonly hold: HoldView; readonly lift: Persons['lift'] }) {
  const { id, number, order, mark, reason, by, atMs, untilMs, holds } = hold
  const called = useNames()
  return (
    <li>
      <strong>{number || order || words.mark(mark)}</strong>
      <span>{reason}</span>
      <span className="quiet">{words.heldBy(called(by), cityTime(atMs), cityTime(untilMs))}</span>
      {holds ? (
        <Button
          className="button"
          aria-label={`${words.lift} ${number || order}`}
          onPress={() => void lift(id)}
        >
          {words.lift}
        </Button>
      ) : (
        <span>{words.over}</span>
      )}
    </li>
  )
}

function Holding({ hold }: Pick<Persons, 'hold'>) {
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget
    const { number = '', order = '', reason = '', until = '' } = given(event)
    const about = number === '' ? { order } : { number }
    if (await hold({ ...about, reason, untilMs: instantOf(until, cityZone) })) form.reset()
  }
  return (
    <form onSubmit={event => void submit(event)}>
      <label>
        {words.number}
        <input name="number" inputMode="tel" />
      </label>
      <label>
        {words.order}
        <input name="order" inputMode="numeric" />
      </label>
      <label>
        {words.because}
        <input name="reason" maxLength={200} required />
      </label>
      <label>
        {words.until}
        <input name="until" type="date" required />
      </label>
      <Button className="button" type="submit">
        {words.hold}
      </Button>
      <p className="quiet">{words.holdNote}</p>
    </form>
  )
}

function Periods({ kinds, titles, seatTranscripts }: RetentionView) {
  return (
    <section className="card" aria-label={words.periods}>
      <h2>{words.periods}</h2>
      <Table
        caption={words.periods}
        head={words.periodHead}
        rows={kinds.map(({ kind, name, days, sweptAtMs, gone, total, tables }) => ({
          key: kind,
          cells: [
            name,
            days,
            sweptAtMs === undefined ? words.never : cityTime(sweptAtMs),
            gone,
            total,
            tables.map(one => titleOf(one, titles)).join('、'),
          ],
        }))}
      />
      <p className="quiet">{words.seats(seatTranscripts)}</p>
    </section>
  )
}

showPage(words.title, <SignedIn>{({ member }) => <PersonsPage member={member} />}</SignedIn>)
