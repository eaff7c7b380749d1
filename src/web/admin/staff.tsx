import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member, Role } from '../../http/contract.ts'
import { rightsChangeWords, roleSaid, roleWords } from '../../http/words/people.ts'
import { cityTime } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import { UnitField } from '../house/unit-field.tsx'
import { useUnits } from '../house/units.ts'
import { say } from '../language.ts'
import { useMembers, useRightsChanges, useStaffChanges } from './use-staff.ts'
import { words } from './words.ts'

const roles: readonly Role[] = ['seat', 'supervisor', 'unit', 'auditor', 'admin']

/** Who works here, what they may do, and who said so. */
export function StaffView() {
  const { members, trouble: unread } = useMembers()
  const acts = useStaffChanges()
  const { units } = useUnits()
  const [open, setOpen] = useState<string>()
  const unitName = (id: string | undefined) => units.find(unit => unit.id === id)?.name ?? id ?? ''
  const member = members?.find(({ name }) => name === open)
  const said = acts.trouble ?? unread
  return (
    <section className="card" aria-labelledby="staff">
      <h2 id="staff">{words.staff}</h2>
      <p className="quiet">{words.staffNote}</p>
      <Trouble text={said} />
      {acts.isDone && said === undefined && <p role="status">{words.done}</p>}
      {members && (
        <Table
          caption={words.staff}
          head={words.staffHead}
          narrow="cards"
          none={words.noStaff}
          rows={members.map(one => ({
            key: one.name,
            cells: [
              one.name,
              one.display,
              say(roleWords[one.role]),
              unitName(one.unit),
              <Button
                key="open"
                className="button"
                aria-expanded={open === one.name}
                aria-label={words.changeOf(one.display)}
                onPress={() => setOpen(open === one.name ? undefined : one.name)}
              >
                {words.changeMember}
              </Button>,
            ],
          }))}
        />
      )}
      {member && <OneMember key={member.name} member={member} acts={acts} />}
      <NewOne acts={acts} />
    </section>
  )
}

type Acting = { readonly acts: ReturnType<typeof useStaffChanges> }

function OneMember({ member, acts }: Acting & { readonly member: Member }) {
  const [display, setDisplay] = useState(member.display)
  const [role, setRole] = useState<Role>(member.role)
  const [unit, setUnit] = useState(member.unit ?? '')
  const send = (event: FormEvent) => {
    event.preventDefault()
    acts.change({ name: member.name, display, role, unit: role === 'unit' ? unit : undefined })
  }
  return (
    <section className="member" aria-label={member.display}>
      <h3>
        {member.display} · {member.name}
      </h3>
      <form className="acts" onSubmit={send}>
        <label className="field">
          {words.display}
          <input required maxLength={64} value={display} onChange={event => setDisplay(event.target.value)} />
        </label>
        <RoleFields role={role} setRole={setRole} unit={unit} setUnit={setUnit} />
        <Button className="button main" type="submit" isDisabled={acts.isBusy}>
          {words.saveMember}
        </Button>
        <SteadyButton
          meaning={`remove ${member.name}`}
          atOnce
          className="button"
          onPress={() => acts.remove(member.name)}
        >
          {words.removeMember}
        </SteadyButton>
        <a href="/account">{words.waysIn}</a>
      </form>
      <History name={member.name} />
    </section>
  )
}

function RoleFields({
  role,
  setRole,
  unit,
  setUnit,
}: {
  readonly role: Role
  readonly setRole: (role: Role) => void
  readonly unit: string
  readonly setUnit: (unit: string) => void
}) {
  return (
    <>
      <label className="field">
        {words.role}
        <select
          value={role}
          onChange={({ target }) => setRole(roles.find(one => one === target.value) ?? role)}
        >
          {roles.map(one => (
            <option key={one} value={one}>
              {say(roleWords[one])}
            </option>
          ))}
        </select>
      </label>
      {role === 'unit' && <UnitField label={words.unit} unit={unit} onChosen={setUnit} isNeeded />}
    </>
  )
}

/** Who changed what of somebody's rights, the latest first. */
function History({ name }: { readonly name: string }) {
  const { changes, trouble } = useRightsChanges(name)
  const nameOf = useNames()
  const { units } = useUnits()
  if (!changes) return <p role="status">{trouble ?? words.asking}</p>
  return (
    <Table
      caption={words.whoChanged}
      isCaptionSeen
      head={words.changesHead}
      narrow="cards"
      none={words.noChanges}
      rows={changes.map(({ kind, by, atMs, role, unit }) => ({
        key: `${atMs} ${kind}`,
        cells: [
          cityTime(atMs, 'date'),
          nameOf(by),
          say(rightsChangeWords[kind]),
          role === undefined ? '' : say(roleSaid(role)),
          units.find(({ id }) => id === unit)?.name ?? unit ?? '',
        ],
      }))}
    />
  )
}

function NewOne({ acts }: Acting) {
  const [name, setName] = useState('')
  const [display, setDisplay] = useState('')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<Role>('seat')
  const [unit, setUnit] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    const given = { name, role, password, unit: role === 'unit' ? unit : undefined }
    acts.add(
      { ...given, display: display === '' ? undefined : display },
      {
        onSuccess: () => {
          setName('')
          setDisplay('')
          setPassword('')
        },
      },
    )
  }
  return (
    <details>
      <summary>{words.addMember}</summary>
      <form className="acts" onSubmit={send}>
        <label className="field">
          {words.signInName}
          <input
            required
            maxLength={32}
            value={name}
            autoComplete="off"
            onChange={event => setName(event.target.value)}
          />
        </label>
        <label className="field">
          {words.display}
          <input maxLength={64} value={display} onChange={event => setDisplay(event.target.value)} />
        </label>
        <RoleFields role={role} setRole={setRole} unit={unit} setUnit={setUnit} />
        <label className="field">
          {words.firstPassword}
          <input
            required
            type="password"
            minLength={12}
            autoComplete="new-password"
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </label>
        <Button className="button main" type="submit" isDisabled={acts.isBusy}>
          {words.add}
        </Button>
      </form>
    </details>
  )
}
