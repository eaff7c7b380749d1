import './orders.css'
import { type FormEvent, useEffect, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { showPage } from '../design/page.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { OrderList } from './list.tsx'
import { NewOrderView } from './new-order.tsx'
import { OrderView } from './order.tsx'
import { useOrderNews, useRules } from './use-orders.ts'
import { words } from './words.ts'

/** `/orders` is the list, `/orders/<number>` an order, `/orders/new?call=<id>` a demand being told. */
const placeNow = () => location.pathname.split('/')[2] ?? ''

function OrdersPage(signed: Signed) {
  const rules = useRules()
  useOrderNews()
  const [place, setPlace] = useState(placeNow)
  const call = new URLSearchParams(location.search).get('call') ?? undefined
  useEffect(() => {
    const onBack = () => setPlace(placeNow())
    addEventListener('popstate', onBack)
    return () => removeEventListener('popstate', onBack)
  }, [])
  const go = (to: string) => {
    history.pushState(null, '', to === '' ? '/orders' : `/orders/${to}`)
    setPlace(placeNow())
    scrollTo(0, 0)
  }
  if (!rules) return <p role="status">{words.loading}</p>
  return (
    <div className="orders">
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
        {place === '' && <ByNumber open={go} />}
      </nav>
      {place === '' ? (
        <OrderList rules={rules} open={go} />
      ) : place === 'new' ? (
        <NewOrderView call={call} rules={rules} open={number => go(`${number}${location.search}`)} />
      ) : (
        <OrderView key={place} {...signed} number={place} rules={rules} call={call} />
      )}
    </div>
  )
}

/** A number that somebody reads out. */
function ByNumber({ open }: { readonly open: (number: string) => void }) {
  const [number, setNumber] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    open(encodeURIComponent(number.replace(/[\s-]/g, '')))
  }
  return (
    <form className="by-number" onSubmit={submit}>
      <TextField value={number} onChange={setNumber} isRequired inputMode="numeric" maxLength={40}>
        <Label>{words.byNumber}</Label>
        <Input />
      </TextField>
      <Button className="button" type="submit">
        {words.open}
      </Button>
    </form>
  )
}

showPage(
  { 'zh-CN': '工单', en: 'Orders' },
  <SignedIn roles={['seat', 'supervisor', 'unit']}>{signed => <OrdersPage {...signed} />}</SignedIn>,
)
