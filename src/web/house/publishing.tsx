import './publishing.css'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import { cityZone } from '../city.ts'
import { say } from '../language.ts'

/** How a draft comes to hold: why, and from when. */
export function Publishing({
  isBusy,
  isReady,
  publish,
}: {
  readonly isBusy: boolean
  /** Nothing is wrong in it, and something is other. */
  readonly isReady: boolean
  readonly publish: (how: { readonly note: string; readonly fromMs: number | undefined }) => void
}) {
  const [note, setNote] = useState('')
  const [from, setFrom] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    publish({ note, fromMs: from === '' ? undefined : instantOf(from.replace('T', ' '), cityZone) })
  }
  return (
    <form className="publishing" onSubmit={send}>
      <label className="why">
        {words.note}
        <input
          required
          maxLength={200}
          value={note}
          lang="zh-CN"
          onChange={event => setNote(event.target.value)}
        />
      </label>
      <label>
        {words.fromTime}
        <input type="datetime-local" value={from} onChange={event => setFrom(event.target.value)} />
      </label>
      <Button className="button main" type="submit" isDisabled={isBusy || !isReady}>
        {isBusy ? words.saving : words.publish}
      </Button>
    </form>
  )
}

const words = {
  note: say({ 'zh-CN': '为什么修改', en: 'Why it is another' }),
  fromTime: say({ 'zh-CN': '从什么时候起用（不填为马上）', en: 'Holds from; at once when empty' }),
  publish: say({ 'zh-CN': '发布', en: 'Publish' }),
  saving: say({ 'zh-CN': '正在检查……', en: 'Looking it through …' }),
}
