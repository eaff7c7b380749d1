import './trail.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import type { TrailEntry } from '../../trail/api.ts'
import { cityTime } from '../city.ts'
import { showPage } from '../design/page.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { useNames } from '../house/names.ts'
import { refusalOf } from '../house/refusal.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { actWords, outcomeWords, roleWords, words } from './words.ts'

type Wanted = {
  readonly person?: string
  readonly act?: string
  readonly about?: string
  readonly number?: string
}

/** Who did what, and about whom: for whoever answers for the protection of data. */
function TrailPage() {
  const [wanted, setWanted] = useState<Wanted>({})
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['trail', wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: before, signal }) =>
      ask('GET /api/trail', { query: { ...wanted, before } as Wanted & { before?: string } }, signal),
    getNextPageParam: page => page.next,
  })
  const entries = data?.pages.flatMap(page => page.entries)
  return (
    <div className="trail">
      <section className="card" aria-label={words.find}>
        <h2>{words.find}</h2>
        <Finding onFind={setWanted} />
      </section>
      <section className="card" aria-label={words.entries}>
        <h2>{words.entries}</h2>
        {error && (
          <p className="trouble" role="alert">
            {refusalOf(reasonOf(error))}
          </p>
        )}
        {entries === undefined && !error && <p role="status">{words.asking}</p>}
        {entries?.length === 0 && <p>{words.none}</p>}
        <ol>
          {entries?.map((entry, at) => (
            <Entry key={at} {...entry} />
          ))}
        </ol>
        {hasNextPage && (
          <Button className="button" onPress={() => void fetchNextPage()}>
            {words.older}
          </Button>
        )}
        <p className="exports">
          <a href="/api/trail/export?format=jsonl" download="trail.jsonl">
            {words.exportJson}
          </a>
          <a href="/api/trail/export?format=syslog" download="trail.log">
            {words.exportSyslog}
          </a>
        </p>
        {data?.pages[0] && <p className="quiet">{words.kept(data.pages[0].keptDays)}</p>}
      </section>
    </div>
  )
}

function Entry({ atMs, person, role, act, outcome, about, whose, address, way }: TrailEntry) {
  const called = useNames()(person)
  // By what they sign in with, too: it is what they are found by.
  const who = called === person || person.startsWith('program') ? called : `${called} (${person})`
  return (
    <li>
      <time dateTime={new Date(atMs).toISOString()}>{cityTime(atMs)}</time>
      <strong>{`${who} ${roleWords[role] ?? ''}`.trim()}</strong>
      <span>
        {actWords[act]}
        {outcome === 'refused' && ` · ${outcomeWords.refused}`}
      </span>
      {about !== '' && <span>{about}</span>}
      {whose !== '' && <span>{words.mark(whose)}</span>}
      <span className="quiet">
        {address} {way}
      </span>
    </li>
  )
}

function Finding({ onFind }: { readonly onFind: (wanted: Wanted) => void }) {
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '')
    onFind(Object.fromEntries(given) as Wanted)
  }
  return (
    <form onSubmit={find}>
      <label>
        {words.person}
        <input name="person" />
      </label>
      <label>
        {words.act}
        <select name="act">
          <option value="">{words.all}</option>
          {Object.entries(actWords).map(([act, label]) => (
            <option key={act} value={act}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.about}
        <input name="about" />
      </label>
      <label>
        {words.number}
        <input name="number" inputMode="tel" />
      </label>
      <Button className="button" type="submit">
        {words.find}
      </Button>
    </form>
  )
}

showPage({ 'zh-CN': '审计日志', en: 'Audit trail' }, <SignedIn>{() => <TrailPage />}</SignedIn>)
