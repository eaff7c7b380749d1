import './seat.css'
import '../captions/captions.css'
import { useCallback, useState } from 'react'
import { Button } from 'react-aria-components'
import { showPage } from '../design/page.tsx'
import { NoticesForAll } from '../house/notices.tsx'
import { LadderAtSeat } from '../ladder/at-seat.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Callbacks } from './callbacks.tsx'
import { CallerMark } from './caller-mark.tsx'
import { Captions, type HeardInCall } from './captions.tsx'
import { Controls } from './controls.tsx'
import { EarlierOrders, useEarlierOrders } from './earlier-orders.tsx'
import { Emergency } from './emergency.tsx'
import { type FormTold, OrderForm } from './order-form.tsx'
import { OwnCalls } from './own-calls.tsx'
import { nothingRead } from './reading.ts'
import { briefOf, thirdWords } from './third-words.ts'
import { useDesk } from './use-desk.ts'
import { useFormCall } from './use-form-call.ts'
import { usePhone } from './use-phone.ts'
import { Who } from './who.tsx'
import { words } from './words.ts'

const nothingKnown: FormTold['known'] = { order: '', place: '', matter: '' }
const noLines: HeardInCall['lines'] = []

/** A seat: its phone, who rings and why, what is said, and what can be done. */
function SeatPage({ ask }: Signed) {
  const { desk, talk, last, outgoing, isLost, refusal, offsetMs, order } = useDesk(() => void ask())
  const phone = usePhone()
  const [heard, setHeard] = useState<HeardInCall>()
  const { own, call, record, choose, lookAgain } = useFormCall(talk, last, desk?.seat.state)
  const about = talk?.phase === 'ringing' ? last : (talk ?? last)
  const [{ read, number, known }, setTold] = useState<FormTold>({
    read: nothingRead,
    number: '',
    known: nothingKnown,
  })
  const brief = briefOf(known)
  const onTold = useCallback((told: FormTold) => setTold(told), [])
  const earlier = useEarlierOrders(call, number, record?.orders)
  const isAbout = about?.id === call?.id
  const lines = isAbout && heard?.pass === about?.captions ? (heard?.lines ?? noLines) : noLines
  const seats = desk ? [desk.seat, ...desk.others] : []
  const seatName = (seat: string) => seats.find(({ name }) => name === seat)?.display ?? seat
  return (
    <div className="seat-page at-work">
      <div className="top">
        <NoticesForAll />
        {isLost && (
          <p className="trouble" role="alert">
            {words.lost}
          </p>
        )}
        {phone.trouble && (
          <div className="trouble" role="alert">
            <p>{words.trouble[phone.trouble]}</p>
            {phone.isDeaf && (
              <Button className="button" onPress={() => void phone.listen()}>
                {words.again}
              </Button>
            )}
            {phone.trouble === 'asleep' && (
              <Button className="button main" onPress={phone.wake}>
                {words.wake}
              </Button>
            )}
          </div>
        )}
        {desk && (
          <Emergency
            key={call?.id ?? 'none'}
            found={read.emergencies}
            talk={talk?.id === call?.id ? talk : undefined}
            numbers={desk.numbers}
            order={order}
            refusal={refusal}
          />
        )}
      </div>
      <div className="left">
        {desk && (
          <Controls
            desk={desk}
            talk={talk}
            outgoing={outgoing}
            refusal={refusal}
            phone={phone}
            brief={isAbout ? brief : ''}
            order={order}
          />
        )}
        <Who talk={talk} last={last} offsetMs={offsetMs} seatName={seatName} />
        {call && call.number !== '' && (
          <CallerMark
            key={call.number}
            number={call.number}
            isElder={isAbout && about?.caller?.elder === true}
            language={isAbout ? about?.caller?.language : undefined}
          />
        )}
        {call && call.number !== '' && !talk?.isUnproved && (
          <LadderAtSeat key={`ladder ${call.number}`} number={call.number} call={call.id} />
        )}
        {call && <EarlierOrders orders={earlier} />}
        {desk && <p className="quiet">{words.known(desk.seat.number)}</p>}
        <p className="quiet">{`${words.keys}，${thirdWords.keys}`}</p>
      </div>
      <div className="heard">
        <Captions pass={talk?.captions} onHeard={setHeard} />
      </div>
      {desk && (
        <OrderForm
          key={call?.id ?? 'none'}
          call={call}
          record={record}
          isRinging={talk?.phase === 'ringing'}
          lines={lines}
          isUp={talk !== undefined && talk.id === call?.id}
          isElder={isAbout && about?.caller?.elder === true}
          onTold={onTold}
          earlier={earlier}
          onChanged={lookAgain}
        />
      )}
      <div className="right">
        <OwnCalls calls={own} shown={call?.id} show={choose} />
        {desk && (
          <Callbacks
            seat={desk.seat.name}
            isFree={
              talk === undefined &&
              desk.seat.state !== 'calling' &&
              desk.seat.state !== 'offered' &&
              desk.seat.contact !== undefined
            }
            outgoing={outgoing}
            refused={refusal?.order === 'call-back' ? refusal.code : undefined}
            order={order}
          />
        )}
      </div>
    </div>
  )
}

showPage({ 'zh-CN': '坐席', en: 'Seat' }, <SignedIn>{signed => <SeatPage {...signed} />}</SignedIn>)
