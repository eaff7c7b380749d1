import './bulletins.css'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { showPage } from '../design/page.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useCity } from '../orders/use-city.ts'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Acts } from './acts.tsx'
import { Sheet } from './sheet.tsx'
import { useBulletin, useBulletinActs, useBulletins } from './use-bulletins.ts'
import { monthSaid, stateWords, words } from './words.ts'

const idInAddress = () => location.hash.slice(1)

function BulletinsPage({ member }: Signed) {
  const [id, setId] = useState(idInAddress)
  const { bulletins, trouble } = useBulletins()
  useEffect(() => {
    const follow = () => setId(idInAddress())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const open = (chosen: string) => {
    location.hash = chosen
  }
  return (
    <div className="bulletins">
      <section className="card listed" aria-label={words.bulletins}>
        <Trouble text={trouble} />
        {!bulletins && trouble === '' && <p role="status">{words.asking}</p>}
        {bulletins?.length === 0 && <p>{words.none}</p>}
        <ul>
          {bulletins?.map(one => (
            <li key={one.id}>
              <a href={`#${one.id}`} aria-current={one.id === id ? 'page' : undefined}>
                {one.title}
              </a>{' '}
              <span className="quiet">
                {monthSaid(one.month)} · {one.district || words.whole} · {stateWords[one.state]}
              </span>
            </li>
          ))}
        </ul>
        {member.role === 'supervisor' && <Beginning open={open} />}
      </section>
      {id !== '' && <Opened key={id} id={id} member={member} />}
    </div>
  )
}

/** Which month, and for whom; the last that is over, and the whole city, where nobody says otherwise. */
function Beginning({ open }: { readonly open: (id: string) => void }) {
  const districts = useCity()?.districts ?? []
  const { begin, trouble, isBusy } = useBulletinActs()
  const [month, setMonth] = useState('')
  const [district, setDistrict] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void begin({ month, district }, open)
  }
  return (
    <form className="beginning" onSubmit={submit}>
      <label>
        {words.month}
        <input type="month" required value={month} onChange={event => setMonth(event.target.value)} />
      </label>
      <label>
        {words.scope}
        <select value={district} onChange={event => setDistrict(event.target.value)}>
          <option value="">{words.whole}</option>
          {districts.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Button className="button" type="submit" isDisabled={isBusy}>
        {words.begin}
      </Button>
      <Trouble text={trouble} />
    </form>
  )
}

function Opened({ id, member }: { readonly id: string; readonly member: Signed['member'] }) {
  const { bulletin, trouble } = useBulletin(id)
  if (!bulletin) return trouble === '' ? <p role="status">{words.asking}</p> : <Trouble text={trouble} />
  return (
    <>
      <Acts key={bulletin.revision} bulletin={bulletin} member={member} />
      <Sheet bulletin={bulletin} />
    </>
  )
}

showPage({ 'zh-CN': '通报', en: 'Bulletins' }, <SignedIn>{signed => <BulletinsPage {...signed} />}</SignedIn>)
