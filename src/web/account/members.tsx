import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import { roleWords } from '../../http/words/people.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { say } from '../language.ts'
import { FactorList } from '../sign-in/factors.tsx'
import { SessionList } from './sessions.tsx'
import { words } from './words.ts'

/** Where members are signed in: for administrators. */
export function Members() {
  const { data, error } = useQuery({
    queryKey: ['members'],
    queryFn: ({ signal }) => ask('GET /api/staff', {}, signal),
  })
  const [name, setName] = useState('')
  const member = data?.members.find(one => one.name === name)
  return (
    <section className="card" aria-label={words.members}>
      <h2>{words.members}</h2>
      {error && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(error))}
        </p>
      )}
      <label className="field">
        {words.member}
        <select value={name} onChange={event => setName(event.target.value)}>
          <option value="">{words.choose}</option>
          {data?.members.map(one => (
            <option key={one.name} value={one.name}>
              {one.display} · {one.name} · {say(roleWords[one.role])}
            </option>
          ))}
        </select>
      </label>
      {member && <OneMember key={member.name} {...member} />}
    </section>
  )
}

function OneMember({ name }: Member) {
  const client = useQueryClient()
  const queryKey = ['members', name]
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/staff/{name}/sessions', { path: { name } }, signal),
  })
  const ending = useMutation({
    mutationFn: (id: string | undefined) =>
      id === undefined
        ? ask('DELETE /api/staff/{name}/sessions', { path: { name } })
        : ask('DELETE /api/staff/{name}/sessions/{id}', { path: { name, id } }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  const factors = useQuery({
    queryKey: [...queryKey, 'factors'],
    queryFn: ({ signal }) => ask('GET /api/staff/{name}/factors', { path: { name } }, signal),
  })
  const removing = useMutation({
    mutationFn: () => ask('POST /api/staff/{name}/factors/removal', { path: { name }, body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  const trouble = ending.error ?? removing.error ?? error ?? factors.error
  return (
    <>
      {trouble && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(trouble))}
        </p>
      )}
      {data && <SessionList sessions={data.sessions} end={id => ending.mutate(id)} />}
      {data && data.sessions.length > 0 && (
        <Button className="button" onPress={() => ending.mutate(undefined)}>
          {words.endAll}
        </Button>
      )}
      {factors.data && (
        <>
          <h3>{words.second}</h3>
          <FactorList factors={factors.data.factors} />
        </>
      )}
      {removing.data && <p role="status">{words.removal[removing.data.state]}</p>}
      {factors.data && factors.data.factors.length > 0 && (
        <Button className="button" onPress={() => removing.mutate()}>
          {words.removeFactors}
        </Button>
      )}
    </>
  )
}
