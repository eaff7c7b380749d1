import type { NewOrderRequest, OrderRulesShown } from '../../http/contract.ts'
import { say } from '../language.ts'
import { ForeseenLine, useForeseen } from '../seat/foreseen.tsx'
import { KindField } from '../seat/kind-field.tsx'
import { orderWords as seatWords } from '../seat/order-words.ts'
import { type Field, type Given, OrderForm } from './form.tsx'
import { OrderLines } from './list.tsx'
import { useCity } from './use-city.ts'
import { useMaking, useOrdersOfCall } from './use-orders.ts'
import { modeWords, urgencyWords, words } from './words.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

/** A demand written down during the call it is told in, beside what the caller has told before. */
export function NewOrderView({
  call,
  rules,
  open,
}: {
  readonly call: string | undefined
  readonly rules: OrderRulesShown
  readonly open: (number: string) => void
}) {
  const earlier = useOrdersOfCall(call)
  const send = useMaking()
  const city = useCity()
  const districts = city?.districts ?? []
  const fields: readonly Field[] = [
    { name: 'matter', label: both('诉求内容', 'What it is about'), kind: 'lines', needed: true },
    {
      name: 'kind',
      label: both('事项', 'What kind of matter'),
      kind: 'own',
      ask: (code, set, given) => (
        <KindField code={code} name={undefined} onTaken={set} isNeeded={given.undecided !== 'yes'} />
      ),
    },
    { name: 'undecided', label: seatWords.undecided, kind: 'yes' },
    ...(districts.length > 0
      ? ([
          {
            name: 'district',
            label: both('区', 'District'),
            kind: 'choice',
            needed: true,
            options: districts.map(({ name }) => [name, name] as const),
          },
        ] as const)
      : []),
    { name: 'street', label: both('街道（乡镇）', 'Street or town'), kind: 'line', needed: true },
    { name: 'place', label: both('具体地点', 'Where exactly'), kind: 'line', needed: true },
    {
      name: 'urgency',
      label: words.urgency,
      kind: 'choice',
      options: [['', words.urgencyOfKind], ...Object.entries(urgencyWords)],
    },
    { name: 'mode', label: words.contact, kind: 'choice', options: Object.entries(modeWords) },
    { name: 'number', label: words.number, kind: 'line' },
    ...(call === undefined
      ? ([{ name: 'caller', label: both('来电号码', 'Number of the caller'), kind: 'line' }] as const)
      : []),
    { name: 'elder', label: both('老年人', 'An old caller'), kind: 'yes' },
    {
      name: 'confidential',
      label: both('保密（中心以外看不到当事人）', 'Confidential: no person is shown outside the centre'),
      kind: 'yes',
    },
    ...(earlier.some(({ stage }) => stage !== 'closed')
      ? ([
          {
            name: 'anyway',
            label: both('与此人在办工单无关，另建一张', 'Another matter than this caller’s open orders'),
            kind: 'yes',
          },
        ] as const)
      : []),
  ]
  const make = async (given: Given) => {
    const made = await send(orderOf(given, call))
    if ('refused' in made) return made.refused
    open(made.number)
    return undefined
  }
  return (
    <article className="order">
      <h2>{words.make}</h2>
      {earlier.length > 0 && (
        <section className="card" aria-label={words.earlier}>
          <h3>{words.earlier}</h3>
          <OrderLines orders={earlier} rules={rules} open={open} />
        </section>
      )}
      <section className="card" aria-label={words.make}>
        {city && (
          <OrderForm
            fields={fields}
            submit={words.send}
            onGiven={make}
            before={given => <Foreseen given={given} call={call} />}
          />
        )}
      </section>
    </article>
  )
}

/** Whose it would be, and until when: said before it is sent. */
function Foreseen({ given, call }: { readonly given: Given; readonly call: string | undefined }) {
  const asked = useForeseen(given, call === undefined ? undefined : { id: call, direction: 'in', number: '' })
  return <ForeseenLine asked={asked} isToldAll={(given.kind ?? '') !== '' || given.undecided === 'yes'} />
}

function orderOf(given: Given, call: string | undefined): NewOrderRequest {
  const {
    kind = '',
    district = '',
    matter = '',
    street = '',
    place = '',
    urgency = '',
    mode,
    number = '',
    caller = '',
    undecided,
    elder,
    confidential,
    anyway,
  } = given
  return {
    kind: kind === '' ? undefined : kind,
    undecided: undecided === 'yes' ? true : undefined,
    district: district === '' ? undefined : district,
    matter,
    street,
    place,
    call,
    urgency: urgency === '' ? undefined : (urgency as keyof typeof urgencyWords),
    caller: caller === '' ? undefined : caller.replace(/[\s-]/g, ''),
    // At the number that rang, unless another is given; where there is none, the house says so, and nobody is left without an answer unasked.
    contact: {
      mode: mode as keyof typeof modeWords,
      number: number === '' ? undefined : number.replace(/[\s-]/g, ''),
    },
    elder: elder === 'yes' ? true : undefined,
    confidential: confidential === 'yes' ? true : undefined,
    anyway: anyway === 'yes' ? true : undefined,
  }
}
