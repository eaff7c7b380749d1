import { useInfiniteQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { Button } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import type { RecordingView } from '../../recordings/api.ts'
import { cityTime, cityZone } from '../city.ts'
import { Table } from '../design/table.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { useNames } from '../house/names.ts'
import { refusalOf } from '../house/refusal.ts'
import type { Wanted } from './routes.ts'
import { clockOf, cutWords, words } from './words.ts'

/** Which recordings there are, and what they are found by. */
export function Finding({
  wanted,
  onFind,
  onOpen,
}: {
  readonly wanted: Wanted
  readonly onFind: (wanted: Wanted) => void
  readonly onOpen: (id: string) => void
}) {
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['recordings', wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: before, signal }) =>
      ask('GET /api/recordings', { query: { ...wanted, before } }, signal),
    getNextPageParam: page => page.next,
  })
  const found = data?.pages.flatMap(page => page.recordings)
  const called = useNames()
  return (
    <>
      <section className="card" aria-label={words.find}>
        <h2>{words.find}</h2>
        <Form onFind={onFind} />
      </section>
      <section className="card" aria-label={words.list}>
        <h2>{words.list}</h2>
        {data?.pages[0]?.isOn === false && <p className="quiet">{words.off}</p>}
        {error && (
          <p className="trouble" role="alert">
            {refusalOf(reasonOf(error))}
          </p>
        )}
        {found === undefined && !error && <p role="status">{words.asking}</p>}
        {found && (
          <Table
            caption={words.list}
            head={words.head}
            narrow="cards"
            none={words.none}
            rows={found.map(one => rowOf(one, called, onOpen))}
          />
        )}
        {hasNextPage && (
          <Button className="button" onPress={() => void fetchNextPage()}>
            {words.older}
          </Button>
        )}
      </section>
    </>
  )
}

function rowOf(one: RecordingView, called: (name: string) => string, onOpen: (id: string) => void) {
  const began = cityTime(one.beganAtMs)
  const pauses = one.spans.filter(({ kind }) => kind === 'paused').length
  const remarks = [
    ...(one.isRunning ? [words.running] : []),
    ...(one.cutBy === undefined ? [] : [cutWords(one.cutBy)]),
    ...(pauses > 0 ? [words.pauses(pauses)] : []),
  ]
  return {
    key: one.id,
    marks: { 'data-cut': one.cutBy !== undefined },
    cells: [
      one.isRunning ? (
        began
      ) : (
        <a
          key="open"
          href={`/recordings/${one.id}`}
          aria-label={words.hear(began)}
          onClick={event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            onOpen(one.id)
          }}
        >
          {began}
        </a>
      ),
      [...new Set(one.seats.map(({ seat }) => called(seat)))].join('、'),
      clockOf(one.durationMs),
      one.number || words.withheld,
      one.orders.join('、'),
      one.line,
      remarks.join('；'),
      one.points ?? '',
    ],
  }
}

/** Whole days, by the city's clocks. */
const dayMs = 24 * 60 * 60_000
const midnightOf = (day: string) => instantOf(`${day} 00:00`, cityZone)

function Form({ onFind }: { readonly onFind: (wanted: Wanted) => void }) {
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const textOf = (name: string) => String(given.get(name) ?? '').replace(/\s/g, '') || undefined
    const [from, until] = [textOf('from'), textOf('until')]
    onFind({
      order: textOf('order'),
      call: textOf('call'),
      seat: textOf('seat'),
      number: textOf('number')?.replace(/-/g, ''),
      fromMs: from === undefined ? undefined : midnightOf(from),
      untilMs: until === undefined ? undefined : midnightOf(until) + dayMs,
    })
  }
  return (
    <form onSubmit={find}>
      {(['order', 'seat', 'call', 'number'] as const).map(name => (
        <label key={name}>
          {words[name]}
          <input name={name} inputMode={name === 'number' ? 'tel' : undefined} autoComplete="off" />
        </label>
      ))}
      {(['from', 'until'] as const).map(name => (
        <label key={name}>
          {words[name]}
          <input name={name} type="date" />
        </label>
      ))}
      <Button className="button" type="submit">
        {words.find}
      </Button>
    </form>
  )
}
