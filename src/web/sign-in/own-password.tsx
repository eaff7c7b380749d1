import { type FormEvent, useId, useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import { Trouble } from '../design/trouble.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { say } from '../language.ts'

const least = 12

/** Takes the present password and, twice, another. @param name for a password manager, which keeps both together */
export function OwnPassword({
  name,
  onChanged,
}: {
  readonly name: string
  readonly onChanged: () => void | Promise<void>
}) {
  const [given, setGiven] = useState({ password: '', next: '', again: '' })
  const [trouble, setTrouble] = useState('')
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { password, next, again } = given
    if (isBusy) return
    if (next !== again) return setTrouble(words.differ)
    setBusy(true)
    try {
      await ask('POST /api/account/password', { body: { password, next } })
      setGiven({ password: '', next: '', again: '' })
      setTrouble('')
      await onChanged()
    } catch (error) {
      setTrouble(refusalOf(reasonOf(error)))
    } finally {
      setBusy(false)
    }
  }
  const field = (key: keyof typeof given, label: string, autoComplete: string, hint?: string) => (
    <TextField
      className="field"
      type="password"
      value={given[key]}
      onChange={value => setGiven({ ...given, [key]: value })}
      isRequired
      minLength={key === 'password' ? undefined : least}
      maxLength={256}
      autoComplete={autoComplete}
    >
      <Label>{label}</Label>
      <Input />
      {hint !== undefined && (
        <Text slot="description" className="quiet">
          {hint}
        </Text>
      )}
    </TextField>
  )
  return (
    <form className="own-password" onSubmit={event => void submit(event)}>
      <Trouble text={trouble} />
      <input id={id} type="text" value={name} autoComplete="username" readOnly hidden />
      {field('password', words.present, 'current-password')}
      {field('next', words.next, 'new-password', words.hint)}
      {field('again', words.again, 'new-password')}
      <Button className="button main" type="submit">
        {words.change}
      </Button>
    </form>
  )
}

const words = {
  present: say({ 'zh-CN': '现在的密码', en: 'Present password' }),
  next: say({ 'zh-CN': '新密码', en: 'New password' }),
  again: say({ 'zh-CN': '再输入一遍新密码', en: 'The new password again' }),
  hint: say({ 'zh-CN': '至少 12 位', en: 'At least 12 characters' }),
  change: say({ 'zh-CN': '修改密码', en: 'Change password' }),
  differ: say({ 'zh-CN': '两次输入的新密码不一样', en: 'The new password was typed in two ways' }),
} as const
