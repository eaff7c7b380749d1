import { useState } from 'react'
import type { BreakReason, Member, SeatView, Supervising, ToFloorPage } from '../../http/contract.ts'
import { Table } from '../design/table.tsx'
import { Actions } from './actions.tsx'
import { Card } from './card.tsx'
import { EditField } from './edit-field.tsx'
import type { FloorAct } from './use-acts.ts'
import { breakWords, lastingWords, phaseWords, reasonWords, standsWords, words } from './words.ts'

const hows: readonly Supervising[] = ['listening', 'whispering', 'speaking']
const breaks: readonly BreakReason[] = ['busy', 'rest', 'meal', 'training']

/** Seats that should take calls and do not stand first. */
const byNeed = (one: SeatView, other: SeatView) => Number(isAside(other)) - Number(isAside(one))
const isAside = ({ state }: SeatView) => state === 'set-aside' || state === 'offline'

/** Who sits where, how they stand and since when, and whom they talk to. */
export function Seats({
  floor: { seats, talks, nowMs },
  act,
  member,
}: {
  readonly floor: ToFloorPage
  readonly act: (act: FloorAct) => void
  /** Whoever looks: where phones are is for admins to say. */
  readonly member: Pick<Member, 'name' | 'role'>
}) {
  const [edited, setEdited] = useState<{ readonly seat: string; readonly what: 'skills' | 'address' }>()
  const callerOf = (name: string) => {
    const talk = talks.find(({ seat }) => seat === name)
    if (!talk) return words.none
    const { third, supervisor } = talk
    return [
      talk.number || words.withheld,
      reasonWords(talk.reason),
      phaseWords(talk.phase),
      ...(third === undefined ? [] : [third]),
      ...(supervisor ? [words.beside[supervisor.how](nameOf(supervisor.by))] : []),
    ].join(' · ')
  }
  const nameOf = (who: string) => seats.find(({ name }) => name === who)?.display ?? who
  /** At which they can be rung, to be put beside another. */
  const own = seats.find(({ name, contact }) => name === member.name && contact !== undefined)?.name
  const besides = (seat: string) => {
    const talk = talks.find(one => one.seat === seat)
    if (own === undefined || seat === own || !talk || talk.phase === 'ringing') return []
    return [
      ...hows.map(how => ({
        id: how,
        label: words.supervise[how],
        act: () => act({ kind: 'supervise', seat, how }),
      })),
      ...(talk.supervisor?.by === own
        ? [{ id: 'take-over', label: words.takeOver, act: () => act({ kind: 'take-over', seat }) }]
        : []),
    ]
  }
  const actionsFor = ({ name, contact }: SeatView) => [
    ...besides(name),
    ...breaks.map(reason => ({
      id: reason,
      label: words.setTo(breakWords(reason)),
      act: () => act({ kind: 'break', seat: name, reason }),
    })),
    ...(contact === undefined
      ? []
      : [
          {
            id: 'ready',
            label: words.setTo(words.readyState),
            act: () => act({ kind: 'ready', seat: name }),
          },
        ]),
    { id: 'skills', label: words.editSkills, act: () => setEdited({ seat: name, what: 'skills' }) },
    ...(member.role === 'admin'
      ? [{ id: 'address', label: words.editAddress, act: () => setEdited({ seat: name, what: 'address' }) }]
      : []),
  ]
  const seat = seats.find(({ name }) => name === edited?.seat)
  const close = () => setEdited(undefined)
  return (
    <Card name={words.seats} wide file={{ table: 'seats' }}>
      <Table
        caption={words.seats}
        head={words.seatsHead}
        rows={seats.toSorted(byNeed).map(one => ({
          key: one.name,
          cells: [
            `${one.display} · ${one.number}`,
            <span key="state" className="state" data-state={one.state}>
              {standsWords(one)}
            </span>,
            lastingWords(nowMs - one.sinceMs),
            callerOf(one.name),
            one.skills.join('、') || words.none,
            words.missed(one.declined ?? 0, one.unanswered ?? 0),
            <Actions key="acts" label={words.set} of={one.display} actions={actionsFor(one)} />,
          ],
        }))}
        none={words.noSeats}
      />
      {seat && edited?.what === 'skills' && (
        <EditField
          key={seat.name}
          label={words.skillsOf(seat.display)}
          form={words.skillsForm}
          before={seat.skills.join(' ')}
          onSave={text => {
            const skills = text.split(/[\s,，、]+/).filter(word => word !== '')
            act({ kind: 'skills', seat: seat.name, skills })
            close()
          }}
          onClose={close}
        />
      )}
      {seat && edited?.what === 'address' && (
        <EditField
          key={`${seat.name} address`}
          label={words.addressOf(seat.display)}
          form={words.addressForm}
          before={seat.address ?? ''}
          onSave={contact => {
            act({ kind: 'address', seat: seat.name, contact })
            close()
          }}
          onClose={close}
        />
      )}
    </Card>
  )
}
