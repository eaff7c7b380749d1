import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import type { SeatView } from '../../http/contract.ts'
import { seatStands } from '../../http/words/people.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { say } from '../language.ts'
import { useSeats } from './use-staff.ts'
import { words } from './words.ts'

/** The posts at which calls are taken, their telephones and what the people at them can do. */
export function Seats() {
  const { seats, setSkills, add, remove, trouble } = useSeats()
  return (
    <section className="card" aria-labelledby="seats">
      <h2 id="seats">{words.seats}</h2>
      <p className="quiet">{words.seatsNote}</p>
      <Trouble text={trouble} />
      {seats && (
        <Table
          caption={words.seats}
          head={words.seatsHead}
          narrow="cards"
          none={words.noSeats}
          rows={seats.map(seat => ({
            key: seat.name,
            cells: [
              seat.name,
              seat.display,
              seat.number,
              say(seatStands(seat)),
              seat.address ?? words.registers,
              <Skills key={seat.skills.join()} seat={seat} setSkills={setSkills} />,
              <SteadyButton
                key="remove"
                meaning={`remove ${seat.name}`}
                atOnce
                className="button"
                onPress={() => remove(seat.name)}
              >
                {words.removeSeat(seat.display)}
              </SteadyButton>,
            ],
          }))}
        />
      )}
      <NewSeat add={add} />
    </section>
  )
}

type Seating = ReturnType<typeof useSeats>

function Skills({
  seat: { name, display, skills },
  setSkills,
}: {
  readonly seat: SeatView
  readonly setSkills: Seating['setSkills']
}) {
  const [typed, setTyped] = useState(skills.join(' '))
  const send = (event: FormEvent) => {
    event.preventDefault()
    setSkills({ name, skills: typed.split(/\s+/).filter(Boolean) })
  }
  return (
    <form className="skills" onSubmit={send}>
      <input
        aria-label={words.skillsOf(display)}
        value={typed}
        maxLength={400}
        onChange={event => setTyped(event.target.value)}
      />
      <Button className="button" type="submit" isDisabled={typed.trim() === skills.join(' ')}>
        {words.saveMember}
      </Button>
    </form>
  )
}

function NewSeat({ add }: Pick<Seating, 'add'>) {
  const [name, setName] = useState('')
  const [display, setDisplay] = useState('')
  const [contact, setContact] = useState('')
  const [password, setPassword] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    const phone = contact === '' ? { password } : { contact }
    add(
      { name, display: display || name, ...phone },
      {
        onSuccess: () => {
          setName('')
          setDisplay('')
          setContact('')
          setPassword('')
        },
      },
    )
  }
  return (
    <details>
      <summary>{words.addSeat}</summary>
      <form className="acts" onSubmit={send}>
        <label className="field">
          {words.seatName}
          <input required maxLength={32} value={name} onChange={event => setName(event.target.value)} />
        </label>
        <label className="field">
          {words.display}
          <input maxLength={64} value={display} onChange={event => setDisplay(event.target.value)} />
        </label>
        <label className="field">
          {words.contact}
          <input
            maxLength={200}
            value={contact}
            placeholder="sip:s1@192.0.2.10"
            onChange={event => setContact(event.target.value)}
          />
        </label>
        <label className="field">
          {words.phonePassword}
          <input
            type="password"
            minLength={12}
            autoComplete="new-password"
            required={contact === ''}
            disabled={contact !== ''}
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </label>
        <Button className="button main" type="submit">
          {words.add}
        </Button>
      </form>
    </details>
  )
}
