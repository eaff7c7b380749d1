import { type FormEvent, useState } from 'react'
import type { Role } from '../../http/contract.ts'
import { say } from '../language.ts'
import { lookedForKey } from './looked-for.ts'
import { placeHere, placesOf } from './places.ts'

/** Finds orders from whichever page somebody is on; the page of orders has a place of its own for it, and one with a call is not left. */
export function SearchEverywhere({ role }: { readonly role: Role }) {
  const [given, setGiven] = useState('')
  const here = placeHere()
  if (here?.href === '/orders' || here?.holdsACall || !placesOf(role).some(({ href }) => href === '/orders'))
    return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (given.trim() === '') return
    sessionStorage.setItem(lookedForKey, given.trim())
    location.assign('/orders')
  }
  return (
    <search>
      <form className="search-everywhere" onSubmit={submit}>
        <input
          type="search"
          maxLength={40}
          aria-label={words.label}
          placeholder={role === 'unit' ? words.ofUnit : words.hint}
          value={given}
          onChange={event => setGiven(event.target.value)}
        />
        <button className="button" type="submit">
          {words.find}
        </button>
      </form>
    </search>
  )
}

const words = {
  label: say({ 'zh-CN': '查找工单', en: 'Find orders' }),
  hint: say({ 'zh-CN': '工单号、电话或内容', en: 'Number, telephone or words' }),
  ofUnit: say({ 'zh-CN': '工单号或内容', en: 'Number or words' }),
  find: say({ 'zh-CN': '查工单', en: 'Find' }),
}
