import './account.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import { showPage } from '../design/page.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { Factors } from '../sign-in/factors.tsx'
import { OwnPassword } from '../sign-in/own-password.tsx'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Members } from './members.tsx'
import { SessionList } from './sessions.tsx'
import { words } from './words.ts'

/** One's own password and sessions; for administrators those of members, too. */
function AccountPage({ member }: { readonly member: Member }) {
  const client = useQueryClient()
  const { data, error } = useQuery({
    queryKey: ['account'],
    queryFn: ({ signal }) => ask('GET /api/account', {}, signal),
  })
  const ending = useMutation({
    mutationFn: (id: string | undefined) =>
      id === undefined
        ? ask('DELETE /api/account/sessions', {})
        : ask('DELETE /api/account/sessions/{id}', { path: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['account'] }),
  })
  const trouble = ending.error ?? error
  return (
    <div className="account">
      {trouble && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(trouble))}
        </p>
      )}
      {!data && !error && <p role="status">{words.asking}</p>}
      {data && (
        <>
          <Password member={member} hasPassword={data.hasPassword} />
          {data.hasPassword && (
            <section className="card" aria-label={words.second}>
              <h2>{words.second}</h2>
              <Factors {...data} onChanged={() => client.invalidateQueries({ queryKey: ['account'] })} />
            </section>
          )}
          <section className="card" aria-label={words.mySessions}>
            <h2>{words.mySessions}</h2>
            <SessionList sessions={data.sessions} own={data.session} end={id => ending.mutate(id)} />
            {data.sessions.length > 1 && (
              <Button className="button" onPress={() => ending.mutate(undefined)}>
                {words.endOthers}
              </Button>
            )}
          </section>
        </>
      )}
      {member.role === 'admin' && <Members />}
    </div>
  )
}

function Password({ member, hasPassword }: { readonly member: Member; readonly hasPassword: boolean }) {
  const client = useQueryClient()
  const [isDone, setDone] = useState(false)
  return (
    <section className="card" aria-label={words.password}>
      <h2>{words.password}</h2>
      {isDone && <p role="status">{words.changed}</p>}
      {hasPassword ? (
        <OwnPassword
          name={member.name}
          onChanged={() => {
            setDone(true)
            return client.invalidateQueries({ queryKey: ['account'] })
          }}
        />
      ) : (
        <p>{words.elsewhere}</p>
      )}
    </section>
  )
}

showPage(words.title, <SignedIn>{({ member }) => <AccountPage member={member} />}</SignedIn>)
