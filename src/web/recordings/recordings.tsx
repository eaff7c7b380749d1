import './recordings.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import type { RecordingShown } from '../../http/recordings/api.ts'
import { cityTime } from '../city.ts'
import { showPage } from '../design/page.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { useNames } from '../house/names.ts'
import { refusalOf } from '../house/refusal.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Notes, Transcript } from './beside.tsx'
import { Finding } from './finding.tsx'
import { Player } from './player.tsx'
import { Quality } from './quality.tsx'
import type { Wanted } from './routes.ts'
import { useSound } from './use-sound.ts'
import { cutWords, words } from './words.ts'

const idHere = () => /^\/recordings\/(rec_[0-9a-z]+)$/.exec(location.pathname)?.[1]

/** Recordings of calls: the list, and one of them to be heard, noted and judged. */
function RecordingsPage({ member }: { readonly member: Member }) {
  const [open, setOpen] = useState(idHere)
  const [wanted, setWanted] = useState<Wanted>({})
  useEffect(() => {
    const onPop = () => setOpen(idHere())
    addEventListener('popstate', onPop)
    return () => removeEventListener('popstate', onPop)
  }, [])
  const go = (id: string | undefined) => {
    history.pushState(undefined, '', id === undefined ? '/recordings' : `/recordings/${id}`)
    setOpen(id)
    scrollTo(0, 0)
  }
  return (
    <div className="recordings at-work">
      {open === undefined ? (
        <Finding wanted={wanted} onFind={setWanted} onOpen={go} />
      ) : (
        <One key={open} id={open} member={member} onBack={() => go(undefined)} />
      )}
    </div>
  )
}

type OneProps = { readonly id: string; readonly member: Member; readonly onBack: () => void }

function One({ id, member, onBack }: OneProps) {
  const client = useQueryClient()
  const path = { id }
  const key = ['recording', id]
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('GET /api/recordings/{id}', { path }, signal),
    refetchOnWindowFocus: false,
  })
  const doing = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
  const act = (work: () => Promise<unknown>) =>
    doing.mutateAsync(work).then(
      () => true,
      () => false,
    )
  const trouble = error ?? doing.error
  const title = useRef<HTMLHeadingElement>(null)
  // Whoever opened it by a key goes on from here.
  useEffect(() => title.current?.focus(), [])
  return (
    <>
      <p>
        <Button className="button" onPress={onBack}>
          {words.back}
        </Button>
      </p>
      <h2 ref={title} tabIndex={-1}>
        {data ? cityTime(data.beganAtMs) : words.list}
      </h2>
      {trouble && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(trouble))}
        </p>
      )}
      {!data && !error && <p role="status">{words.asking}</p>}
      {data && (
        <Heard
          shown={data}
          member={member}
          note={(atMs, text) =>
            act(() => ask('POST /api/recordings/{id}/notes', { path, body: { atMs, text } }))
          }
          unnote={note => act(() => ask('DELETE /api/recordings/{id}/notes/{note}', { path: { id, note } }))}
          judge={review => act(() => ask('POST /api/recordings/{id}/reviews', { path, body: review }))}
          answer={(review, answer) =>
            act(() =>
              ask('POST /api/recordings/{id}/reviews/{review}/answer', {
                path: { id, review },
                body: { answer },
              }),
            )
          }
        />
      )}
    </>
  )
}

type HeardProps = Pick<Parameters<typeof Notes>[0], 'note' | 'unnote'> &
  Pick<Parameters<typeof Quality>[0], 'judge' | 'answer'> & {
    readonly shown: RecordingShown
    readonly member: Member
  }

function Heard({ shown, member, note, unnote, judge, answer }: HeardProps) {
  const sound = useSound(`/api/recordings/${shown.id}/sound`, shown.durationMs)
  const field = useRef<HTMLInputElement>(null)
  const called = useNames()
  return (
    <>
      <p>
        {[
          shown.number || words.withheld,
          [...new Set(shown.seats.map(({ seat }) => called(seat)))].join('、'),
          ...shown.orders,
          shown.call,
        ].join(' · ')}
      </p>
      {shown.cutBy !== undefined && (
        <p className="trouble" role="status">
          {cutWords(shown.cutBy)}
        </p>
      )}
      <section className="card">
        <Player shown={shown} sound={sound} onNote={() => field.current?.focus()} />
        <p className="quiet">{words.heardIs}</p>
      </section>
      <div className="beside">
        <Transcript shown={shown} sound={sound} />
        <Notes shown={shown} sound={sound} me={member.name} field={field} note={note} unnote={unnote} />
      </div>
      <Quality
        shown={shown}
        me={member.name}
        mayJudge={member.role === 'supervisor' || member.role === 'admin'}
        judge={judge}
        answer={answer}
      />
    </>
  )
}

showPage(
  { 'zh-CN': '通话录音', en: 'Recordings' },
  <SignedIn>{({ member }) => <RecordingsPage member={member} />}</SignedIn>,
)
