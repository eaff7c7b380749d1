import './orders.css'
import { type FormEvent, useEffect, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { showPage } from '../design/page.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Erasures } from './erasure.tsx'
import { FoundOrders, OrderList } from './list.tsx'
import { handed, readLookedFor } from './looked-for.ts'
import { NewOrderView } from './new-order.tsx'
import { OrderView } from './order.tsx'
import { type LookedFor, useOrderNews, useRules } from './use-orders.ts'
import { grouped, words } from './words.ts'

/** `/orders` is the list, `/orders/<number>` an order, `/orders/new?call=<id>` a demand being told. */
const placeNow = () => location.pathname.split('/')[2] ?? ''

function OrdersPage(signed: Signed) {
  const rules = useRules()
  useOrderNews()
  const [place, setPlace] = useState(placeNow)
  /** What is looked for: here alone, since an address is remembered and logged. */
  const [looked, setLooked] = useState<LookedFor>()
  /** Erased here a moment ago. */
  const [gone, setGone] = useState<string>()
  const isOfUnit = signed.member.role === 'unit'
  const find = (given: string) => {
    const sought = readLookedFor(given, isOfUnit)
    if ('number' in sought) go(encodeURIComponent(sought.number))
    else {
      if (place !== '') go('')
      setLooked(sought)
    }
  }
  useEffect(() => {
    if (handed !== undefined) find(handed)
  }, [])
  const call = new URLSearchParams(location.search).get('call') ?? undefined
  useEffect(() => {
    const onBack = () => setPlace(placeNow())
    addEventListener('popstate', onBack)
    return () => removeEventListener('popstate', onBack)
  }, [])
  const go = (to: string) => {
    setGone(undefined)
    history.pushState(null, '', to === '' ? '/orders' : `/orders/${to}`)
    setPlace(placeNow())
    scrollTo(0, 0)
  }
  if (!rules) return <p role="status">{words.loading}</p>
  return (
    <div className="orders at-work">
      <nav aria-label={words.list}>
        {place !== '' && (
          <Button className="button" onPress={() => go('')}>
            {words.back}
          </Button>
        )}
        {place === '' && signed.member.role !== 'unit' && (
          <Button className="button" onPress={() => go('new')}>
            {words.make}
          </Button>
        )}
        {place !== 'new' && <Search isOfUnit={isOfUnit} find={find} />}
      </nav>
      {place === '' && looked ? (
        <FoundOrders
          key={looked.caller ?? looked.words}
          looked={looked}
          rules={rules}
          open={go}
          close={() => setLooked(undefined)}
        />
      ) : place === '' ? (
        <>
          {gone !== undefined && <p role="status">{words.gone(grouped(gone))}</p>}
          <Erasures member={signed.member} open={go} />
          <OrderList rules={rules} isOfUnit={isOfUnit} open={go} />
        </>
      ) : place === 'new' ? (
        <NewOrderView call={call} rules={rules} open={number => go(`${number}${location.search}`)} />
      ) : (
        <OrderView
          key={place}
          {...signed}
          number={place}
          rules={rules}
          call={call}
          whenGone={() => {
            go('')
            setGone(place)
          }}
        />
      )}
    </div>
  )
}

function Search({ isOfUnit, find }: { readonly isOfUnit: boolean; readonly find: (given: string) => void }) {
  const [given, setGiven] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    find(given)
  }
  return (
    <form className="by-number" onSubmit={submit}>
      <TextField value={given} onChange={setGiven} isRequired maxLength={40}>
        <Label>{words.search}</Label>
        <Input placeholder={isOfUnit ? words.byNumber : words.byNumberOrPhone} />
      </TextField>
      <Button className="button" type="submit">
        {words.find}
      </Button>
    </form>
  )
}

showPage({ 'zh-CN': '工单', en: 'Orders' }, <SignedIn>{signed => <OrdersPage {...signed} />}</SignedIn>)
